// What is wrong (or not) with each synthetic application, and the share plan of a demo.
import type {
  CheckCode,
  CheckOutcome,
  Fee,
  NodeStage,
} from '../../src/shared/central/application.ts';
import { CHECK_CODES } from '../../src/shared/central/application.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import { REGIONS } from './places.ts';

export const PHOTO_REASONS = [
  'PHOTO_BACKGROUND',
  'PHOTO_HEAD_SIZE',
  'PHOTO_POSE',
  'PHOTO_EXPRESSION',
  'PHOTO_EYES_GLASSES',
  'PHOTO_HEADWEAR',
  'PHOTO_LIGHT',
  'PHOTO_SHARPNESS',
  'PHOTO_RETOUCHED',
  'PHOTO_OLD',
  'PHOTO_NOT_SAME_PERSON',
] as const;
export type PhotoReason = (typeof PHOTO_REASONS)[number];

export const SIGNATURE_REASONS = [
  'SIGNATURE_ABSENT',
  'SIGNATURE_ILLEGIBLE',
  'SIGNATURE_BACKGROUND',
  'SIGNATURE_CROPPED',
  'SIGNATURE_MISMATCH',
] as const;
export type SignatureReason = (typeof SIGNATURE_REASONS)[number];

export const OTHER_REASONS = ['EXTRA_CHECK_REQUIRED', 'DATA_MISMATCH', 'OTHER'] as const;
export type AnnulmentCode = PhotoReason | SignatureReason | (typeof OTHER_REASONS)[number];

/** One application's story; `reasons` are what a careful officer would annul for (empty = approve). */
export interface Scenario {
  readonly reasons: readonly AnnulmentCode[];
  readonly outcomes: Partial<Record<CheckCode, CheckOutcome>>;
  readonly stage: NodeStage;
  readonly region: string;
  /** Working minutes between filing and now. */
  readonly ageMinutes: number;
  readonly feeKind: Fee['kind'];
  readonly signature: 'eds' | 'eds-broken' | 'sms' | 'digital-id';
  /** Days from filing to the end of the old card; −10…30 lies in the window of cl. 7. */
  readonly daysToExpiry: number;
  readonly differs: boolean;
  readonly sharesPhone: boolean;
  readonly earlierAnnulled: AnnulmentCode | null;
  readonly age: number;
}

interface Slot {
  readonly reasons?: readonly AnnulmentCode[];
  readonly fails?: readonly CheckCode[];
  readonly stage?: NodeStage;
  readonly fee?: Fee['kind'];
  readonly signature?: Scenario['signature'];
  readonly daysToExpiry?: number;
  readonly differs?: boolean;
  readonly sharesPhone?: boolean;
  readonly earlier?: AnnulmentCode;
  /** Working days since filing, for cards that wait long at the point. */
  readonly filedDaysAgo?: number;
  readonly age?: number;
}

const clean: Slot = {};
const bad = (reason: AnnulmentCode, more: Slot = {}): Slot => ({ reasons: [reason], ...more });
const at = (stage: NodeStage, more: Slot = {}): Slot => ({ stage, ...more });

/** Almaty: the most urgent first; a clean case leads, a photo to annul comes third. */
const ALMATY: readonly Slot[] = [
  { signature: 'eds', fee: 'exempt-expiry' },
  at('at-point'),
  clean,
  at('at-point'),
  bad('PHOTO_BACKGROUND', { signature: 'eds', fails: ['photo-requirements'] }),
  at('at-point'),
  { earlier: 'PHOTO_LIGHT' },
  at('at-point', { filedDaysAgo: 78 }),
  bad('SIGNATURE_ILLEGIBLE'),
  at('at-point', { filedDaysAgo: 30 }),
  { fee: 'exempt-category' },
  bad('PHOTO_EYES_GLASSES', { fee: 'paid', earlier: 'PHOTO_EYES_GLASSES' }),
  at('at-point'),
  bad('EXTRA_CHECK_REQUIRED', { fails: ['permanent-registration'] }),
  { signature: 'sms' },
  bad('PHOTO_NOT_SAME_PERSON', { fails: ['photo-match', 'digital-id'] }),
  at('at-point'),
  { signature: 'digital-id' },
  bad('PHOTO_HEADWEAR'),
  at('at-point'),
  bad('DATA_MISMATCH', { fails: ['person-record'], differs: true }),
  bad('PHOTO_LIGHT', { fee: 'refund-due', earlier: 'SIGNATURE_ABSENT' }),
  { age: 84 },
  at('in-production'),
  bad('SIGNATURE_ABSENT'),
  bad('PHOTO_EXPRESSION'),
  bad('EXTRA_CHECK_REQUIRED', { fails: ['document-validity'], daysToExpiry: 74, age: 17 }),
  at('sent'),
  { age: 27 },
  bad('OTHER', { fails: ['request-signature'], signature: 'eds-broken' }),
];

