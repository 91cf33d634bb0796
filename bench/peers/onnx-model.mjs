// A one-node ONNX model, written as protobuf by hand (onnx.proto3, IR version 8, operator set 13).

function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

/** A numeric field. */
const number = (field, value) => [...varint(field * 8), ...varint(value)];

/** A length-delimited field: text, or a nested message as bytes. */
function message(field, ...parts) {
  const bytes = parts.flatMap((part) =>
    typeof part === "string" ? [...new TextEncoder().encode(part)] : part,
  );
  return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
}

/** TensorProto.DataType. */
const dataTypes = { float32: 1, float64: 11 };
const INT_ATTRIBUTE = 2;

/** ValueInfoProto: a matrix [edge, edge]. */
function matrix(field, name, edge, dtype) {
  const dim = message(1, number(1, edge));
  const tensor = message(1, number(1, dataTypes[dtype]), message(2, dim, dim));
  return message(field, message(1, name), message(2, tensor));
}

/** The bytes of c = a·b (MatMul), or of c = a·bᵀ (Gemm with transB = 1). */
export function productModel(edge, transposeB, dtype = "float32") {
  const transB = message(5, message(1, "transB"), number(3, 1), number(20, INT_ATTRIBUTE));
  const node = message(
    1,
    message(1, "a"),
    message(1, "b"),
    message(2, "c"),
    message(4, transposeB ? "Gemm" : "MatMul"),
    transposeB ? transB : [],
  );
  const inputs = [...matrix(11, "a", edge, dtype), ...matrix(11, "b", edge, dtype)];
  const graph = message(7, node, message(2, "product"), inputs, matrix(12, "c", edge, dtype));
  const operatorSet = message(8, message(1, ""), number(2, 13));
  return Uint8Array.from([...number(1, 8), ...operatorSet, ...graph]);
}
