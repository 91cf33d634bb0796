export interface Figures {
  readonly instantiations: number;
  readonly types: number;
}
export function measureBudget(): {
  readonly seconds: Record<
    "empty" | "same" | "different",
    Figures & { readonly checkSeconds: number; readonly totalSeconds: number }
  >;
  readonly counts: Record<"same" | "different", Figures>;
};
