import * as crypto from "node:crypto";
import * as fs from "node:fs/promises";
import * as paths from "node:path";
import { malformed } from "./fail.js";

const pieceBytes = 64 * 2 ** 20;

/**
 * A file that appears under its name only when it is complete and on the disk: it is written under a temporary name
 * in the same folder, then renamed. A reader that has the old file open keeps it whole.
 */
export class PendingFile {
  readonly path: string;
  readonly #temporary: string;
  readonly #handle: fs.FileHandle;

  private constructor(path: string, temporary: string, handle: fs.FileHandle) {
    this.path = path;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  static async create(target: string): Promise<PendingFile> {
    const name = `.${paths.basename(target)}.${crypto.randomBytes(6).toString("hex")}.tmp`;
    const temporary = paths.join(paths.dirname(target), name);
    const handle = await fs.open(temporary, "wx").catch((error: unknown) => {
      throw notWritten(target, error);
    });
    return new PendingFile(target, temporary, handle);
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const length = Math.min(pieceBytes, bytes.length - done);
      const { bytesWritten } = await this.#handle.write(bytes, done, length).catch((error: unknown) => {
        throw notWritten(this.path, error);
      });
      done += bytesWritten;
    }
  }

  /** Makes sure that the bytes are on the disk. Nothing may be written afterwards. */
  async seal(): Promise<void> {
    try {
      await this.#handle.sync();
      await this.#handle.close();
    } catch (error) {
      throw notWritten(this.path, error);
    }
  }

  /** Gives the sealed file its name, replacing what had it. */
  async publish(): Promise<void> {
    await fs.rename(this.#temporary, this.path).catch((error: unknown) => {
      throw notWritten(this.path, error);
    });
  }

  /** Removes the temporary file; without effect after `publish`. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined); // closed already when sealed
    await fs.rm(this.#temporary, { force: true });
  }
}

/** Fails where a file is to be written under the name of a folder, before anything is. */
export async function refuseFolder(path: string): Promise<void> {
  const found = await fs.stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) return;
  const example = paths.join(path, "model.safetensors");
  throw malformed({ file: path }, `is a folder; name the file in it, such as ${example}`);
}

/** Removes a file that another one has replaced. */
export const removeFile = (file: string): Promise<void> => fs.rm(file, { force: true });

/** Makes sure that new names in a folder are on the disk. Windows cannot open folders and does without. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, "r").catch(() => undefined);
  if (handle === undefined) return;
  try {
    await handle.sync().catch(() => undefined); // some file systems refuse to sync a folder
  } finally {
    await handle.close();
  }
}

const notWritten = (file: string, error: unknown): Error =>
  malformed({ file }, `cannot be written: ${error instanceof Error ? error.message : String(error)}`, error);
