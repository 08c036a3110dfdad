// The issuance desk's lists and the one card on the counter.
import type { ReplyOf, RequestOf } from '../../shared/contract/channels.ts';
import type { HandOverDto } from '../../shared/contract/issuance.ts';
import { counterActions } from '../domain/actions.ts';
import { fullName } from '../domain/compared.ts';
import { inPersonQuestions } from '../domain/questions.ts';
import { actSummary, actionContext } from './action-context.ts';
import { nowText, type OpenDesk } from './desk.ts';
import { pictureDto } from './read-case.ts';

export function readCards(
  desk: OpenDesk,
  request: RequestOf<'issuance.page'>,
): ReplyOf<'issuance.page'> {
  const page = desk.session.store.cases.cards(request, nowText(desk));
  return {
    ...page,
    counts: page.counts as ReplyOf<'issuance.page'>['counts'],
    waiting: [...page.waiting],
  };
}

/** The person, the card, the questions; null while there is no card to hand over. */
export function readHandOver(desk: OpenDesk, applicationId: string): HandOverDto | null {
  const stored = desk.session.store.cases.find(applicationId);
  if (stored === null || stored.head.card === null) return null;
  const { dossier, head, state } = stored;
  const person = dossier.authoritative ?? dossier.declared;
  return {
    applicationId,
    ticket: dossier.ticket,
    name: fullName(person),
    surname: person.surname ?? '',
    givenNames: [person.name, person.patronymic].filter(Boolean).join(' '),
    iin: person.iin,
    birthDate: person.birthDate,
    stage: state.stage,
    act: actSummary(desk, stored),
    flags: [...state.flags],
    photo: pictureDto(desk, dossier.photo),
    signature: pictureDto(desk, dossier.signature),
    card: stored.head.card,
    oldCard: { number: dossier.document.number, endDate: dossier.document.endDate },
    questions: inPersonQuestions(dossier),
    refusals: [
      ...head.timeline
        .filter(({ event }) => event === 'hand-over-refused')
        .map(({ at, note }) => ({ at, reason: note ?? '' })),
      ...ownRefusals(desk, applicationId),
    ],
    lookedInto: lastLook(desk, applicationId),
    zoneWanted: [...state.zoneWanted],
    claimedUntil: state.lease?.until ?? null,
    liveCamera: desk.session.config.liveCamera.allowed,
    actions: counterActions(actionContext(desk, stored)),
  };
}

/** One cache is one officer's, so who wrote a fact of it is who sits at the desk. */
function lastLook(desk: OpenDesk, applicationId: string): HandOverDto['lookedInto'] {
  const seen = desk.session.store.cases
    .facts(applicationId)
    .flatMap(({ at, fact }) =>
      fact.type === 'investigation-seen' ? [{ at, note: fact.note }] : [],
    )
    .at(-1);
  return seen === undefined ? null : { ...seen, officer: desk.session.officer.fullName };
}

/** Refusals recorded here that the node's time line does not tell of yet. */
const ownRefusals = (desk: OpenDesk, applicationId: string): HandOverDto['refusals'] => {
  const { cases, outbox } = desk.session.store;
  const waiting = outbox
    .open()
    .some((item) => item.applicationId === applicationId && item.kind === 'hand-over-refusal');
  if (!waiting) return [];
  return cases
    .facts(applicationId)
    .flatMap(({ at, fact }) =>
      fact.type === 'hand-over-refused' ? [{ at, reason: fact.reason }] : [],
    )
    .slice(-1);
};
