import { sourced, type Hardware } from "./hardware.js";

const whitePaper =
  "NVIDIA Ada GPU Architecture white paper, appendix A, GeForce RTX 4090; half types accumulating in float32";

export const rtx4090: Hardware = {
  id: "rtx-4090",
  name: "NVIDIA GeForce RTX 4090",
  memoryBytes: 24e9,
  bandwidthBytesPerSecond: 1008e9,
  peakFlopsPerSecond: {
    float64: 1.29e12,
    float32: 82.6e12,
    tf32: 82.6e12,
    float16: 165.2e12,
    bfloat16: 165.2e12,
  },
  sources: sourced(whitePaper, { float64: "1/64 of the float32 rate, Ada white paper" }),
};
