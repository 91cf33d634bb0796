// Golden reports of small models: what the eye checks. The numbers have tests of their own.
import { describe, expect, it } from "vitest";
import { analyze } from "./analyze.js";
import { toMarkdown } from "./markdown.js";
import { toText } from "./text.js";

const tiny = {
  model_type: "bert",
  vocab_size: 100,
  hidden_size: 32,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 64,
  max_position_embeddings: 64,
  type_vocab_size: 2,
};
const training = analyze(tiny, { batch: 8, seq: 64, gpu: "a100-40gb", mode: "training", dtype: "float32" });
const inference = analyze("gpt2", { batch: 1, seq: 128, dtype: "float32", symbolic: true });

describe("text", () => {
  it("reports training on a GPU", () => {
    expect(toText(training, { width: 100 })).toMatchInlineSnapshot(`
      "bert
      bert, 2 layers, 23,520 parameters, 5.31 K of them embeddings
      training · batch 8 × 64 tokens · float32 · eager attention · NVIDIA A100 40GB

      ✔ Fits NVIDIA A100 40GB: 4.18 MB of 40.0 GB (< 1 %). Batches up to 84,162 do.
        A step takes at least 19.0 µs: 26,945,522 tokens/s at most. Memory-bound for 100 % of its
        forward time.

      Memory
                                   KB      KiB    share
        █ weights                94.1     91.9    2.3 %
        ▓ gradients              94.1     91.9    2.3 %
        ▒ optimiser (Adam)      188.2    183.8    4.5 %
        ░ activations kept    2,753.5  2,689.0   65.9 %
        ▞ backward workspace  1,048.6  1,024.0   25.1 %
        total                 4,178.4  4,080.5  100.0 %
        with checkpointing    2,933.2  2,864.5   70.2 %

        █▓▒░▞····················································································· 40.0 GB

      Arithmetic
                            MFLOP  contractions  MFLOP/token
        forward              28.0          25.2       0.0547
        dX and dW products   50.4          50.4       0.0984
        training step        78.3          75.5        0.153
        checkpointing adds   27.8                     0.0543

      Time (lower bounds)
                                               time  of the step
        forward                             7.31 µs       38.4 %
        backward                            11.3 µs       59.3 %
        optimiser step                       424 ns        2.2 %
        step                                19.0 µs      100.0 %
        contractions at peak, nothing else  3.87 µs       20.4 %
        reading every weight once           60.5 ns        0.3 %

      Forward pass by module
        module                   ×  params  MFLOP  MB moved  FLOP/B     time    share  bound by
        bert                        23.5 K   28.0      11.4    2.46  7.31 µs  100.0 %  memory
        ├ embeddings                5.38 K    0.1       0.5   0.276   344 ns    4.7 %  memory
        │ ├ · add               ×2          < 0.1       0.3   0.121   174 ns    2.4 %  memory
        │ ├ word_embeddings         3.20 K      0       0.1       0  85.6 ns    1.2 %  memory
        │ └ LayerNorm                   64    0.1       0.1   0.873  84.5 ns    1.2 %  memory
        ├ encoder.layer.{0..1}  ×2  8.54 K   27.8      10.8    2.57  6.96 µs   95.2 %  memory
        │ ├ attention               4.29 K   18.7       8.8    2.13  5.67 µs   77.6 %  memory
        │ │ ├ self                  3.17 K   16.4       7.9    2.07  5.07 µs   69.5 %  memory
        │ │ │ ├ · matmul        ×2            8.4       2.6    3.20  1.69 µs   23.1 %  memory
        │ │ │ ├ · mul                         0.3       2.1   0.125  1.35 µs   18.5 %  memory
        │ │ │ ├ · softmax                     1.3       2.1   0.625  1.35 µs   18.5 %  memory
        │ │ │ ├ · contiguous                    0       0.3       0   169 ns    2.3 %  memory
        │ │ │ ├ query               1.06 K    2.1       0.3    7.87   174 ns    2.4 %  memory
        │ │ │ ├ key                 1.06 K    2.1       0.3    7.87   174 ns    2.4 %  memory
        │ │ │ └ value               1.06 K    2.1       0.3    7.87   174 ns    2.4 %  memory
        │ │ └ output                1.12 K    2.4       0.9    2.58   596 ns    8.2 %  memory
        │ │   ├ · add                       < 0.1       0.4  0.0833   253 ns    3.5 %  memory
        │ │   ├ dense               1.06 K    2.1       0.3    7.87   174 ns    2.4 %  memory
        │ │   └ LayerNorm               64    0.2       0.3   0.873   169 ns    2.3 %  memory
        │ ├ intermediate            2.11 K    4.6       0.9    4.91   601 ns    8.2 %  memory
        │ │ ├ · gelu                          0.3       0.5   0.625   337 ns    4.6 %  memory
        │ │ └ dense                 2.11 K    4.3       0.4    10.4   264 ns    3.6 %  memory
        │ └ output                  2.14 K    4.5       1.1    4.21   685 ns    9.4 %  memory
        │   ├ · add                         < 0.1       0.4  0.0833   253 ns    3.5 %  memory
        │   ├ dense                 2.08 K    4.2       0.4    10.3   264 ns    3.6 %  memory
        │   └ LayerNorm                 64    0.2       0.3   0.873   169 ns    2.3 %  memory
        └ pooler                    1.06 K  < 0.1     < 0.1    2.03  5.35 ns  < 0.1 %  memory
          ├ · tanh                          < 0.1     < 0.1   0.125  1.32 ns  < 0.1 %  memory
          └ dense                   1.06 K  < 0.1     < 0.1    2.65  4.03 ns  < 0.1 %  memory

      Forward pass by kind of op
        op          uses  MFLOP  FLOP/B     time    share  bound by
        matmul         4    8.4    3.20  1.69 µs   23.1 %  memory
        mul            2    0.3   0.125  1.35 µs   18.5 %  memory
        softmax        2    1.3   0.625  1.35 µs   18.5 %  memory
        linear        13   17.0    8.92  1.23 µs   16.8 %  memory
        add            6    0.1  0.0930   680 ns    9.3 %  memory
        layerNorm      5    0.6   0.873   422 ns    5.8 %  memory
        gelu           2    0.3   0.625   337 ns    4.6 %  memory
        contiguous     2      0       0   169 ns    2.3 %  memory
        embedding      1      0       0  85.6 ns    1.2 %  memory
        tanh           1  < 0.1   0.125  1.32 ns  < 0.1 %  memory

      Notes
        FLOPs: one multiply-add counts as 2. Bytes: every operand of an op read once, every result
        written once.
        Training step: forward, plus the dX and dW product of every contraction; elementwise arithmetic
        of the backward pass is not counted in FLOPs, its bytes are in the time.
        Activations: what the derivative of each op reads again, every tensor once. Dropout masks, the
        loss and allocator overhead are not included.
        Optimiser: Adam with two float32 moments, 8 bytes per parameter.
        Attention: scores are written to memory (eager); --attention fused shows FlashAttention's
        traffic.
        Time: a lower bound, every op at its roofline with the vendor's dense peaks; real kernels reach
        less.
        float32 products run outside the tensor cores; --tf32 allows them.
        GPU memory is the vendor's decimal figure; the CUDA context and fragmentation take part of it.
      "
    `);
  });

  it("reports inference without a GPU, with formulas, at 80 columns", () => {
    expect(toText(inference, { width: 80 })).toMatchInlineSnapshot(`
      "gpt2
      gpt2, 12 layers, 124,439,808 parameters, 39.4 M of them embeddings
      inference · batch 1 × 128 tokens · float32 · eager attention · 73,728 cache
      bytes per token

      Needs 533 MB for inference. Name a GPU to see whether that fits, and times.

      Memory
                                MB    MiB    share
        █ weights            497.8  474.7   93.3 %
        ▓ activations, peak   26.1   24.9    4.9 %
        ▒ key-value cache      9.4    9.0    1.8 %
        total                533.3  508.6  100.0 %

        ███████████████████████████████████████████████████████████████████▓▓▓▒ 533 MB

      Arithmetic
                 GFLOP  contractions  MFLOP/token
        forward   32.3          32.2          252

      Forward pass by module
        module                ×  params  GFLOP  MB moved  FLOP/B    share
        gpt2                      124 M   32.3     787.9    41.0  100.0 %
        ├ · add                          < 0.1       1.2  0.0833  < 0.1 %
        ├ wte                    38.6 M      0       0.8       0      0 %
        ├ h.{0..11}         ×12  7.09 M   22.4     604.7    37.1   69.4 %
        │ ├ · add            ×2          < 0.1      28.3  0.0833  < 0.1 %
        │ ├ ln_1                 1.54 K  < 0.1       9.5   0.868  < 0.1 %
        │ ├ attn                 2.36 M    7.9     245.7    32.0   24.4 %
        │ │ ├ · matmul       ×2            0.6      37.7    16.0    1.9 %
        │ │ ├ · mul                      < 0.1      18.9   0.125  < 0.1 %
        │ │ ├ · where                        0      19.1       0      0 %
        │ │ ├ · softmax                  < 0.1      18.9   0.625  < 0.1 %
        │ │ ├ · contiguous                   0       9.4       0      0 %
        │ │ ├ c_attn             1.77 M    5.4     103.9    52.3   16.8 %
        │ │ └ c_proj              591 K    1.8      37.8    48.0    5.6 %
        │ ├ ln_2                 1.54 K  < 0.1       9.5   0.868  < 0.1 %
        │ └ mlp                  4.72 M   14.5     311.6    46.7   45.0 %
        │   ├ · geluTanh                 < 0.1      37.7    1.13    0.1 %
        │   ├ c_fc               2.36 M    7.3     137.0    52.9   22.4 %
        │   └ c_proj             2.36 M    7.2     136.9    53.0   22.4 %
        ├ ln_f                   1.54 K  < 0.1       0.8   0.868  < 0.1 %
        └ lm_head                          9.9     180.5    54.7   30.6 %

      Forward pass by kind of op
        op          uses  GFLOP  FLOP/B    share
        linear        49   31.6    53.1   97.9 %
        matmul        24    0.6    16.0    1.9 %
        geluTanh      12  < 0.1    1.13    0.1 %
        layerNorm     25  < 0.1   0.868  < 0.1 %
        softmax       12  < 0.1   0.625  < 0.1 %
        add           25  < 0.1  0.0833  < 0.1 %
        mul           12  < 0.1   0.125  < 0.1 %
        embedding      1      0       0      0 %
        where         12      0       0      0 %
        contiguous    12      0       0      0 %

      As formulas
        flops.forward                     37728·B·seq² + 247632384·B·seq
        flops.matmulForward               36864·B·seq² + 247064064·B·seq
        flops.matmulBackward              73728·B·seq² + 494128128·B·seq
        flops.trainingStep                111456·B·seq² + 741760512·B·seq
        bytes.forwardRead                 2304·B·seq² + 786436·B·seq + 12·seq² +
                                          3072·seq + 494613600
        bytes.forwardWritten              2304·B·seq² + 910660·B·seq
        memory.training.activationsBytes  576·B·seq² + 796996·B·seq
        memory.inference.kvCacheBytes     73728·B·seq

      Notes
        FLOPs: one multiply-add counts as 2. Bytes: every operand of an op read
        once, every result written once.
        Activations: the most that is alive at once in the forward pass, each op
        with its operands and result.
        Causal masks save nothing in the count: all of the scores are computed,
        logits for every position.
        Attention: scores are written to memory (eager); --attention fused shows
        FlashAttention's traffic.
      "
    `);
  });
});

