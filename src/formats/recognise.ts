import { group } from "./fail.js";

/** Bytes from the start of a file that are enough to tell what it is. */
export const prefixBytes = 512;

const magics: readonly (readonly [magic: string, what: string])[] = [
  [
    "PK\x03\x04",
    "a zip archive, as torch.save writes (.bin, .pt); convert it with safetensors.torch.save_file",
  ],
  ["\x80\x02", "a Python pickle, as torch.save writes; convert it with safetensors.torch.save_file"],
  ["GGUF", "a GGUF file; Lintel reads safetensors"],
  ["\x89HDF", "an HDF5 file; Lintel reads safetensors"],
  ["\x93NUMPY", "a NumPy file; read it with readNpy"],
  ["\x1f\x8b", "gzip-compressed; decompress it first"],
  ["{", "JSON text; a shard index (.index.json) is opened with openCheckpoint"],
];

/**
 * Says what a file that is no safetensors file is instead, from its first bytes: the usual reasons why "the header is
 * too large". `undefined` when unknown.
 */
export function recognise(prefix: Uint8Array): string | undefined {
  const text = new TextDecoder("latin1").decode(prefix);
  if (text.startsWith("version https://git-lfs")) {
    const size = /^size ([0-9]{1,15})$/m.exec(text)?.[1];
    const real = size === undefined ? "" : ` of ${group(Number(size))} bytes`;
    return `a Git LFS pointer, not the file itself; run "git lfs pull" to download the real file${real}`;
  }
  if (/^(?:\xef\xbb\xbf)?\s*(?:<!doctype|<html|<head|<\?xml|<error)/i.test(text)) {
    return "an HTML or XML page, probably an error page saved by a failed download; download the file again";
  }
  return magics.find(([magic]) => text.startsWith(magic))?.[1];
}
