// Turns a TensorFlow.js graph model into ONNX: one node for one node, weights reordered from NHWC to NCHW.
import fs from 'node:fs';
import path from 'node:path';
import { OnnxGraph } from './onnx-writer.mjs';
import { readWeights } from './weights.mjs';

const fromBase64 = (coded) => Buffer.from(coded, 'base64').toString();
const numbers = (attribute) => (attribute?.list?.i ?? []).map(Number);
const plainName = (name) => name.replace(/^\^/, '').replace(/:0$/, '');
const isSame = (attributes) => fromBase64(attributes.padding.s) === 'SAME';

/** Nodes that mean the same in both worlds. */
const SAME_NAME = new Set(['Relu', 'Sigmoid', 'Identity', 'Mul', 'Add']);
const RENAMED = { AddV2: 'Add' };

/** Returns the bytes of the ONNX file; `modelJson` is the path of the model's topology. */
export function graphToOnnx(modelJson) {
  const { modelTopology, weightsManifest } = JSON.parse(fs.readFileSync(modelJson, 'utf8'));
  const weights = readWeights(weightsManifest, path.dirname(modelJson));
  const build = new Builder(new OnnxGraph(), weights);
  const nodes = inOrder(modelTopology.node);
  for (const node of nodes) build.add(node);
  const input = nodes.find(({ op }) => op === 'Placeholder');
  const dims = input.attr.shape.shape.dim.map(({ size }) => Math.abs(Number(size)));
  return build.graph.encode({ name: input.name, dims });
}

/** Each node behind those it takes from. */
function inOrder(nodes) {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const done = new Set();
  const order = [];
  const visit = (node) => {
    if (node === undefined || done.has(node.name)) return;
    done.add(node.name);
    (node.input ?? []).forEach((name) => visit(byName.get(plainName(name))));
    order.push(node);
  };
  nodes.forEach(visit);
  return order;
}

class Builder {
  #written = new Set();

  constructor(graph, weights) {
    this.graph = graph;
    this.weights = weights;
  }

