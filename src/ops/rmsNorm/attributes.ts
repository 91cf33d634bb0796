export interface RMSNormAttributes {
  readonly eps: number;
}
