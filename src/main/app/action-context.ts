// What the actions table needs to know of a case: roles, holder, pictures, whether an act may be taken back.
import type { ActSummary } from '../../shared/contract/case.ts';
import { STUCK_AFTER_MINUTES, canTakeBack, isCaseAct } from '../domain/act-machine.ts';
import type { ActionContext } from '../domain/actions.ts';
import type { StoredCase } from '../ports/case-store.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import { heldByOther, judged } from './case-record.ts';
import type { Desk, OpenDesk } from './desk.ts';

export function actionContext(desk: OpenDesk, stored: StoredCase): ActionContext {
  const { pictures, outbox } = desk.session.store;
  const ready = (sha256: string): boolean => pictures.findVerdict(sha256)?.ok === true;
  const act = stored.state.act === null ? null : outbox.find(stored.state.act.actId);
  const { rows, checklist, measured } = judged(desk, stored);
  // The node takes no approval of a measured photo that was not compared with the reference photo.
  const comparing =
    measured.portrait?.ok === true &&
    stored.dossier.referencePhoto !== null &&
    measured.faces === null;
  return {
    state: stored.state,
    roles: desk.session.officer.roles,
    rows,
    checklist,
    heldByOther: heldByOther(desk, stored),
    damaged: desk.session.store.cases.findDamaged(stored.applicationId) !== null,
    picturesReady:
      ready(stored.dossier.photo.sha256) && ready(stored.dossier.signature.sha256) && !comparing,
    cardDamaged: stored.head.card?.condition === 'damaged',
    returning: desk.session.store.custody.returning(stored.applicationId),
    takeBack: act !== null && canTakeBack(act.state, act.maybeSeen),
  };
}

export const isStuck = (desk: Desk, item: OutboxItem): boolean =>
  (item.state === 'queued' || item.state === 'sending') &&
  item.attempts > 0 &&
  desk.deps.clock.now().getTime() - Date.parse(item.createdAt) > STUCK_AFTER_MINUTES * 60_000;

/** Our act on a case as both machines' second line; null when there is none to show. */
export function actSummary(desk: OpenDesk, stored: StoredCase): ActSummary | null {
  const { act } = stored.state;
  const item = act === null ? null : desk.session.store.outbox.find(act.actId);
  if (item === null || !isCaseAct(item.kind)) return null;
  if (item.state === 'taken-back' || item.state === 'dropped') return null;
  return {
    actId: item.id,
    kind: item.kind,
    state: item.state,
    since: item.stateAt,
    stuck: isStuck(desk, item),
    answer: item.lastAnswer && {
      code: item.lastAnswer.code,
      at: item.lastAnswer.at,
      field: item.lastAnswer.field,
    },
    sha256: item.sha256,
  };
}
