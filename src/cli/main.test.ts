// The installed program itself: exit codes, streams and pipes. `npm test` builds it first.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [binary, ...args], { encoding: "utf8", env: { ...process.env, ...env } });

describe("the lintel program", () => {
  it("prints one JSON object and exits with 0", () => {
    const { status, stdout, stderr } = run(["analyze", "textbook-bert", "--seq", "16", "--json"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "lintel.analyze/1", params: { total: 109_044_480 } });
  });

  it("exits with 2 for bad input, one message and nothing on stdout", () => {
    const { status, stdout, stderr } = run(["analyze", "gpt2", "--batch", "0"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toBe("lintel: --batch must be a whole number above 0, got '0'\n");
  });

  it("shows its help without arguments", () => {
    const { status, stdout } = run([]);
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: lintel");
  });

  it("colours a pipe only when asked", () => {
    const escapes = String.fromCodePoint(27);
    const command = ["explain", "Q[2,3] @ K[2,3]"];
    expect(run(command, { FORCE_COLOR: "", NO_COLOR: "", CI: "true" }).stdout).not.toContain(escapes);
    expect(run(command, { FORCE_COLOR: "1", NO_COLOR: "" }).stdout).toContain(escapes);
    expect(run(command, { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout).not.toContain(escapes);
  });

  it.skipIf(process.platform === "win32")("survives a reader that leaves", () => {
    const pipe = `"${process.execPath}" "${binary}" analyze bert-base-uncased --seq 16 --json | head -c 1`;
    const { status, stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", pipe], {
      encoding: "utf8",
    });
    expect([status, stdout, stderr]).toEqual([0, "{", ""]);
  });
});
