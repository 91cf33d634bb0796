export interface LayerNormAttributes {
  readonly eps: number;
  /** Which parameters follow x among the inputs. */
  readonly weight: boolean;
  readonly bias: boolean;
}
