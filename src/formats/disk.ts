// What `#disk` means in Node: files, folders, and zlib. Elsewhere it is no-disk.ts.
export { openFile } from "./file-source.js";
export { findWeights, resolveShard } from "./model-folder.js";
export { PendingFile, refuseFolder, removeFile, syncFolder } from "./pending-file.js";
export { crc32, inflateRawSync } from "node:zlib";
