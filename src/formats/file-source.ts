import * as fs from "node:fs";
import * as url from "node:url";
import * as util from "node:util";
import type { ByteSource } from "./byte-source.js";
import { malformed } from "./fail.js";

const openFd = util.promisify(fs.open);
const statFd = util.promisify(fs.fstat);
const readFd = util.promisify(fs.read);
const closeFd = util.promisify(fs.close);

/** One read call may not exceed 2 GiB; smaller pieces also let other work run in between. */
const pieceBytes = 64 * 2 ** 20;

/**
 * Closes files that were dropped without `close()`. Node's FileHandle would warn, and later throw, in that case; many
 * programs open a model once and keep it until they end.
 */
const forgotten = new FinalizationRegistry<number>((fd) => fs.close(fd, () => undefined));

/** Opens a file for reading at any position. Throws `FormatError` when it is missing or not a regular file. */
export async function openFile(path: string | URL): Promise<ByteSource> {
  const name = typeof path === "string" ? path : pathOf(path);
  const fd = await openFd(name, "r").catch((error: unknown) => {
    throw malformed({ file: name }, whyUnreadable(error), error);
  });
  const stat = await statFd(fd);
  if (!stat.isFile()) {
    await closeFd(fd);
    const problem = stat.isDirectory()
      ? "is a folder, not a file; openCheckpoint opens a model folder"
      : "is not a regular file";
    throw malformed({ file: name }, problem);
  }
  return new FileSource(name, stat.size, fd);
}

function pathOf(address: URL): string {
  if (address.protocol === "file:") return url.fileURLToPath(address);
  throw malformed({ file: address.href }, "only files are read; download it first, or pass its bytes");
}

class FileSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  #fd: number | undefined;

  constructor(name: string, size: number, fd: number) {
    this.name = name;
    this.size = size;
    this.#fd = fd;
    forgotten.register(this, fd, this);
  }

  async readInto(target: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < target.length;) {
      const length = Math.min(pieceBytes, target.length - done);
      const at = position + done;
      const fd = this.#openFd(at);
      const { bytesRead } = await readFd(fd, target, done, length, at).catch((error: unknown) => {
        throw malformed({ file: this.name, offset: at }, whyUnreadable(error), error);
      });
      this.#openFd(at); // closed meanwhile, the number may have named another file
      if (bytesRead === 0) {
        throw malformed({ file: this.name, offset: at }, "the file became shorter while it was read");
      }
      done += bytesRead;
    }
  }

  #openFd(at: number): number {
    if (this.#fd === undefined) throw malformed({ file: this.name, offset: at }, "the file is closed");
    return this.#fd;
  }

  async close(): Promise<void> {
    const fd = this.#fd;
    if (fd === undefined) return;
    this.#fd = undefined;
    forgotten.unregister(this);
    await closeFd(fd);
  }
}

export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "no such file";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    default:
      return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
