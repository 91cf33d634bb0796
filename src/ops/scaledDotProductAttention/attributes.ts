export interface AttentionAttributes {
  readonly causal: boolean;
  /** What the scores are multiplied with; 1/√d when absent. */
  readonly scale: number | undefined;
}
