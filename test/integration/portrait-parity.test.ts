// Every converted net answers as TensorFlow.js does with the same weights, on a fixed random input.
import fs from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { beforeAll, describe, expect, it } from 'vitest';
import { openModels } from '../../src/main/adapters/imaging/portrait/models.ts';
import type { FaceModels, NetName } from '../../src/main/adapters/imaging/portrait/models.ts';

const weights = path.resolve('node_modules/@vladmandic');

/** Mulberry32: the same numbers each time. */
function fixedRandom(count: number, low: number, high: number): Float32Array {
  let state = 20_240_229;
  return Float32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return low + (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * (high - low);
  });
}

/** A bust of noise before a light wall of noise: nets that look for people have something to answer. */
function bust(side: number, channels: number, low: number, high: number): Float32Array {
  const noise = fixedRandom(side * side * channels, 0, 0.2);
  return noise.map((grain, i) => {
    const at = Math.floor(i / channels);
    const [x, y] = [(at % side) / side - 0.5, Math.floor(at / side) / side - 0.45];
    const head = (x / 0.16) ** 2 + (y / 0.22) ** 2 < 1;
    const body = (x / 0.42) ** 2 + ((y - 0.55) / 0.3) ** 2 < 1;
    return low + ((head ? 0.5 : body ? 0.1 : 0.8) + grain) * (high - low);
  });
}

/** Greatest difference by the greatest value; probabilities by their range, which is 1. */
function difference(ours: Float32Array, theirs: Float32Array, probabilities = false): number {
  expect(ours.length).toBe(theirs.length);
  let [most, scale] = [0, probabilities ? 1 : 0];
  for (let i = 0; i < theirs.length; i++) {
    most = Math.max(most, Math.abs(ours[i]! - theirs[i]!));
    scale = Math.max(scale, Math.abs(theirs[i]!));
  }
  return most / scale;
}

/** Outputs behind a sigmoid or softmax. */
const isProbability = (net: NetName, output: Float32Array): boolean =>
  net === 'selfie' || net === 'emotion' || (net === 'facemesh' && output.length === 1);

interface GraphJson {
  readonly modelTopology: object;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: tf.io.WeightsManifestEntry[];
  }[];
}

function partsOf(manifest: GraphJson['weightsManifest'], folder: string) {
  const data = Buffer.concat(
    manifest.flatMap(({ paths }) => paths.map((name) => fs.readFileSync(path.join(folder, name)))),
  );
  return {
    weightSpecs: manifest.flatMap(({ weights: specs }) => specs),
    weightData: Uint8Array.from(data).buffer,
  };
}

let models: FaceModels;
beforeAll(async () => {
  setWasmPaths(`${path.resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`);
  await tf.setBackend('wasm');
  const opened = await openModels(path.resolve('resources/models'));
  if (!opened.ok) throw new Error(`${opened.refusal.file}: ${opened.refusal.code}`);
  ({ models } = opened);
});

const GRAPHS: readonly (readonly [NetName, string, number[], number, number])[] = [
  ['blazeface', 'blazeface-back', [1, 256, 256, 3], -1, 1],
  ['facemesh', 'facemesh', [1, 192, 192, 3], 0, 1],
  ['iris', 'iris', [1, 64, 64, 3], 0, 1],
  ['selfie', 'selfie', [1, 256, 256, 3], 0, 1],
  ['emotion', 'emotion', [1, 64, 64, 1], -1, 1],
];

