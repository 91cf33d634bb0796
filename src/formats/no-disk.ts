// What `#disk` means in a browser: errors, and no import of Node's modules, which few bundlers can resolve there.
import { FormatError } from "../base/errors.js";

const noFile = (file: string | URL): never => {
  const problem = "there are no files here; give bytes or a Blob, such as await (await fetch(url)).blob()";
  throw new FormatError(`${String(file)}: ${problem}`, { file: String(file) });
};

const noWriting = (file: string): never => {
  const problem = "there are no files here; encodeSafetensors and encodeNpy give bytes";
  throw new FormatError(`${file}: ${problem}`, { file });
};

const noZlib = (): never => {
  throw new FormatError("archives are unpacked by Node's zlib, which is not here; read .npy files instead");
};

type Disk = typeof import("./disk.js");

export const openFile: Disk["openFile"] = async (file) => noFile(file);
export const findWeights: Disk["findWeights"] = async (path) => noFile(path);
export const resolveShard: Disk["resolveShard"] = async (index) => noFile(index);
export const refuseFolder: Disk["refuseFolder"] = async (path) => noWriting(path);
export const removeFile: Disk["removeFile"] = async (file) => noWriting(file);
export const syncFolder: Disk["syncFolder"] = async (folder) => noWriting(folder);
export const PendingFile: Pick<Disk["PendingFile"], "create"> = { create: async (file) => noWriting(file) };
export const inflateRawSync: Disk["inflateRawSync"] = noZlib;
export const crc32: Disk["crc32"] = noZlib;
