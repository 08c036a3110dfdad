// A live picture at the counter: the camera for as long as its panel stands open, a still compared and forgotten.
import type { RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import { no, ok, type No } from '../../shared/kernel/result.ts';
import { liveAdvice } from '../domain/live-advice.ts';
import type { StoredCase } from '../ports/case-store.ts';
import { journal, type OpenDesk } from './desk.ts';

type Refused = No<'not-allowed' | 'camera-not-allowed' | 'not-in-cache' | 'wrong-stage'>;

/** The case on this counter, or why no camera may be used for it: step 19's officer, policy, a person here. */
function filmed(desk: OpenDesk, applicationId: string): { ok: true; stored: StoredCase } | Refused {
  const { officer, config, store } = desk.session;
  if (!officer.roles.includes('issuer')) return no('not-allowed');
  if (!config.liveCamera.allowed) return no('camera-not-allowed');
  const stored = store.cases.find(applicationId);
  if (stored === null) return no('not-in-cache');
  return stored.state.stage === 'at-counter' ? { ok: true, stored } : no('wrong-stage');
}

/** The panel was opened or closed; closing is always granted. */
export function askCamera(
  desk: OpenDesk,
  { applicationId, open }: RequestOf<'issuance.camera'>,
): ResultOf<'issuance.camera'> {
  desk.deps.camera.close();
  if (!open) return ok({});
  const here = filmed(desk, applicationId);
  if (!here.ok) return here;
  desk.deps.camera.open();
  return ok({});
}

/**
 * Compares a still with the approved photo. The bytes live for this one call and are overwritten at its
 * end; no cache, no file, and in the journal the zone alone.
 */
export async function compareLive(
  desk: OpenDesk,
  { applicationId, picture }: RequestOf<'issuance.compareLive'>,
): Promise<ResultOf<'issuance.compareLive'>> {
  try {
    const { session } = desk;
    const here = filmed(desk, applicationId);
    if (!here.ok) return here;
    const { dossier } = here.stored;
    const approved = session.store.pictures.find(dossier.photo.sha256);
    if (approved?.verdict.ok !== true) return no('picture-missing');
    const faces = await desk.deps.imaging.compareFaces(approved.bytes, picture, 'now');
    if (desk.session !== session || session.locked !== null) return no('locked');
    if (!faces.ok) return no('not-compared', { failure: faces.failure });
    const advice = liveAdvice(faces.value, session.config.pictureLimits);
    session.store.transaction(() =>
      journal(desk, 'live-picture-compared', dossier.ticket, { zone: advice.zone }),
    );
    return ok(advice);
  } finally {
    picture.fill(0);
  }
}
