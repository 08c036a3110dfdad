// Opens the engines of the measuring process; without the shipped face nets everything else still works.
import type { Engines, FaceEngine } from './engines.ts';
import { cutCard } from './portrait/card.ts';
import { compareFaces } from './portrait/compare-faces.ts';
import { measurePortrait } from './portrait/measure-portrait.ts';
import { openModels, type FaceModels } from './portrait/models.ts';
import { sharpImageProbe } from './sharp-image-probe.ts';
import { measureSignature, SIGNATURE_ENGINE } from './signature/measure-signature.ts';
import { renderSignature } from './signature/render-signature.ts';

/**
 * `modelsDir`: folder of the face nets; `say` gets a sentence for the technical log when they are not usable.
 * The version names both engines: what fails for want of nets is measured again once they are there.
 */
export async function openEngines(
  modelsDir: string,
  say: (text: string) => void,
): Promise<Engines> {
  const models = await usableModels(modelsDir, say);
  return {
    version: `${models?.engine ?? 'no-faces'} ${SIGNATURE_ENGINE}`,
    probe: sharpImageProbe().probe,
    faces: models && faceEngine(models),
    measureSignature,
    render: (bytes, request) =>
      request.rendering === 'card'
        ? cutCard(bytes, request.frame)
        : renderSignature(bytes, request.rendering),
  };
}

const faceEngine = (models: FaceModels): FaceEngine => ({
  measure: (bytes) => measurePortrait(models, bytes),
  compare: (one, other) => compareFaces(models, one, other),
});

/** Null for every fault: files missing or changed, or a runtime that does not load on this machine. */
async function usableModels(
  folder: string,
  say: (text: string) => void,
): Promise<FaceModels | null> {
  try {
    const opened = await openModels(folder);
    if (opened.ok) return opened.models;
    const { code, file } = opened.refusal;
    say(`no face nets: ${file} of ${folder} is ${code}`);
  } catch (error) {
    say(`no face nets: ${error instanceof Error ? error.message : 'unknown'}`);
  }
  return null;
}
