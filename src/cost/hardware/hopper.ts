import { sourced, type Hardware } from "./hardware.js";

const whitePaper = "NVIDIA H100 Tensor Core GPU Architecture white paper (2022), H100 SXM5, dense";
const tensorCores = { tf32: whitePaper, float16: whitePaper, bfloat16: whitePaper };

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
  sources: sourced("NVIDIA H100 Tensor Core GPU datasheet, nvidia.com/h100, SXM", tensorCores),
};

/** The H100's processor with more and faster memory. */
export const h200: Hardware = {
  id: "h200",
  name: "NVIDIA H200 141GB SXM",
  memoryBytes: 141e9,
  bandwidthBytesPerSecond: 4800e9,
  peakFlopsPerSecond,
  sources: sourced("NVIDIA H200 Tensor Core GPU datasheet, nvidia.com/h200, SXM", tensorCores),
};
