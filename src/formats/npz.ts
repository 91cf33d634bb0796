import type { Tensor } from "../tensor/tensor.js";
import { readBytes } from "./byte-source.js";
import { malformed } from "./fail.js";
import { decodeNpy } from "./npy.js";
import { openSource, type FileInput } from "./source.js";
import { readZip } from "./zip.js";

/**
 * Reads all arrays of a `.npz` archive, as `numpy.savez` and `savez_compressed` write it, by name. Needs
 * Node.
 *
 * Throws `FormatError` for damaged archives and for arrays that `decodeNpy` refuses.
 *
 * @example
 * const { logits } = Object.fromEntries(await readNpz("golden.npz"));
 */
export async function readNpz(input: FileInput): Promise<ReadonlyMap<string, Tensor>> {
  const source = await openSource(input);
  try {
    const arrays = new Map<string, Tensor>();
    const files = await readZip(await readBytes(source, 0, source.size), source.name);
    for (const [name, bytes] of files) {
      if (!name.endsWith(".npy")) throw malformed({ file: source.name, tensor: name }, "is not a .npy file");
      arrays.set(name.slice(0, -".npy".length), decodeNpy(bytes, `${source.name}/${name}`));
    }
    return arrays;
  } finally {
    await source.close();
  }
}
