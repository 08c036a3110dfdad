// Opens the engines of the measuring process; without the shipped face nets everything else still works.
import type { Engines } from './engines.ts';
import { sharpImageProbe } from './sharp-image-probe.ts';
import { measureSignature, SIGNATURE_ENGINE } from './signature/measure-signature.ts';
import { renderSignature } from './signature/render-signature.ts';

/** `modelsDir`: folder of the face nets; `say` gets a sentence for the technical log when they are not usable. */
export async function openEngines(
  modelsDir: string,
  say: (text: string) => void,
): Promise<Engines> {
  say(`no face nets from ${modelsDir}`);
  return {
    version: `no-faces ${SIGNATURE_ENGINE}`,
    probe: sharpImageProbe().probe,
    faces: null,
    measureSignature,
    render: (bytes, request) =>
      request.rendering === 'card'
        ? Promise.reject(new Error('not yet'))
        : renderSignature(bytes, request.rendering),
  };
}
