import { fromElements } from "../tensor/create.js";
import type { Elements } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import type { TensorInfo } from "./checkpoint-view.js";
import type { StoredDType } from "./dtypes.js";
import { malformed } from "./fail.js";
import { decodeFloat8 } from "./float8.js";

/** The tensor whose stored bytes these are. The buffer is used, not copied, where the dtype allows. */
export function decodeTensor(bytes: Uint8Array<ArrayBuffer>, info: TensorInfo): Tensor {
  const { dtype, storedDType, file, name } = info;
  const elements = decodeElements(bytes.buffer, storedDType);
  if (dtype === undefined || elements === undefined) {
    const problem = `dtype ${storedDType} has no tensor type in Lintel; read it with bytes(${JSON.stringify(name)})`;
    throw malformed({ file, tensor: name, offset: info.offset }, problem);
  }
  return fromElements(elements, info.shape, dtype);
}

/** Elements of the tensor dtype that holds this stored dtype exactly; `undefined` when there is none. */
export function decodeElements(buffer: ArrayBuffer, dtype: StoredDType): Elements | undefined {
  switch (dtype) {
    case "F32":
      return new Float32Array(buffer);
    case "F64":
      return new Float64Array(buffer);
    case "F16":
    case "BF16":
      return new Uint16Array(buffer);
    case "I32":
      return new Int32Array(buffer);
    case "I64":
      return new BigInt64Array(buffer);
    case "U8":
      return new Uint8Array(buffer);
    case "BOOL":
      // Any byte but 0 is true; a tensor stores exactly 0 and 1.
      return new Uint8Array(buffer).map((byte) => (byte === 0 ? 0 : 1));
    case "I8":
      return new Int32Array(new Int8Array(buffer));
    case "I16":
      return new Int32Array(new Int16Array(buffer));
    case "U16":
      return new Int32Array(new Uint16Array(buffer));
    case "U32":
      return BigInt64Array.from(new Uint32Array(buffer), BigInt);
    case "F8_E5M2":
    case "F8_E4M3":
    case "F8_E8M0":
    case "F8_E5M2FNUZ":
    case "F8_E4M3FNUZ":
      return decodeFloat8(new Uint8Array(buffer), dtype);
    case "U64":
    case "C64":
    case "F4":
    case "F6_E2M3":
    case "F6_E3M2":
      break;
  }
  return undefined;
}