describe('converted nets against TensorFlow.js', () => {
  it.each(GRAPHS)('%s', async (net, file, shape, low, high) => {
    const folder = path.join(weights, 'human-models', 'models');
    const json = JSON.parse(
      fs.readFileSync(path.join(folder, `${file}.json`), 'utf8'),
    ) as GraphJson;
    const graph = await loadGraphModel({
      load: () =>
        Promise.resolve({
          modelTopology: json.modelTopology,
          ...partsOf(json.weightsManifest, folder),
        }),
    });
    const input = bust(shape[1]!, shape[3]!, low, high);
    const ours = Object.values(await models.run(net, input));
    const answer = await graph.executeAsync(tf.tensor(input, shape));
    const theirs = [answer]
      .flat()
      .map((tensor) => (tensor as tf.Tensor).dataSync() as Float32Array);
    expect(theirs.length).toBeGreaterThan(0);
    if (net === 'selfie') expect(Math.max(...theirs[0]!)).toBeGreaterThan(0.2);
    for (const output of theirs) {
      const same = ours.filter((one) => one.length === output.length);
      const nearest = Math.min(
        ...same.map((one) => difference(one, output, isProbability(net, output))),
      );
      expect(nearest).toBeLessThanOrEqual(net === 'selfie' ? 1e-3 : 1e-4);
    }
  });

  it('dlib, layer by layer from the same weights', async () => {
    const folder = path.join(weights, 'face-api', 'model');
    const manifest = JSON.parse(
      fs.readFileSync(path.join(folder, 'face_recognition_model-weights_manifest.json'), 'utf8'),
    ) as GraphJson['weightsManifest'];
    const { weightData, weightSpecs } = partsOf(manifest, folder);
    const maps = tf.io.decodeWeights(weightData, weightSpecs);
    const planes = fixedRandom(3 * 150 * 150, -0.5, 0.5);
    const [ours] = Object.values(await models.run('dlib', planes));
    const theirs = tf.tidy(
      () => dlibOf(maps, tf.tensor4d(planes, [1, 3, 150, 150])).dataSync() as Float32Array,
    );
    expect(difference(ours!, theirs)).toBeLessThanOrEqual(1e-3);
  });
});

/** The dlib face ResNet in TensorFlow.js: 29 convolutions, each followed by its own scale. */
function dlibOf(maps: tf.NamedTensorMap, input: tf.Tensor4D): tf.Tensor {
  const of = <T extends tf.Tensor>(name: string): T => maps[name] as T;
  const convolve = (x: tf.Tensor4D, name: string, stride: number, relu: boolean): tf.Tensor4D => {
    const kernel = of<tf.Tensor4D>(`${name}/conv/filters`);
    const plain = tf.conv2d(x, kernel, stride, stride === 2 ? 'valid' : 'same');
    const scaled = tf.mul(tf.add(plain, of(`${name}/conv/bias`)), of(`${name}/scale/weights`));
    const made = tf.add<tf.Tensor4D>(scaled, of(`${name}/scale/biases`));
    return relu ? tf.relu(made) : made;
  };
  let x = convolve(tf.transpose(input, [0, 2, 3, 1]), 'conv32_down', 2, true);
  x = tf.maxPool(x, 3, 2, 'valid');
  const blocks = [...new Set(Object.keys(maps).map((name) => name.split('/')[0]!))];
  for (const block of blocks.filter((name) => name !== 'conv32_down' && name !== 'fc')) {
    const down = block.includes('down');
    let made = convolve(
      convolve(x, `${block}/conv1`, down ? 2 : 1, true),
      `${block}/conv2`,
      1,
      false,
    );
    let short = down ? tf.avgPool(x, 2, 2, 'valid') : x;
    const wider = short.shape[1] - made.shape[1];
    if (wider > 0)
      made = tf.pad4d(made, [
        [0, 0],
        [0, wider],
        [0, wider],
        [0, 0],
      ]);
    const deeper = made.shape[3] - short.shape[3];
    if (deeper > 0)
      short = tf.pad4d(short, [
        [0, 0],
        [0, 0],
        [0, 0],
        [0, deeper],
      ]);
    x = tf.relu(tf.add<tf.Tensor4D>(made, short));
  }
  return tf.matMul(tf.mean<tf.Tensor2D>(x, [1, 2]), of<tf.Tensor2D>('fc'));
}
