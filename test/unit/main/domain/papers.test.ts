// Papers: each carries what its bearer may know and no more; the code on it says ticket and hash.
import { describe, expect, it } from 'vitest';
import { REPORT_REASONS } from '../../../../src/shared/central/messages.ts';
import { SLIP_REASONS, paperDto } from '../../../../src/shared/contract/papers.ts';
import { buildAcceptance, buildReturn } from '../../../../src/main/domain/custody.ts';
import {
  countDifferenceOf,
  countText,
  dispatchActOf,
  returnActOf,
} from '../../../../src/main/domain/custody-papers.ts';
import { outageSlipOf } from '../../../../src/main/domain/outage-slip.ts';
import {
  dayRegisterOf,
  isSlipReason,
  receiptOf,
  slipOf,
  standingOf,
  type Making,
} from '../../../../src/main/domain/papers.ts';
import type { HandOverStatement } from '../../../../src/shared/central/statement.ts';
import { anApplication } from '../../../support/an-application.ts';

const dossier = anApplication();
const iin = (dossier.authoritative ?? dossier.declared).iin;
const coded = (name: string) => ({ code: '1', nameRu: name, nameKz: `${name} қаз` });
const making: Making = {
  officer: {
    iin: '991332300002',
    fullName: 'Сапарова Әсел',
    department: { bin: '000000000000', nameRu: 'УМС', nameKz: 'КҚБ' },
    region: coded('Алматы'),
    roles: ['issuer'],
    registrationPoint: coded('Пункт 1'),
  },
  madeAt: '2026-11-22T09:00:00.000Z',
  training: true,
};
const sha256 = 'ab'.repeat(32);
const id = '3f1b8a52-6f8e-4c1c-9a2b-0d4a5e6f7a81';
const statement = {
  type: 'kualik/hand-over',
  actId: id,
  ticket: dossier.ticket,
  cardNumber: '012345678',
  at: '2026-11-22T08:30:00.000Z',
  oldCard: { outcome: 'surrendered', reason: null },
} as unknown as HandOverStatement;
const card = { endDate: '2036-11-21' };

describe('receipt', () => {
  const receipt = receiptOf(dossier, card, { id, state: 'queued', sha256 }, statement, making);

  it('says what was handed over, masks the IIN and fits the contract', () => {
    expect(paperDto.parse(receipt)).toEqual(receipt);
    expect(receipt).toMatchObject({ standing: 'promised', cardNumber: '012345678' });
    expect(JSON.stringify(receipt)).not.toContain(iin);
  });

  it('carries a code with the ticket and the hash of the act', () => {
    expect(JSON.parse(receipt!.qr)).toEqual({ kualik: 'receipt', ticket: dossier.ticket, sha256 });
  });

  it('is not made of what never happened or was refused by the node', () => {
    for (const state of ['intended', 'taken-back', 'dropped', 'refused'] as const)
      expect(receiptOf(dossier, card, { id, state, sha256 }, statement, making), state).toBeNull();
    expect(standingOf('sending')).toBe('promised');
  });
});

describe('refusal slip', () => {
  const slip = (reason: (typeof SLIP_REASONS)[number]) =>
    slipOf(
      dossier,
      { id, state: 'accepted', sha256 },
      { reason, clause: '4.3', at: statement.at },
      making,
    );

  it('never names the owner, nor shows a whole IIN', () => {
    const { surname } = dossier.declared;
    for (const reason of SLIP_REASONS) {
      const text = JSON.stringify(paperDto.parse(slip(reason)));
      expect(text, reason).not.toContain(iin);
      expect(text, reason).not.toContain(surname);
    }
    expect(slip('not-the-person').iinMasked).toBeNull();
    expect(slip('proxy').iinMasked).toMatch(/^\d{4}••••\d{4}$/);
  });

  it('does not tell the ticket to one who brought none, in words or in the code', () => {
    expect(JSON.stringify(slip('no-ticket'))).not.toContain(dossier.ticket);
    expect(JSON.parse(slip('no-ticket').qr)).toEqual({ kualik: 'refusal', sha256 });
    expect(slip('proxy').ticket).toBe(dossier.ticket);
  });

  it('is for every reason but leaving', () => {
    expect(REPORT_REASONS.filter((reason) => !isSlipReason(reason))).toEqual(['abandoned']);
  });
});

