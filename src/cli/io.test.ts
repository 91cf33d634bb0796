import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Progress } from "./io.js";

const io = (written: string[], progress = true) => ({
  stdout: () => undefined,
  stderr: (text: string) => void written.push(text),
  width: 80,
  color: false,
  progress,
});

describe("Progress", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("says nothing in the first second, then rewrites one line, then leaves no trace", () => {
    const written: string[] = [];
    const progress = new Progress(io(written));
    progress.update("1 of 3");
    vi.advanceTimersByTime(1100);
    progress.update("2 of 3");
    progress.update("too soon to be seen");
    vi.advanceTimersByTime(200);
    progress.update("3");
    progress.clear();
    expect(written).toEqual(["\r2 of 3", "\r3     ", "\r      \r"]);
  });

  it("shows what is awaited for long", async () => {
    const written: string[] = [];
    const work = new Promise<number>((resolve) => void setTimeout(() => resolve(7), 3000));
    const result = new Progress(io(written)).during("loading", work);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await result).toBe(7);
    expect(written).toEqual(["\rloading", "\r       \r"]);
  });

  it("says nothing where there is no terminal", () => {
    const written: string[] = [];
    const progress = new Progress(io(written, false));
    vi.advanceTimersByTime(5000);
    progress.update("half");
    progress.clear();
    expect(written).toEqual([]);
  });
});
