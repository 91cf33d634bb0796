/** What the runtime's WebAssembly can do, whatever is used of it. */
export interface WasmFeatures {
  readonly simd: boolean;
  /** Fused multiply-add among others. */
  readonly relaxedSimd: boolean;
  /** Memory that threads share. */
  readonly sharedMemory: boolean;
}

interface Api {
  validate(bytes: Uint8Array): boolean;
}

// The smallest module with one instruction of each proposal: a type, a function of that type, its body.
const header = [0, 97, 115, 109, 1, 0, 0, 0];
const vectorFunction = [1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0];
const modules = {
  simd: [...vectorFunction, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11], // i8x16.popcnt
  relaxedSimd: [...vectorFunction, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11], // …swizzle
  sharedMemory: [
    1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11,
  ],
};

export function wasmFeatures(): WasmFeatures {
  const api = (globalThis as { readonly WebAssembly?: Api }).WebAssembly;
  const knows = (body: readonly number[]): boolean =>
    api?.validate(new Uint8Array([...header, ...body])) ?? false;
  return {
    simd: knows(modules.simd),
    relaxedSimd: knows(modules.relaxedSimd),
    sharedMemory: knows(modules.sharedMemory) && typeof SharedArrayBuffer !== "undefined",
  };
}
