import { sourced, type Hardware } from "./hardware.js";

const h100Sheet =
  "NVIDIA H100 Tensor Core GPU datasheet, nvidia.com/h100; its tensor-core figures with sparsity, halved";
const h200Sheet =
  "NVIDIA H200 Tensor Core GPU datasheet, nvidia.com/h200; its tensor-core figures with sparsity, halved";

const peakFlopsPerSecond = {
  float64: 67e12,
  float32: 67e12,
  tf32: 494.7e12,
  float16: 989.4e12,
  bfloat16: 989.4e12,
};

export const h100Sxm: Hardware = {
  id: "h100-sxm",
  name: "NVIDIA H100 80GB SXM",
  memoryBytes: 80e9,
  bandwidthBytesPerSecond: 3350e9,
  peakFlopsPerSecond,
  sources: sourced(h100Sheet),
};

export const h200: Hardware = {
  id: "h200",
  name: "NVIDIA H200 141GB SXM",
  memoryBytes: 141e9,
  bandwidthBytesPerSecond: 4800e9,
  peakFlopsPerSecond,
  sources: sourced(h200Sheet),
};