  #constant(name) {
    return this.weights.get(plainName(name));
  }

  /** The tensor's name; a weight is written with its first use. */
  #tensor(name) {
    const plain = plainName(name);
    const weight = this.weights.get(plain);
    if (weight && !this.#written.has(plain)) {
      this.#written.add(plain);
      this.graph.floats(weight.dims, weight.values, plain);
    }
    return plain;
  }

  #toNchw(name) {
    return this.graph.node('Transpose', [this.#tensor(name)], { perm: [0, 3, 1, 2] });
  }

  #toNhwc(name, output) {
    return this.graph.node('Transpose', [name], { perm: [0, 2, 3, 1] }, output);
  }

  add({ op, name, input = [], attr = {} }) {
    const { graph } = this;
    if (SAME_NAME.has(op) || op in RENAMED) {
      graph.node(
        RENAMED[op] ?? op,
        input.map((one) => this.#tensor(one)),
        {},
        name,
      );
      return;
    }
    switch (op) {
      case 'Const':
      case 'Placeholder':
        return;
      case '_FusedConv2D':
      case 'Conv2D':
        return this.#convolve(name, input, attr, false, op === '_FusedConv2D');
      case 'DepthwiseConv2dNative':
        return this.#convolve(name, input, attr, true, false);
      case 'Conv2DBackpropInput':
        return this.#upConvolve(name, input, attr);
      case 'MaxPool':
      case 'AvgPool':
        return this.#pool(op, name, input, attr);
      case 'AddN':
        graph.node(
          'Sum',
          input.map((one) => this.#tensor(one)),
          {},
          name,
        );
        return;
      case 'Relu6':
        this.#clip(this.#tensor(input[0]), name);
        return;
      case 'Softmax':
        graph.node('Softmax', [this.#tensor(input[0])], { axis: -1 }, name);
        return;
      case 'Prelu': {
        const slope = this.#constant(input[1]);
        const flat = graph.floats([slope.values.length], slope.values);
        graph.node('PRelu', [this.#tensor(input[0]), flat], {}, name);
        return;
      }
      case 'Pad': {
        const { values } = this.#constant(input[1]);
        const side = (first) => [...values].filter((_, i) => i % 2 === first);
        graph.node('Pad', [this.#tensor(input[0]), graph.ints([...side(0), ...side(1)])], {}, name);
        return;
      }
      case 'Reshape':
        graph.node(
          'Reshape',
          [this.#tensor(input[0]), graph.ints(this.#constant(input[1]).values)],
          {},
          name,
        );
        return;
      case 'ConcatV2': {
        const [axis] = this.#constant(input.at(-1)).values;
        graph.node(
          'Concat',
          input.slice(0, -1).map((one) => this.#tensor(one)),
          { axis },
          name,
        );
        return;
      }
      case 'Mean':
        graph.node(
          'ReduceMean',
          [this.#tensor(input[0]), graph.ints(this.#constant(input[1]).values)],
          { keepdims: attr.keep_dims?.b ? 1 : 0 },
          name,
        );
        return;
      case 'ResizeBilinear':
        return this.#resize(name, input, attr);
      default:
        throw new Error(`no ONNX twin for ${op} (${name})`);
    }
  }

  #clip(from, output) {
    const { graph } = this;
    return graph.node('Clip', [from, graph.floats([], [0]), graph.floats([], [6])], {}, output);
  }

  #convolve(name, input, attr, depthwise, biased) {
    const { graph } = this;
    const { dims, values } = this.#constant(input[1]);
    const [kh, kw, from, to] = dims;
    const out = depthwise ? from * to : to;
    const kernel = new Float32Array(values.length);
    const area = kh * kw;
    for (let k = 0, at = 0; k < area; k++)
      for (let i = 0; i < from; i++)
        for (let o = 0; o < to; o++, at++)
          kernel[(depthwise ? i * to + o : o * from + i) * area + k] = values[at];
    const inputs = [
      this.#toNchw(input[0]),
      graph.floats(depthwise ? [out, 1, kh, kw] : [out, from, kh, kw], kernel),
    ];
    if (biased) inputs.push(graph.floats([out], this.#constant(input[2]).values));
    const strides = numbers(attr.strides);
    const dilations = attr.dilations ? numbers(attr.dilations) : [1, 1, 1, 1];
    let made = graph.node('Conv', inputs, {
      kernel_shape: [kh, kw],
      strides: strides.slice(1, 3),
      dilations: dilations.slice(1, 3),
      group: depthwise ? from : 1,
      ...(isSame(attr) ? { auto_pad: 'SAME_UPPER' } : { pads: [0, 0, 0, 0] }),
    });
    const fused = (attr.fused_ops?.list?.s ?? []).map(fromBase64);
    for (const after of fused) made = this.#after(after, made, input);
    this.#toNhwc(made, name);
  }

  /** What is fused behind a convolution, still in NCHW. */
  #after(op, made, input) {
    const { graph } = this;
    if (op === 'BiasAdd') return made;
    if (op === 'Relu') return graph.node('Relu', [made]);
    if (op === 'Relu6') return this.#clip(made);
    if (op !== 'Prelu') throw new Error(`no ONNX twin for fused ${op}`);
    const { values } = this.#constant(input[3]);
    return graph.node('PRelu', [made, graph.floats([values.length, 1, 1], values)]);
  }

  #upConvolve(name, input, attr) {
    const { dims, values } = this.#constant(input[1]);
    const [kh, kw, to, from] = dims;
    const kernel = new Float32Array(values.length);
    const area = kh * kw;
    for (let k = 0, at = 0; k < area; k++)
      for (let o = 0; o < to; o++)
        for (let i = 0; i < from; i++, at++) kernel[(i * to + o) * area + k] = values[at];
    const inputs = [this.#toNchw(input[2]), this.graph.floats([from, to, kh, kw], kernel)];
    const made = this.graph.node('ConvTranspose', inputs, {
      kernel_shape: [kh, kw],
      strides: numbers(attr.strides).slice(1, 3),
      ...(isSame(attr) ? { auto_pad: 'SAME_UPPER' } : {}),
    });
    this.#toNhwc(made, name);
  }

  #pool(op, name, input, attr) {
    const made = this.graph.node(
      op === 'MaxPool' ? 'MaxPool' : 'AveragePool',
      [this.#toNchw(input[0])],
      {
        kernel_shape: numbers(attr.ksize).slice(1, 3),
        strides: numbers(attr.strides).slice(1, 3),
        ...(isSame(attr) ? { auto_pad: 'SAME_UPPER' } : {}),
      },
    );
    this.#toNhwc(made, name);
  }

  #resize(name, input, attr) {
    const sizes = this.graph.ints(this.#constant(input[1]).values);
    let grid = 'asymmetric';
    if (attr.half_pixel_centers?.b) grid = 'half_pixel';
    if (attr.align_corners?.b) grid = 'align_corners';
    const made = this.graph.node('Resize', [this.#toNchw(input[0]), '', '', sizes], {
      axes: [2, 3],
      mode: 'linear',
      coordinate_transformation_mode: grid,
    });
    this.#toNhwc(made, name);
  }
}
