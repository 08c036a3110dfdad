// Opens the face nets: every file proved by its SHA-256 first, each net in one thread.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';

/** Changes with every change of code that changes a figure; old measurements are then made again. */
const CODE_VERSION = 'portrait-1';

export type NetName = 'blazeface' | 'facemesh' | 'iris' | 'selfie' | 'emotion' | 'dlib';
const NETS: readonly NetName[] = ['blazeface', 'facemesh', 'iris', 'selfie', 'emotion', 'dlib'];

/** Three quarters of all weights, and only two faces to compare need it: opened with the first pair. */
const SELDOM: NetName = 'dlib';

/** The mean face: points in cm (y up, z towards the viewer), weights of those that carry pose. */
export interface CanonicalFace {
  readonly points: readonly (readonly [number, number, number])[];
  readonly weights: readonly (readonly [index: number, weight: number])[];
  readonly triangles: readonly number[];
}

export interface FaceModels {
  /** Version of code and models, ≤ 80 characters. */
  readonly engine: string;
  readonly canonicalFace: CanonicalFace;
  /** Runs a net on one input of its fixed shape; returns its outputs by name. */
  run(net: NetName, input: Float32Array): Promise<Readonly<Record<string, Float32Array>>>;
}

export type OpenedModels =
  | { readonly ok: true; readonly models: FaceModels }
  | {
      readonly ok: false;
      readonly refusal: { readonly code: 'missing' | 'changed'; readonly file: string };
    };

interface Manifest {
  readonly models: readonly {
    readonly name: string;
    readonly file: string;
    readonly sha256: string;
  }[];
}

/** `folder` holds manifest.json and the files it names. Refuses when one is missing or not the shipped one. */
export async function openModels(folder: string): Promise<OpenedModels> {
  const manifestBytes = await readFile(path.join(folder, 'manifest.json')).catch(() => null);
  if (manifestBytes === null) return refused('missing', 'manifest.json');
  const manifest = JSON.parse(manifestBytes.toString('utf8')) as Manifest;
  const files = new Map<string, Buffer | null>();
  for (const { name, file, sha256: wanted } of manifest.models) {
    const full = path.join(folder, file);
    const seldom = name === SELDOM;
    const bytes = seldom ? null : await readFile(full).catch(() => null);
    const seen = seldom ? await hashOfFile(full) : bytes && sha256(bytes);
    if (seen === null) return refused('missing', file);
    if (seen !== wanted) return refused('changed', file);
    files.set(name, bytes);
  }
  const canonical = files.get('canonical-face');
  const absent = NETS.find((net) => !files.has(net));
  if (absent !== undefined || !canonical) return refused('missing', absent ?? 'canonical-face');

  const sessions = new Sessions(async (net) => {
    const { file, sha256: wanted } = manifest.models.find(({ name }) => name === net)!;
    const bytes = await readFile(path.join(folder, file));
    if (sha256(bytes) !== wanted) throw new Error(`${file} was changed while the program ran`);
    return bytes;
  });
  for (const net of NETS) if (net !== SELDOM) await sessions.open(net, files.get(net)!);
  return {
    ok: true,
    models: {
      engine: `${CODE_VERSION}+${sha256(manifestBytes).slice(0, 12)}`,
      canonicalFace: JSON.parse(canonical.toString('utf8')) as CanonicalFace,
      run: (net, input) => sessions.run(net, input),
    },
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** In pieces, so that a file that is not opened yet costs no memory; null when it cannot be read. */
async function hashOfFile(file: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  } catch {
    return null;
  }
  return hash.digest('hex');
}

const refused = (code: 'missing' | 'changed', file: string): OpenedModels => ({
  ok: false,
  refusal: { code, file },
});

class Sessions {
  readonly #open = new Map<NetName, { session: InferenceSession; input: string; dims: number[] }>();
  readonly #bytesOf: (net: NetName) => Promise<Uint8Array>;
  #makeTensor: ((data: Float32Array, dims: number[]) => Tensor) | null = null;

  /** `bytesOf`: proved bytes of a net that was not opened at once. */
  constructor(bytesOf: (net: NetName) => Promise<Uint8Array>) {
    this.#bytesOf = bytesOf;
  }

  async open(net: NetName, bytes: Uint8Array): Promise<void> {
    const runtime = await import('onnxruntime-node');
    this.#makeTensor = (data, dims) => new runtime.Tensor('float32', data, dims);
    const session = await runtime.InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      enableCpuMemArena: false,
      enableMemPattern: false,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 3,
    });
    const [input] = session.inputMetadata;
    if (input === undefined || !input.isTensor) throw new Error(`${net}: no tensor input`);
    this.#open.set(net, { session, input: input.name, dims: input.shape.map(Number) });
  }

  async run(net: NetName, input: Float32Array): Promise<Record<string, Float32Array>> {
    if (!this.#open.has(net)) await this.open(net, await this.#bytesOf(net));
    const one = this.#open.get(net)!;
    const outputs = await one.session.run({ [one.input]: this.#makeTensor!(input, one.dims) });
    return Object.fromEntries(
      Object.entries(outputs).map(([name, tensor]) => [name, tensor.data as Float32Array]),
    );
  }
}