const ASTANA: readonly Slot[] = [
  { signature: 'eds' },
  bad('PHOTO_POSE'),
  clean,
  at('at-point'),
  bad('EXTRA_CHECK_REQUIRED', { fails: ['civil-record-change'], differs: true }),
  { fee: 'exempt-category' },
  bad('PHOTO_SHARPNESS', { fails: ['photo-requirements'] }),
  at('at-point'),
  bad('SIGNATURE_BACKGROUND'),
  { earlier: 'SIGNATURE_CROPPED' },
  bad('EXTRA_CHECK_REQUIRED', { fails: ['phone-owner'], sharesPhone: true }),
  at('in-production'),
  { age: 33 },
  bad('OTHER', { fails: ['fee', 'social-status'], fee: 'paid' }),
  at('sent'),
];

const ELSEWHERE: readonly Slot[] = [
  clean,
  at('at-point'),
  bad('PHOTO_HEAD_SIZE'),
  at('at-point'),
  bad('PHOTO_RETOUCHED'),
  clean,
  bad('PHOTO_OLD'),
  at('issued'),
  bad('SIGNATURE_CROPPED'),
  { fee: 'exempt-category' },
  bad('SIGNATURE_MISMATCH'),
  bad('EXTRA_CHECK_REQUIRED', { fails: ['legal-capacity'], age: 19 }),
  clean,
  bad('OTHER', { fails: ['personal-data-consent', 'request-registered'], daysToExpiry: -26 }),
  bad('PHOTO_BACKGROUND', { stage: 'annulled', fee: 'refund-due' }),
];

/** Almaty, Astana, Almaty, elsewhere, …: half, a quarter, a quarter. */
function demoSlot(i: number): { slot: Slot; region: string; rank: number } | null {
  const round = Math.floor(i / 4);
  const place = i % 4;
  if (round >= 15) return null;
  const others = REGIONS.slice(2);
  if (place === 1) return { slot: ASTANA[round] ?? clean, region: '710000000', rank: round };
  if (place === 3) {
    const region = others[(round * 5) % others.length]?.region.code ?? '790000000';
    return { slot: ELSEWHERE[round] ?? clean, region, rank: round };
  }
  const rank = round * 2 + (place === 2 ? 1 : 0);
  return { slot: ALMATY[rank] ?? clean, region: '750000000', rank };
}

/**
 * Each check once without an answer and once with an error, spread over cases that are not clean:
 * the n-th unclean case takes the n-th free pair of (check, outcome).
 */
function weather(i: number): Scenario['outcomes'] {
  return WEATHER.get(i) ?? {};
}

const WEATHER = new Map<number, Scenario['outcomes']>();
{
  const wanted = (['no-data', 'error'] as const).flatMap((outcome) =>
    CHECK_CODES.map((code) => ({ code, outcome })),
  );
  for (let turn = 0; turn < 3; turn += 1) {
    for (let i = 0; i < 60; i += 1) {
      const found = demoSlot(i);
      const spared = found?.region === '750000000' && found.rank < 10;
      if (!found?.slot.reasons || (found.slot.stage ?? 'pending') !== 'pending' || spared) continue;
      const taken = WEATHER.get(i) ?? {};
      const next = wanted.findIndex(
        ({ code }) => !(found.slot.fails ?? []).includes(code) && taken[code] === undefined,
      );
      if (next < 0) continue;
      for (const one of wanted.splice(next, 1))
        WEATHER.set(i, { ...taken, [one.code]: one.outcome });
    }
  }
}

/**
 * The story of the i-th application; onlyRegion puts every one into that region, onlyStage makes
 * every one a plain good application that has come so far.
 */
