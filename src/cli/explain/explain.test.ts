import { describe, expect, it } from "vitest";
import { main } from "../program.js";

async function lintel(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { stdout: (text: string) => void out.push(text), stderr: (text: string) => void err.push(text) };
  const code = await main(argv, { ...io, width: 100, color: false, progress: false });
  return { code, stdout: out.join(""), stderr: err.join("") };
}
const json = async (...argv: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await lintel(...argv, "--json")).stdout) as Record<string, unknown>;

describe("lintel explain", () => {
  it("draws the operands, names the axis and proves the fix", async () => {
    const { code, stdout } = await lintel("explain", "Q[32,512,768] @ K[32,512,768]");
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "Q.matmul(K)

        Q  32  512  768
                    ^^^
        K  32  512  768
               ^^^

        ✘ matmul: [32, 512, 768] @ [32, 512, 768]: inner dims 768 and 512 differ; did you mean
          .matmul(other.transpose(-2, -1))?

        works: Q.matmul(K.transpose(-2, -1))  → [32, 512, 512]
        works: Q.transpose(-2, -1).matmul(K)  → [32, 768, 768]
      "
    `);
  });

  it("aligns broadcasting on the right", async () => {
    expect((await lintel("explain", "x[B,n,768] + bias[512]")).stdout).toMatchInlineSnapshot(`
      "x.add(bias)

        x     B  n  768
                    ^^^
        bias        512
                    ^^^

        ✘ add: cannot broadcast [B, n, 768] with [512]: axis -1 is 768 vs 512; shapes align on the right,
          use .unsqueeze(axis) to add size-1 axes
      "
    `);
  });

  it("prices what fits, in names", async () => {
    const { stdout } = await lintel("explain", "(Q[B,h,n,64] @ K[B,h,n,64].T) @ V[B,h,n,64]");
    expect(stdout).toContain("✔ [B, h, n, n], 2·B·h·n²·64 FLOPs");
  });

  it.each([
    ["x[B,n,768] -> [B,n,12,60]", 'x.reshape(["B", "n", 12, 64])'],
    ["x[6,4] -> [5,-1]", "x.reshape([6, -1])"],
    ["A[2,3] @ B[2,4]", "A.transpose(-2, -1).matmul(B)"],
    ["s[32,12,8,8] + m[32,8]", "s.add(m.unsqueeze(1).unsqueeze(1))"],
    ["x[32,8] * w[32]", "x.mul(w.unsqueeze(-1))"],
  ])("%s: %s", async (expression, fix) => {
    const { valid, fixes, error } = await json("explain", expression);
    expect(valid).toBe(false);
    expect(error).toMatchObject({ name: "ShapeError" });
    expect((fixes as { code: string }[]).map(({ code }) => code)).toContain(fix);
  });

  it.each([
    ["A[2,3] @ B[3,4]", 0],
    ["x[2,3]", 0],
    ["A[2,3] @ B[4,5]", 1],
    ["(A[2,3] @ B[4,5]) + c[5]", 1],
    ["A[2,3", 2],
  ])("%s exits with %i, in text and in JSON", async (expression, code) => {
    for (const flags of [[], ["--json"]]) {
      const answer = await lintel("explain", expression, ...flags);
      expect(answer).toMatchObject(code === 2 ? { code, stdout: "" } : { code, stderr: "" });
    }
  });

  it("reads einsum, reshape and formulas", async () => {
    expect(await json("explain", 'einsum("bhid,bhjd->bhij", Q[2,3,5,7], K[2,3,4,7])')).toMatchObject({
      schema: "lintel.explain/1",
      valid: true,
      result: [2, 3, 5, 4],
      steps: [{ flops: 2 * 2 * 3 * 5 * 4 * 7 }],
    });
    expect(await json("explain", "x[B, n+1, 768] -> [B, n+1, 12, -1]")).toMatchObject({
      result: ["B", "n + 1", 12, 64],
    });
    expect(await json("explain", "x[2,3]")).toMatchObject({ valid: true, result: [2, 3], steps: [] });
  });

  it.each(["Q[1,2] @", "Q[1,2", "hello", "A[2] ^ B[2]", "x[-3]", ""])(
    "cannot read %j",
    async (expression) => {
      const { code, stdout, stderr } = await lintel("explain", expression);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^lintel: /);
    },
  );
});
