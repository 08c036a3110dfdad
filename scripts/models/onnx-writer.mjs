// Writes an ONNX model: the few protobuf messages of onnx.proto3 that our nets need, byte for byte the same each time.

const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 };
/** Opset 18 is the first whose Resize takes `axes`, so that sizes need not name batch and channels. */
const OPSET = 18;
const IR_VERSION = 8;

function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

const int = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field, value) =>
  Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field, value) => bytes(field, Buffer.from(value, 'utf8'));
const message = (field, ...parts) => bytes(field, Buffer.concat(parts));

function float(field, value) {
  const four = Buffer.alloc(4);
  four.writeFloatLE(value);
  return Buffer.concat([varint((field << 3) | 5), four]);
}

function attribute(name, value) {
  if (typeof value === 'string')
    return message(5, text(1, name), text(4, value), int(20, ATTRIBUTE.string));
  if (Array.isArray(value))
    return message(5, text(1, name), ...value.map((v) => int(8, v)), int(20, ATTRIBUTE.ints));
  if (Number.isInteger(value))
    return message(5, text(1, name), int(3, value), int(20, ATTRIBUTE.int));
  return message(5, text(1, name), float(2, value.float), int(20, ATTRIBUTE.float));
}

const tensor = (name, dims, type, raw) =>
  message(5, ...dims.map((d) => int(1, d)), int(2, type), text(8, name), bytes(9, raw));

const raw = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

/** A graph that grows node by node; names of tensors are made here unless given. */
export class OnnxGraph {
  #parts = [];
  #consumed = new Set();
  #made = [];
  #count = 0;

  #name() {
    this.#count += 1;
    return `t${this.#count}`;
  }

  /** Adds a node and returns the name of its one output. `attributes`: ints, strings, lists of ints, {float}. */
  node(type, inputs, attributes = {}, output = this.#name()) {
    inputs.forEach((one) => this.#consumed.add(one));
    this.#made.push(output);
    this.#parts.push(
      message(
        1,
        ...inputs.map((one) => text(1, one)),
        text(2, output),
        text(4, type),
        ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      ),
    );
    return output;
  }

  /** A constant of floats (Float32Array). */
  floats(dims, values, name = this.#name()) {
    this.#parts.push(tensor(name, dims, FLOAT, raw(Float32Array.from(values))));
    return name;
  }

  /** A constant list of 64-bit integers. */
  ints(values, name = this.#name()) {
    const wide = BigInt64Array.from(values, (value) => BigInt(value));
    this.#parts.push(tensor(name, [wide.length], INT64, raw(wide)));
    return name;
  }

  /** The whole file; outputs are the tensors nothing consumes. `input`: {name, dims}. */
  encode(input) {
    const value = (field, name, dims) =>
      message(
        field,
        text(1, name),
        message(
          2,
          message(
            1,
            int(1, FLOAT),
            ...(dims ? [message(2, ...dims.map((d) => message(1, int(1, d))))] : []),
          ),
        ),
      );
    const outputs = this.#made.filter((name) => !this.#consumed.has(name));
    return Buffer.concat([
      int(1, IR_VERSION),
      text(2, 'kualik'),
      message(
        7,
        ...this.#parts,
        text(2, 'g'),
        value(11, input.name, input.dims),
        ...outputs.map((name) => value(12, name)),
      ),
      message(8, text(1, ''), int(2, OPSET)),
    ]);
  }
}
