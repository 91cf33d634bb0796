import { sourced, type Hardware } from "./hardware.js";

const datasheet = "NVIDIA A100 Tensor Core GPU datasheet, nvidia.com/a100 (June 2021)";

const peakFlopsPerSecond = {
  float64: 19.5e12,
  float32: 19.5e12,
  tf32: 156e12,
  float16: 312e12,
  bfloat16: 312e12,
};

export const a100With40GB: Hardware = {
  id: "a100-40gb",
  name: "NVIDIA A100 40GB",
  memoryBytes: 40e9,
  bandwidthBytesPerSecond: 1555e9,
  peakFlopsPerSecond,
  sources: sourced(datasheet, {
    memoryBytes: "NVIDIA A100 Tensor Core GPU Architecture white paper, table 1 (2020)",
    bandwidthBytesPerSecond: "NVIDIA A100 Tensor Core GPU Architecture white paper, table 1 (2020)",
  }),
};

export const a100With80GB: Hardware = {
  id: "a100-80gb",
  name: "NVIDIA A100 80GB SXM",
  memoryBytes: 80e9,
  bandwidthBytesPerSecond: 2039e9,
  peakFlopsPerSecond,
  sources: sourced(datasheet),
};
