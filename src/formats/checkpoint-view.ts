/// <reference lib="esnext.disposable" preserve="true" />
// Above: programs for older targets, whose `lib` has no AsyncDisposable, read these declarations, too.
import type { DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import type { StoredDType } from "./dtypes.js";

/** What a file says about one of its tensors. */
export interface TensorInfo {
  readonly name: string;
  /** The dtype that `tensor()` gives; `undefined` when Lintel has none and only `bytes()` works. */
  readonly dtype: DType | undefined;
  /** The dtype in the file, e.g. `"F8_E4M3"`. Narrow types are widened exactly on reading. */
  readonly storedDType: StoredDType;
  readonly shape: readonly number[];
  /** The number of elements. */
  readonly size: number;
  /** First byte, from the start of the file. */
  readonly offset: number;
  readonly byteLength: number;
  /** The file that holds it. */
  readonly file: string;
}

/** Named tensors in one file or in the shards of a model, read one at a time when asked for. */
export interface Checkpoint extends AsyncDisposable {
  /** In the order of the file, shard after shard. */
  readonly names: readonly string[];
  /** The free-form strings of `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Oddities that were let pass. */
  readonly warnings: readonly string[];
  /** The number of elements of all tensors. */
  readonly parameterCount: number;
  /** The files that are read. */
  readonly files: readonly string[];

  has(name: string): boolean;
  /** Throws `FormatError` for a name that is not there. */
  info(name: string): TensorInfo;
  /** Reads one tensor. Throws `FormatError` for an unknown name or a dtype without a tensor type. */
  tensor(name: string): Promise<Tensor>;
  /** Reads the bytes of one tensor as they are stored. */
  bytes(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Releases the files; later reads throw `FormatError`. */
  close(): Promise<void>;
}
