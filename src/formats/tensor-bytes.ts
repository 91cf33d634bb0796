import { DTypeError } from "../base/errors.js";
import { allocate, type Elements } from "../tensor/dtype.js";
import { forEachOffset, type Tensor } from "../tensor/tensor.js";

/** The elements of a tensor as they are stored, row-major: shared when they lie so already, else copied. */
export async function storedBytes(tensor: Tensor): Promise<Uint8Array> {
  const { storage, dtype, size, offset } = tensor;
  if (storage === undefined) {
    throw new DTypeError(`a tensor without data cannot be written: ${tensor.toString()}`, { dtype });
  }
  const elements = "read" in storage ? await storage.read() : storage.elements;
  if (tensor.isContiguous) return bytesOfArray(elements.subarray(offset, offset + size));
  const gathered = allocate(dtype, size);
  let i = 0;
  forEachOffset(tensor, (at) => {
    gathered[i++] = elements[at]!;
  });
  return bytesOfArray(gathered);
}

const bytesOfArray = ({ buffer, byteOffset, byteLength }: Elements): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
