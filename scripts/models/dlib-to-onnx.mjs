// Turns the dlib face ResNet, as face-api ships its weights, into ONNX; each layer's scale is folded into its convolution.
import fs from 'node:fs';
import path from 'node:path';
import { OnnxGraph } from './onnx-writer.mjs';
import { readWeights } from './weights.mjs';

const SIDE = 150;

/** Returns the bytes of the ONNX file; input 1 × 3 × 150 × 150 (RGB less mean, by 256), output 1 × 128. */
export function dlibToOnnx(manifestFile) {
  const weights = readWeights(
    JSON.parse(fs.readFileSync(manifestFile, 'utf8')),
    path.dirname(manifestFile),
  );
  const net = new ResNet(weights);
  const blocks = [...new Set([...weights.keys()].map((name) => name.split('/')[0]))];
  net.begin();
  for (const block of blocks) {
    if (block === 'conv32_down' || block === 'fc') continue;
    if (block.includes('down')) net.stepDown(block);
    else net.stay(block);
  }
  return net.end();
}

class ResNet {
  #graph = new OnnxGraph();
  #weights;
  #now = 'in';
  /** Side of the picture at this depth; decides where the shortcut needs a border. */
  #side = SIDE;

  constructor(weights) {
    this.#weights = weights;
  }

  /** y = (conv(x) + bias) · scale + shift */
  #convolve(from, name, { stride = 1, same = true, relu = true } = {}) {
    const graph = this.#graph;
    const of = (part) => this.#weights.get(`${name}/${part}`).values;
    const { dims, values } = this.#weights.get(`${name}/conv/filters`);
    const [kh, kw, inn, out] = dims;
    const [bias, scale, shift] = [of('conv/bias'), of('scale/weights'), of('scale/biases')];
    const kernel = new Float32Array(values.length);
    const area = kh * kw;
    for (let k = 0, at = 0; k < area; k++)
      for (let i = 0; i < inn; i++)
        for (let o = 0; o < out; o++, at++)
          kernel[(o * inn + i) * area + k] = values[at] * scale[o];
    const made = graph.node(
      'Conv',
      [
        from,
        graph.floats([out, inn, kh, kw], kernel),
        graph.floats(
          [out],
          bias.map((b, o) => b * scale[o] + shift[o]),
        ),
      ],
      {
        kernel_shape: [kh, kw],
        strides: [stride, stride],
        ...(same ? { auto_pad: 'SAME_UPPER' } : { pads: [0, 0, 0, 0] }),
      },
    );
    return relu ? graph.node('Relu', [made]) : made;
  }

  begin() {
    const first = this.#convolve(this.#now, 'conv32_down', { stride: 2, same: false });
    this.#now = this.#graph.node('MaxPool', [first], { kernel_shape: [3, 3], strides: [2, 2] });
    const conved = Math.floor((SIDE - 7) / 2) + 1;
    this.#side = Math.floor((conved - 3) / 2) + 1;
  }

  stay(block) {
    const inner = this.#convolve(this.#now, `${block}/conv1`);
    const made = this.#convolve(inner, `${block}/conv2`, { relu: false });
    this.#add(made, this.#now);
  }

  stepDown(block) {
    const graph = this.#graph;
    const [, , inn, out] = this.#weights.get(`${block}/conv1/conv/filters`).dims;
    const inner = this.#convolve(this.#now, `${block}/conv1`, { stride: 2, same: false });
    let made = this.#convolve(inner, `${block}/conv2`, { relu: false });
    let short = graph.node('AveragePool', [this.#now], { kernel_shape: [2, 2], strides: [2, 2] });
    const conved = Math.floor((this.#side - 3) / 2) + 1;
    const pooled = Math.floor(this.#side / 2);
    const wider = pooled - conved;
    if (wider > 0) made = graph.node('Pad', [made, graph.ints([0, 0, 0, 0, 0, 0, wider, wider])]);
    if (out !== inn)
      short = graph.node('Pad', [short, graph.ints([0, 0, 0, 0, 0, out - inn, 0, 0])]);
    this.#side = pooled;
    this.#add(made, short);
  }

  #add(one, other) {
    this.#now = this.#graph.node('Relu', [this.#graph.node('Add', [one, other])]);
  }

  end() {
    const graph = this.#graph;
    const pooled = graph.node('Flatten', [graph.node('GlobalAveragePool', [this.#now])]);
    const { dims, values } = this.#weights.get('fc');
    graph.node('MatMul', [pooled, graph.floats(dims, values)], {}, 'embedding');
    return graph.encode({ name: 'in', dims: [1, 3, SIDE, SIDE] });
  }
}
