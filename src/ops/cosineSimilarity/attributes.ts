export interface CosineSimilarityAttributes {
  /** Resolved against the broadcast shape. */
  readonly axis: number;
  readonly eps: number;
}