describe("markdown", () => {
  it("has the same tables", () => {
    expect(toMarkdown(training)).toMatchInlineSnapshot(`
      "## bert

      bert, 2 layers, 23,520 parameters (5.31 K embeddings); training, batch 8 × 64 tokens, float32; eager attention; NVIDIA A100 40GB.

      **✔ Fits NVIDIA A100 40GB: 4.18 MB of 40.0 GB (< 1 %). Batches up to 84,162 do.** A step takes at least 19.0 µs: 26,945,522 tokens/s at most. Memory-bound for 100 % of its forward time.

      ### Memory

      |  | KB | KiB | share |
      | :-- | --: | --: | --: |
      | weights | 94.1 | 91.9 | 2.3 % |
      | gradients | 94.1 | 91.9 | 2.3 % |
      | optimiser (Adam) | 188.2 | 183.8 | 4.5 % |
      | activations kept | 2,753.5 | 2,689.0 | 65.9 % |
      | backward workspace | 1,048.6 | 1,024.0 | 25.1 % |
      | **total** | 4,178.4 | 4,080.5 | 100.0 % |
      | with checkpointing | 2,933.2 | 2,864.5 | 70.2 % |

      ### Arithmetic

      |  | MFLOP | contractions | MFLOP/token |
      | :-- | --: | --: | --: |
      | forward | 28.0 | 25.2 | 0.0547 |
      | dX and dW products | 50.4 | 50.4 | 0.0984 |
      | training step | 78.3 | 75.5 | 0.153 |
      | checkpointing adds | 27.8 |  | 0.0543 |

      ### Time (lower bounds)

      |  | time | of the step |
      | :-- | --: | --: |
      | forward | 7.31 µs | 38.4 % |
      | backward | 11.3 µs | 59.3 % |
      | optimiser step | 424 ns | 2.2 % |
      | **step** | 19.0 µs | 100.0 % |
      | contractions at peak, nothing else | 3.87 µs | 20.4 % |
      | reading every weight once | 60.5 ns | 0.3 % |

      ### Forward pass by module

      | module | × | params | MFLOP | MB moved | FLOP/B | time | share | bound by |
      | :-- | --: | --: | --: | --: | --: | --: | --: | :-- |
      | **bert** |  | 23.5 K | 28.0 | 11.4 | 2.46 | 7.31 µs | 100.0 % | memory |
      | ├ embeddings |  | 5.38 K | 0.1 | 0.5 | 0.276 | 344 ns | 4.7 % | memory |
      | │ ├ · add | ×2 |  | &lt; 0.1 | 0.3 | 0.121 | 174 ns | 2.4 % | memory |
      | │ ├ word\\_embeddings |  | 3.20 K | 0 | 0.1 | 0 | 85.6 ns | 1.2 % | memory |
      | │ └ LayerNorm |  | 64 | 0.1 | 0.1 | 0.873 | 84.5 ns | 1.2 % | memory |
      | ├ encoder.layer.{0..1} | ×2 | 8.54 K | 27.8 | 10.8 | 2.57 | 6.96 µs | 95.2 % | memory |
      | │ ├ attention |  | 4.29 K | 18.7 | 8.8 | 2.13 | 5.67 µs | 77.6 % | memory |
      | │ │ ├ self |  | 3.17 K | 16.4 | 7.9 | 2.07 | 5.07 µs | 69.5 % | memory |
      | │ │ │ ├ · matmul | ×2 |  | 8.4 | 2.6 | 3.20 | 1.69 µs | 23.1 % | memory |
      | │ │ │ ├ · mul |  |  | 0.3 | 2.1 | 0.125 | 1.35 µs | 18.5 % | memory |
      | │ │ │ ├ · softmax |  |  | 1.3 | 2.1 | 0.625 | 1.35 µs | 18.5 % | memory |
      | │ │ │ ├ · contiguous |  |  | 0 | 0.3 | 0 | 169 ns | 2.3 % | memory |
      | │ │ │ ├ query |  | 1.06 K | 2.1 | 0.3 | 7.87 | 174 ns | 2.4 % | memory |
      | │ │ │ ├ key |  | 1.06 K | 2.1 | 0.3 | 7.87 | 174 ns | 2.4 % | memory |
      | │ │ │ └ value |  | 1.06 K | 2.1 | 0.3 | 7.87 | 174 ns | 2.4 % | memory |
      | │ │ └ output |  | 1.12 K | 2.4 | 0.9 | 2.58 | 596 ns | 8.2 % | memory |
      | │ │&nbsp;&nbsp;&nbsp;├ · add |  |  | &lt; 0.1 | 0.4 | 0.0833 | 253 ns | 3.5 % | memory |
      | │ │&nbsp;&nbsp;&nbsp;├ dense |  | 1.06 K | 2.1 | 0.3 | 7.87 | 174 ns | 2.4 % | memory |
      | │ │&nbsp;&nbsp;&nbsp;└ LayerNorm |  | 64 | 0.2 | 0.3 | 0.873 | 169 ns | 2.3 % | memory |
      | │ ├ intermediate |  | 2.11 K | 4.6 | 0.9 | 4.91 | 601 ns | 8.2 % | memory |
      | │ │ ├ · gelu |  |  | 0.3 | 0.5 | 0.625 | 337 ns | 4.6 % | memory |
      | │ │ └ dense |  | 2.11 K | 4.3 | 0.4 | 10.4 | 264 ns | 3.6 % | memory |
      | │ └ output |  | 2.14 K | 4.5 | 1.1 | 4.21 | 685 ns | 9.4 % | memory |
      | │&nbsp;&nbsp;&nbsp;├ · add |  |  | &lt; 0.1 | 0.4 | 0.0833 | 253 ns | 3.5 % | memory |
      | │&nbsp;&nbsp;&nbsp;├ dense |  | 2.08 K | 4.2 | 0.4 | 10.3 | 264 ns | 3.6 % | memory |
      | │&nbsp;&nbsp;&nbsp;└ LayerNorm |  | 64 | 0.2 | 0.3 | 0.873 | 169 ns | 2.3 % | memory |
      | └ pooler |  | 1.06 K | &lt; 0.1 | &lt; 0.1 | 2.03 | 5.35 ns | &lt; 0.1 % | memory |
      | &nbsp;&nbsp;├ · tanh |  |  | &lt; 0.1 | &lt; 0.1 | 0.125 | 1.32 ns | &lt; 0.1 % | memory |
      | &nbsp;&nbsp;└ dense |  | 1.06 K | &lt; 0.1 | &lt; 0.1 | 2.65 | 4.03 ns | &lt; 0.1 % | memory |

      ### Forward pass by kind of op

      | op | uses | MFLOP | FLOP/B | time | share | bound by |
      | :-- | --: | --: | --: | --: | --: | :-- |
      | matmul | 4 | 8.4 | 3.20 | 1.69 µs | 23.1 % | memory |
      | mul | 2 | 0.3 | 0.125 | 1.35 µs | 18.5 % | memory |
      | softmax | 2 | 1.3 | 0.625 | 1.35 µs | 18.5 % | memory |
      | linear | 13 | 17.0 | 8.92 | 1.23 µs | 16.8 % | memory |
      | add | 6 | 0.1 | 0.0930 | 680 ns | 9.3 % | memory |
      | layerNorm | 5 | 0.6 | 0.873 | 422 ns | 5.8 % | memory |
      | gelu | 2 | 0.3 | 0.625 | 337 ns | 4.6 % | memory |
      | contiguous | 2 | 0 | 0 | 169 ns | 2.3 % | memory |
      | embedding | 1 | 0 | 0 | 85.6 ns | 1.2 % | memory |
      | tanh | 1 | &lt; 0.1 | 0.125 | 1.32 ns | &lt; 0.1 % | memory |

      ### Notes

      - FLOPs: one multiply-add counts as 2. Bytes: every operand of an op read once, every result written once.
      - Training step: forward, plus the dX and dW product of every contraction; elementwise arithmetic of the backward pass is not counted in FLOPs, its bytes are in the time.
      - Activations: what the derivative of each op reads again, every tensor once. Dropout masks, the loss and allocator overhead are not included.
      - Optimiser: Adam with two float32 moments, 8 bytes per parameter.
      - Attention: scores are written to memory (eager); --attention fused shows FlashAttention's traffic.
      - Time: a lower bound, every op at its roofline with the vendor's dense peaks; real kernels reach less.
      - float32 products run outside the tensor cores; --tf32 allows them.
      - GPU memory is the vendor's decimal figure; the CUDA context and fragmentation take part of it.
      "
    `);
  });
});