export function scenarioOf(
  i: number,
  seed: string,
  onlyRegion?: string,
  onlyStage?: Scenario['stage'],
): Scenario {
  const random = createRandom(`${seed}/scenario/${String(i)}`);
  const demo = onlyStage === undefined ? demoSlot(i) : null;
  const slot = onlyStage === undefined ? (demo?.slot ?? randomSlot(random)) : { stage: onlyStage };
  const outcomes: Scenario['outcomes'] = { ...(demo ? weather(i) : {}) };
  if (!demo && slot.reasons && random.chance(0.3)) {
    outcomes[random.pick(CHECK_CODES)] = random.pick(['no-data', 'error'] as const);
  }
  for (const code of slot.fails ?? []) outcomes[code] = 'failed';
  const stage = slot.stage ?? 'pending';
  const region =
    onlyRegion ??
    demo?.region ??
    random.weighted([
      [50, '750000000'],
      [25, '710000000'],
      [25, random.pick(REGIONS.slice(2)).region.code],
    ] as const);
  return {
    reasons: slot.reasons ?? [],
    outcomes,
    stage,
    region,
    ageMinutes: ageMinutesOf(slot, ageOf(random, stage, demo?.rank ?? null)),
    feeKind: slot.fee ?? 'exempt-expiry',
    signature:
      slot.signature ??
      random.weighted([
        [6, 'eds'],
        [2, 'sms'],
        [2, 'digital-id'],
      ] as const),
    daysToExpiry: slot.daysToExpiry ?? random.int(-9, 29),
    differs: slot.differs ?? false,
    sharesPhone: slot.sharesPhone ?? (!demo && random.chance(0.02)),
    earlierAnnulled: slot.earlier ?? null,
    age:
      slot.age ??
      random.weighted([
        [5, random.int(26, 39)],
        [4, random.int(40, 59)],
        [2, random.int(60, 85)],
      ] as const),
  };
}

const ageMinutesOf = ({ filedDaysAgo }: Slot, usual: number): number =>
  filedDaysAgo === undefined ? usual : filedDaysAgo * 540;

/** Pending: the first ranks are past the term of one unit's check, most are of the last day. */
function ageOf(random: Random, stage: NodeStage, rank: number | null): number {
  const day = 540;
  if (stage !== 'pending') return Math.round(random.range(6, 13) * day);
  if (rank === null) {
    return Math.round(
      random.weighted([
        [6, random.range(5, day)],
        [3, random.range(day, 2 * day)],
        [1, random.range(2 * day, 6 * day)],
      ] as const),
    );
  }
  const curve =
    [3.3, 2.6, 2.1, 1.75, 1.4, 1.15, 0.95, 0.9, 0.85, 0.8][rank] ??
    Math.max(0.05, 0.78 - rank * 0.024);
  return Math.round(curve * day + random.range(0, 6));
}

function randomSlot(random: Random): Slot {
  const stage = random.weighted([
    [88, 'pending'],
    [3, 'in-production'],
    [2, 'sent'],
    [5, 'at-point'],
    [2, 'issued'],
  ] as const);
  if (stage !== 'pending' || random.chance(0.56)) {
    return {
      stage,
      fee: random.chance(0.1) ? 'exempt-category' : 'exempt-expiry',
      ...(random.chance(0.08) ? { earlier: random.pick(PHOTO_REASONS) } : {}),
    };
  }
  const kind = random.weighted([
    [5, 'photo'],
    [3, 'signature'],
    [4, 'check'],
  ] as const);
  const fee = random.weighted([
    [8, 'exempt-expiry'],
    [1, 'exempt-category'],
    [1, 'paid'],
    [0.5, 'refund-due'],
  ] as const);
  if (kind === 'photo') {
    const reason = random.pick(PHOTO_REASONS);
    return bad(reason, {
      fee,
      ...(reason === 'PHOTO_NOT_SAME_PERSON' ? { fails: ['photo-match'] } : {}),
    });
  }
  if (kind === 'signature') return bad(random.pick(SIGNATURE_REASONS), { fee });
  const code = random.pick(CHECK_CODES);
  const mismatch = code === 'person-record' || code === 'civil-record-change';
  return bad(mismatch ? 'DATA_MISMATCH' : 'EXTRA_CHECK_REQUIRED', {
    fails: [code],
    fee,
    differs: mismatch,
    sharesPhone: code === 'phone-owner',
    age: random.int(16, 85),
    ...(code === 'document-validity'
      ? { daysToExpiry: random.chance(0.5) ? random.int(31, 120) : random.int(-60, -11) }
      : {}),
    ...(code === 'request-signature' ? { signature: 'eds-broken' as const } : {}),
  });
}
