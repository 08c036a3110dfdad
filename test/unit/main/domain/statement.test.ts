// The signed bytes: canonical, stable, complete, and changed by any change of what they state.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { citizenText, refundDue } from '../../../../src/main/domain/annulment.ts';
import { checklistItems } from '../../../../src/main/domain/checklist.ts';
import { measureRows } from '../../../../src/main/domain/measure-rows.ts';
import { computeRules } from '../../../../src/main/domain/rules.ts';
import {
  buildAnnulment,
  buildApproval,
  buildHandOver,
  type Signing,
} from '../../../../src/main/domain/statement.ts';
import {
  actStatement,
  canonicalBytes,
  canonicalText,
} from '../../../../src/shared/central/statement.ts';
import { standConfig } from '../../../../stand/central/config-data.ts';
import { aCaseMeasured } from '../../../support/a-case-measured.ts';
import { anApplication } from '../../../support/an-application.ts';

const config = standConfig();
const dossier = anApplication();
const judged = {
  dossier,
  dossierSha256: createHash('sha256').update(canonicalBytes(dossier)).digest('hex'),
  rules: computeRules(dossier, config, { verdict: 'valid', reason: null, signer: null }),
  overrides: { 'photo-age': 'снимок сделан в студии в этом месяце' },
  rows: measureRows(aCaseMeasured({ 'head-roll': 4.12345 }), config.pictureLimits, {
    answers: { 'head-roll': { value: 4.1235, reason: null } },
    lines: null,
  }),
  checklist: checklistItems(config.pictureLimits, { glasses: 'in-order' }),
  measuring: { limits: config.pictureLimits.version, engine: 'test' },
};
const signing: Signing = {
  actId: '5f8f7f0e-4c1b-4d0e-9a53-6a2c5d7f0002',
  officerIin: '991332300012',
  departmentBin: '991340000017',
  stationId: 'station-1',
  challenge: { value: 'c'.repeat(43), expiresAt: '2026-11-23T04:00:00.000Z' },
  at: '2026-11-20T05:00:00.000Z',
};

describe('statements', () => {
  const statements = [
    buildApproval(judged, signing),
    buildAnnulment(judged, signing, [{ code: 'PHOTO_POSE', comment: null, boxes: [] }], false),
    buildHandOver(judged, signing, '000000001', 'RP-1', {
      questions: [{ code: 'birth-date', outcome: 'right' }],
      cardCheck: { way: 'by-eye', number: '000000001' },
      oldCard: { outcome: 'surrendered', reason: null, number: '000000002', way: 'mrz' },
    }),
  ];

  it.each(statements.map((statement) => [statement.type, statement] as const))(
    '%s passes its schema and reads back the same from its bytes',
    (_type, statement) => {
      const bytes = canonicalBytes(statement);
      const back: unknown = JSON.parse(new TextDecoder().decode(bytes));
      expect(actStatement.parse(back)).toEqual(statement);
      expect(canonicalBytes(back)).toEqual(bytes);
    },
  );

  it('is RFC 8785: keys sorted, no spaces, whatever the order they were written in', () => {
    expect(canonicalText({ b: 1, a: ['ә', 1.0, true], ё: null })).toBe(
      '{"a":["ә",1,true],"b":1,"ё":null}',
    );
    expect(() => canonicalText(undefined)).toThrow();
  });

  it('changes with every single field', () => {
    const statement = buildApproval(judged, signing) as unknown as Record<string, unknown>;
    const base = canonicalText(statement);
    for (const key of Object.keys(statement))
      expect(canonicalText({ ...statement, [key]: 'other' }), key).not.toBe(base);
  });

  it('carries overrides with their reasons and all four groups', () => {
    const approval = buildApproval(judged, signing);
    expect(approval.rules.find(({ code }) => code === 'photo-age')?.override).toEqual({
      reason: judged.overrides['photo-age'],
    });
    expect(approval.confirmed).toEqual(['register', 'rules', 'photo', 'signature']);
  });

  it('carries each measure with value, limits and answer, and the answers of the eye', () => {
    const { measures, checklist, measuring } = buildApproval(judged, signing);
    expect(measures.find(({ code }) => code === 'head-roll')).toEqual({
      code: 'head-roll',
      value: 4.1235,
      agrees: { min: -3, max: 3 },
      tolerated: { min: -8, max: 8 },
      state: 'look',
      linesMoved: false,
      answer: { reason: null },
    });
    expect(checklist).toContainEqual({ code: 'glasses', answer: 'in-order' });
    expect(checklist).toContainEqual({ code: 'retouching', answer: null });
    expect(measuring).toEqual({ limits: 'training-1', engine: 'test' });
  });

  it('carries the places of a fault, to a thousandth of the picture', () => {
    const box = { picture: 'photo' as const, x: 0.123456, y: 0.5, w: 0.25, h: 0.2 };
    const chosen = [{ code: 'PHOTO_POSE', comment: null, boxes: [box] }];
    const annulment = buildAnnulment(judged, signing, chosen, false);
    expect(annulment.reasons[0]?.boxes).toEqual([{ ...box, x: 0.123 }]);
  });

  it('carries no place beyond the picture and none without an extent', () => {
    for (let n = 0; n < 2000; n++) {
      const x = n / 2000;
      for (const w of [0, 0.0003, 0.0145, 1 - x]) {
        const box = { picture: 'photo' as const, x, y: x, w: Math.min(w, 1 - x), h: 0.0001 };
        const chosen = [{ code: 'PHOTO_POSE', comment: null, boxes: [box] }];
        const [place] = buildAnnulment(judged, signing, chosen, false).reasons[0]!.boxes;
        expect(place!.w > 0 && place!.h > 0).toBe(true);
        expect(place!.x + place!.w).toBeLessThanOrEqual(1 + 1e-9);
        expect(place!.y + place!.h).toBeLessThanOrEqual(1 + 1e-9);
      }
    }
  });
});

describe('annulment for the citizen', () => {
  const reasons = config.annulmentReasons;
  const paid = { kind: 'paid' as const, amountTenge: 786, paidAt: null, basis: null };
  const photo = [{ code: 'PHOTO_BACKGROUND', comment: null, boxes: [] }];
  const centre = [{ code: 'DATA_MISMATCH', comment: null, boxes: [] }];

  it('refunds a paid duty for photo and signature reasons only', () => {
    expect(refundDue(paid, photo, reasons)).toBe(true);
    expect(refundDue(paid, centre, reasons)).toBe(false);
    expect(refundDue({ ...paid, kind: 'exempt-expiry' }, photo, reasons)).toBe(false);
  });

  it('tells in both languages what was wrong, what to do and what about the duty', () => {
    const text = citizenText(photo, reasons, true);
    expect(text.ru).toContain('новую заявку');
    expect(text.ru).toContain('пошлина возвращается');
    expect(text.kz).toContain('жаңа өтінім');
    expect(text.kz.split('\n')).toHaveLength(text.ru.split('\n').length);
  });

  it('sends to the service centre as soon as one reason asks for it', () => {
    const text = citizenText([...photo, ...centre], reasons, false);
    expect(text.ru).toContain('ЦОН');
    expect(text.ru).not.toContain('новую заявку на портале');
  });
});
