import { open } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { malformed } from "./fail.js";
import type { ByteSource } from "./source.js";

/** One read call may not exceed 2 GiB; smaller pieces also let other work run in between. */
const pieceBytes = 64 * 2 ** 20;

/** Opens a file for reading at any position. Throws `FormatError` when it is missing or not a regular file. */
export async function openFile(path: string | URL): Promise<ByteSource> {
  const name = typeof path === "string" ? path : fileURLToPath(path);
  const handle = await open(name, "r").catch((error: unknown) => {
    throw malformed({ file: name }, whyUnreadable(error), error);
  });
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    const problem = stat.isDirectory()
      ? "is a folder, not a file; openCheckpoint opens a model folder"
      : "is not a regular file";
    throw malformed({ file: name }, problem);
  }
  return {
    name,
    size: stat.size,
    async readInto(target, position) {
      for (let done = 0; done < target.length; ) {
        const length = Math.min(pieceBytes, target.length - done);
        const { bytesRead } = await handle
          .read(target, done, length, position + done)
          .catch((error: unknown) => {
            throw malformed({ file: name, offset: position + done }, whyUnreadable(error), error);
          });
        if (bytesRead === 0) {
          throw malformed({ file: name, offset: position + done }, "the file became shorter while it was read");
        }
        done += bytesRead;
      }
    },
    close: () => handle.close(),
  };
}

export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "no such file";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EBADF":
      return "the file is closed";
    default:
      return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
