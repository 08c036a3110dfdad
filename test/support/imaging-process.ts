// A measuring process of its own over Node's IPC: the same serving code, really killable; traps on request.
import type { Engines } from '../../src/main/adapters/imaging/engines.ts';
import { localImaging } from '../../src/main/adapters/imaging/local-imaging.ts';
import { openEngines } from '../../src/main/adapters/imaging/open-engines.ts';
import { startMessage } from '../../src/main/adapters/imaging/protocol.ts';
import { serveImaging } from '../../src/main/adapters/imaging/serve-imaging.ts';
import type { PortLike } from '../../src/shared/kernel/port-like.ts';

const port: PortLike = {
  postMessage: (message) => process.send?.(message),
  on: (event: string, listener: (message: unknown) => void) =>
    process.on(event === 'close' ? 'disconnect' : 'message', listener),
};
const say = (text: string): boolean => process.stderr.write(`imaging: ${text}\n`);

const kept: Uint8Array[] = [];
let looks = 0;

/** Stands in for a decoder that falls over its bytes: what happens is written in their first letters. */
function spring(bytes: Uint8Array): void {
  const word = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  looks += 1;
  if (word.startsWith('HANG')) for (;;);
  if (word.startsWith('EXIT')) process.exit(9);
  if (word.startsWith('ABORT')) process.abort();
  if (word.startsWith('SECOND') && looks > 1) process.exit(9); // only in a process that is not fresh
  if (word.startsWith('THROW')) throw new Error('the decoder does not like it');
  if (word.startsWith('GROW')) kept.push(new Uint8Array(300_000_000).fill(1));
}

/** The real engines behind the traps; `version` names other engines, as after an update. */
function trapped(engines: Engines, version: string | undefined): Engines {
  const { faces } = engines;
  return {
    version: version ?? engines.version,
    async probe(bytes, mime) {
      spring(bytes);
      return engines.probe(bytes, mime);
    },
    faces: faces && {
      async measure(bytes) {
        spring(bytes);
        return faces.measure(bytes);
      },
      async compare(one, other) {
        spring(one);
        return faces.compare(one, other);
      },
    },
    async measureSignature(bytes) {
      spring(bytes);
      return engines.measureSignature(bytes);
    },
    async render(bytes, request) {
      spring(bytes);
      return engines.render(bytes, request);
    },
  };
}

process.once('message', (message) => {
  const { modelsDir } = startMessage.parse(message);
  openEngines(modelsDir, say).then(
    (engines) => {
      const imaging = localImaging(trapped(engines, process.env['KUALIK_TEST_ENGINE']));
      const onMisfit = (call: string, where: string): boolean => say(`${call} misfits: ${where}`);
      serveImaging({ imaging, port, onMisfit, onFault: () => process.exit(70) });
    },
    () => process.exit(70),
  );
});
process.on('disconnect', () => process.exit(0));
