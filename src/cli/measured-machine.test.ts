import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import "../backends/cpu.js";
import { tinyBench } from "../cost/machine/bench.fixture.js";
import type { Analysis } from "../report/index.js";
import { cacheFolder, type Io } from "./io.js";
import { measuredMachine } from "./measured-machine.js";
import { main } from "./program.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lintel-cache-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const io = (changes: Partial<Io> = {}): Io => ({
  stdout: () => undefined,
  stderr: () => undefined,
  width: 100,
  color: false,
  progress: false,
  cacheFolder: join(folder, "lintel"),
  ...changes,
});
const file = () => join(folder, "lintel", "machine.json");

/** A bench whose runs take `milliseconds` each: it tells measurements apart. */
function bench(milliseconds: number) {
  let time = 0;
  return tinyBench({ now: () => (time += milliseconds) });
}

describe("this machine", () => {
  it("is measured once, kept, and measured again when asked", async () => {
    const first = await measuredMachine(io(), bench(1));
    const kept = JSON.parse(readFileSync(file(), "utf8")) as { schema: string; machines: object };
    expect(kept.schema).toBe("lintel.machine/1");
    expect(Object.values(kept.machines)).toEqual([{ measuredAt: expect.any(String), hardware: first }]);
    expect(readdirSync(join(folder, "lintel"))).toEqual(["machine.json"]); // nothing half-written is left

    expect(await measuredMachine(io(), bench(2))).toEqual(first);
    const again = await measuredMachine(io(), bench(2), true);
    expect(again.bandwidthBytesPerSecond).toBe(first.bandwidthBytesPerSecond / 2);
    expect(await measuredMachine(io(), bench(4))).toEqual(again);
  });

  it("keeps other machines that share the folder", async () => {
    const hardware = await measuredMachine(io(), bench(1));
    const kept = JSON.parse(readFileSync(file(), "utf8")) as { schema: string; machines: object };
    const other = { other: { measuredAt: "2026-01-01T00:00:00.000Z", hardware } };
    writeFileSync(file(), JSON.stringify({ ...kept, machines: other }));
    await measuredMachine(io(), bench(1));
    const { machines } = JSON.parse(readFileSync(file(), "utf8")) as { machines: object };
    expect(Object.keys(machines)).toHaveLength(2);
    expect(machines).toMatchObject(other);
  });

  it.each(["", "{", "[]", '{"schema":"lintel.machine/2","machines":{}}'])(
    "replaces the file %j",
    async (text) => {
      await measuredMachine(io(), bench(1));
      writeFileSync(file(), text);
      const machine = await measuredMachine(io(), bench(2));
      expect(await measuredMachine(io(), bench(1))).toEqual(machine);
    },
  );

  it("does not need a folder that can be written", async () => {
    writeFileSync(join(folder, "taken"), "");
    const machine = await measuredMachine(io({ cacheFolder: join(folder, "taken", "lintel") }), bench(1));
    expect(await measuredMachine(io({ cacheFolder: undefined }), bench(1))).toEqual(machine);
    expect(existsSync(file())).toBe(false);
  });

  it("says on a terminal what it measures", async () => {
    const written: string[] = [];
    await measuredMachine(io({ progress: true, stderr: (text) => void written.push(text) }), bench(1));
    expect(written[0]).toBe("\rmeasuring matrix products in float32");
    expect(written.at(-1)).toMatch(/^\r +\r$/);
  });
});

describe("lintel analyze --gpu this-machine", () => {
  const analyzed = async (...flags: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const streams = {
      stdout: (text: string) => void out.push(text),
      stderr: (text: string) => void err.push(text),
    };
    const argv = ["analyze", "gpt2", "--seq", "8", "--json", ...flags];
    const code = await main(argv, io(streams), bench(1));
    return { code, stdout: out.join(""), stderr: err.join("") };
  };

  it("prices with what was measured", async () => {
    const { code, stdout } = await analyzed("--gpu", "This Machine");
    expect(code).toBe(0);
    const { hardware, time, fit } = JSON.parse(stdout) as Analysis;
    expect(hardware).toMatchObject({ id: "this-machine", bandwidthBytesPerSecond: 2048e3 });
    expect(time.boundSeconds).toBeGreaterThan(0);
    expect(fit?.availableBytes).toBe(hardware?.memoryBytes);
    expect(existsSync(file())).toBe(true);
  });

  it("measures nothing for other devices", async () => {
    expect((await analyzed("--gpu", "a100-40gb")).code).toBe(0);
    expect(existsSync(file())).toBe(false);
    expect(await analyzed("--gpu", "a100-40gb", "--remeasure")).toMatchObject({
      code: 2,
      stderr: "lintel: --remeasure needs --gpu this-machine\n",
    });
  });
});

describe("the cache folder", () => {
  it.each([
    ["linux", {}, "/home/ada/.cache/lintel"],
    ["linux", { XDG_CACHE_HOME: "/var/cache/ada" }, "/var/cache/ada/lintel"],
    ["linux", { XDG_CACHE_HOME: "relative" }, "/home/ada/.cache/lintel"],
    ["darwin", {}, "/home/ada/Library/Caches/lintel"],
    ["win32", { LOCALAPPDATA: "/local" }, "/local/lintel/cache"],
  ])("%s with %j", (platform, env, expected) => {
    expect(cacheFolder(platform, env, "/home/ada").replaceAll("\\", "/")).toBe(expected);
  });
});
