// A one-node ONNX model, written as protobuf by hand (onnx.proto3, IR version 9, operator set 20: the first with Gelu).

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

/** ValueInfoProto: a tensor of a fixed shape. */
function valueInfo(field, name, shape, dtype) {
  const dims = shape.flatMap((size) => message(1, number(1, size)));
  const tensor = message(1, number(1, dataTypes[dtype]), message(2, dims));
  return message(field, message(1, name), message(2, tensor));
}

function model(node, ...values) {
  const graph = message(7, message(1, ...node), message(2, "graph"), ...values);
  const operatorSet = message(8, message(1, ""), number(2, 20));
  return Uint8Array.from([...number(1, 9), ...operatorSet, ...graph]);
}

/** The bytes of c = a·b: MatMul, or Gemm with transA or transB where an operand is stored transposed. */
export function productModel({ dtype, layout }, aShape, bShape, cShape) {
  const turned = Object.keys(layout);
  const node = [
    message(1, "a"),
    message(1, "b"),
    message(2, "c"),
    message(4, turned.length > 0 ? "Gemm" : "MatMul"),
  ];
  for (const operand of turned) {
    const name = `trans${operand.toUpperCase()}`;
    node.push(message(5, message(1, name), number(3, 1), number(20, INT_ATTRIBUTE)));
  }
  const inputs = [valueInfo(11, "a", aShape, dtype), valueInfo(11, "b", bShape, dtype)];
  return model(node, ...inputs, valueInfo(12, "c", cShape, dtype));
}

const mapOps = { exp: "Exp", gelu: "Gelu", softmax: "Softmax" };

/** The bytes of c = op(a); softmax is over the last axis. */
export function mapModel(op, shape) {
  const node = [message(1, "a"), message(2, "c"), message(4, mapOps[op])];
  return model(node, valueInfo(11, "a", shape, "float32"), valueInfo(12, "c", shape, "float32"));
}
