/** How far two points are apart. */
export type Metric = "euclidean" | "sqeuclidean" | "manhattan" | "cosine";

export const metrics: readonly Metric[] = ["euclidean", "sqeuclidean", "manhattan", "cosine"];

export interface DistanceAttributes {
  readonly metric: Metric;
}