describe('day register', () => {
  const row = (at: string, outcome: 'issued' | 'proxy', standing: 'accepted' | 'refused') => ({
    at,
    ticket: 'T',
    cardNumber: null,
    outcome,
    standing,
    officer: null,
  });
  it('runs in the order of the day and sums what was done', () => {
    const paper = dayRegisterOf(
      '2026-11-22',
      [
        row('2026-11-22T09:00:00.000Z', 'issued', 'accepted'),
        row('2026-11-22T08:00:00.000Z', 'proxy', 'accepted'),
        row('2026-11-22T07:00:00.000Z', 'issued', 'refused'),
      ],
      making,
    );
    expect(paperDto.parse(paper)).toEqual(paper);
    expect(paper.rows.map(({ at }) => at.slice(11, 13))).toEqual(['07', '08', '09']);
    expect(paper.totals).toMatchObject({ issued: 1, proxy: 1, abandoned: 0 });
    expect(paper.total).toBe(3);
  });
});

describe('papers of the point', () => {
  const list = [
    { applicationId: id, ticket: 'T-1', cardNumber: '000000001' },
    { applicationId: id.replace(/.$/, '9'), ticket: 'T-2', cardNumber: '000000002' },
  ];
  const signing = {
    actId: id,
    registrationPoint: 'P',
    officerIin: '900101300017',
    departmentBin: '990140000000',
    stationId: 'station-1',
    at: '2026-11-22T09:00:00.000Z',
  };
  const act = { id, state: 'queued', sha256 } as const;

  it('the acceptance tells each card of the list by its ticket, and nothing once it was refused', () => {
    const dispatch = { number: '2026-000007', sentAt: signing.at, cards: list };
    const contents = { dispatchId: id, contentsSha256: sha256, cards: list };
    const statement = buildAcceptance(contents, [], signing);
    const paper = dispatchActOf(dispatch, act, statement, making);
    expect(paperDto.parse(paper)).toEqual(paper);
    expect(paper).toMatchObject({
      standing: 'promised',
      cards: [
        { ticket: 'T-1', outcome: 'missing' },
        { ticket: 'T-2', outcome: 'missing' },
      ],
    });
    expect(JSON.parse(paper!.qr)).toEqual({ kualik: 'dispatch-act', sha256 });
    expect(dispatchActOf(dispatch, { ...act, state: 'refused' }, statement, making)).toBeNull();
    expect(dispatchActOf(dispatch, { ...act, state: 'taken-back' }, statement, making)).toBeNull();
  });

  it('the return says of each card why and whether a new one is made', () => {
    const cards = list.map((card) => ({ ...card, reason: 'damaged' as const, note: 'скол' }));
    const paper = returnActOf(act, buildReturn(cards, signing), making);
    expect(paperDto.parse(paper)).toEqual(paper);
    expect(paper?.cards).toMatchObject([{ remake: true }, { remake: true }]);
    expect(
      returnActOf({ ...act, state: 'refused' }, buildReturn(cards, signing), making),
    ).toBeNull();
  });

  it('the difference of a count is made of a closed one only', () => {
    const count = {
      countId: id,
      begunAt: signing.at,
      closedAt: signing.at,
      expected: 2,
      seen: 1,
      missing: [{ ...list[0]!, place: 'A-1' }],
      extra: [{ cardNumber: '000000009', ticket: null, stage: null }],
    };
    const paper = countDifferenceOf(count, sha256, making);
    expect(paperDto.parse(paper)).toEqual(paper);
    expect(countText(count)).toContain('000000009');
    expect(countDifferenceOf({ ...count, closedAt: null }, sha256, making)).toBeNull();
  });
});

describe('slip of an outage', () => {
  const outage = {
    id,
    service: 'biometrics',
    since: '2026-11-22T08:40:00.000Z',
    reachedAt: '2026-11-22T08:50:10.000Z',
    until: '2026-11-22T08:59:40.000Z',
    endedAt: '2026-11-22T08:59:40.000Z',
    ended: 'unwatched',
    by: 'node',
    sha256,
  } as const;

  it('says which service, since when and the hash of the proof, and nothing of a person', () => {
    const slip = outageSlipOf(outage, 10, making);
    expect(paperDto.parse(slip)).toEqual(slip);
    expect(slip).toMatchObject({
      service: 'biometrics',
      since: outage.since,
      thresholdMinutes: 10,
    });
    expect(JSON.parse(slip.qr)).toEqual({ kualik: 'outage', sha256 });
    expect(Object.keys(slip)).not.toContain('ticket');
  });

  it('takes an end that nobody watched for no answer of the service', () => {
    expect(outageSlipOf(outage, 10, making).answeredAt).toBeNull();
    const answered = outageSlipOf({ ...outage, ended: 'answered' }, 10, making);
    expect(answered.answeredAt).toBe(outage.endedAt);
  });
});
