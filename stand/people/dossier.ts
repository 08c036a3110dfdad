// Builds one dossier and its head from a scenario: everything but the pixels.
import { createHash } from 'node:crypto';
import type {
  Card,
  Dossier,
  Head,
  ImageRef,
  Person,
  TimelineEntry,
} from '../../src/shared/central/application.ts';
import { canonicalBytes } from '../../src/shared/central/statement.ts';
import { makeChecks } from './checks.ts';
import { addDays, addYears, localDateOf, workingMinutesBefore } from './local-time.ts';
import { makeName } from './name-maker.ts';
import type { FullName } from './name-maker.ts';
import { KAZAKHSTAN, makeAddress, makeBirthPlace, REGIONS } from './places.ts';
import type { Region } from './places.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenarios.ts';
import { syntheticIin } from './synthetic-iin.ts';

/** Codes of documenting are opaque (cl. 4.1): those of the stand's dictionary, and one it does not know. */
function documentingCode(scenario: Scenario): string {
  if (scenario.outcomes['request-registered'] === 'failed') return 'TR-77';
  if (scenario.earlierAnnulled) return 'TR-03';
  return scenario.daysToExpiry > 0 ? 'TR-02' : 'TR-01';
}

export interface Applicant {
  readonly iin: string;
  readonly surname: string;
  readonly name: string;
}

/** Signs an applicant's request bytes: CMS DER, or null when no signature is wanted. */
export type SignApplication = (
  bytes: Uint8Array,
  applicant: Applicant,
) => Promise<Uint8Array | null>;

export interface PersonBasis {
  readonly index: number;
  readonly scenario: Scenario;
  readonly sex: 'male' | 'female';
  readonly names: FullName;
  readonly random: Random;
  readonly filed: Date;
  readonly birthDate: string;
  readonly iin: string;
  readonly region: Region;
}

const uuidOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const number9 = (random: Random): string => `0${String(random.int(10_000_000, 99_999_999))}`;

/** Who the n-th person is, before any document or picture. */
export function personBasis(
  seed: string,
  index: number,
  scenario: Scenario,
  now: Date,
  regions: readonly Region[] = REGIONS,
): PersonBasis {
  const random = createRandom(`${seed}/person/${String(index)}`);
  const sex = random.chance(0.52) ? 'female' : 'male';
  const filed = workingMinutesBefore(now, scenario.ageMinutes);
  const birthDate = addDays(addYears(localDateOf(filed), -scenario.age), -random.int(1, 364));
  const offset = createRandom(`${seed}/iin`).int(0, 9_000_000);
  const region = regions.find((one) => one.region.code === scenario.region);
  if (!region) throw new Error(`no region ${scenario.region}`);
  return {
    index,
    scenario,
    sex,
    names: makeName(random, sex, index === 0),
    random,
    filed,
    birthDate,
    iin: syntheticIin(index, offset, sex, Number(birthDate.slice(0, 4))),
    region,
  };
}

/** A number nobody owns: +7 700 00 and five digits; shared ones are the neighbour's before. */
export function phoneOf(seed: string, index: number, shares: boolean): string {
  const n = shares ? Math.max(0, index - 4) : index;
  const digits = (n * 7919 + createRandom(`${seed}/phone`).int(0, 99_999)) % 100_000;
  return `+770000${String(digits).padStart(5, '0')}`;
}

export interface Images {
  readonly photo: ImageRef;
  readonly referencePhoto: ImageRef | null;
  readonly signature: ImageRef;
  readonly referenceSignature: ImageRef | null;
  readonly earlierPhoto: ImageRef | null;
  readonly photoTakenAt: string | null;
}

/** The dossier and head as the node stores them. */
export async function makeApplication(
  seed: string,
  basis: PersonBasis,
  images: Images,
  signApplication: SignApplication | null,
): Promise<{ dossier: Dossier; head: Head }> {
  const { random, scenario, region, filed } = basis;
  const applicationId = uuidOf(`${seed}/application/${String(basis.index)}`);
  const ticket = `${scenario.region.slice(0, 3)}-${String((basis.index * 7919 + 104_729) % 10_000_000).padStart(7, '0')}`;
  const registered = new Date(filed.getTime() + random.int(95, 400) * 1000);
  const { declared, authoritative } = people(basis);
  const endDate = addDays(localDateOf(filed), scenario.daysToExpiry);
  const beginDate = addDays(addYears(endDate, -10), 1);
  const phone = phoneOf(seed, basis.index, scenario.sharesPhone);
  const fee = feeOf(basis);
  const failedId = scenario.outcomes['digital-id'] === 'failed';
  const digitalId =
    scenario.outcomes['digital-id'] === 'no-data' || scenario.outcomes['digital-id'] === 'error'
      ? null
      : {
          score: Number(
            (failedId ? random.range(0.31, 0.52) : random.range(0.83, 0.985)).toFixed(3),
          ),
          threshold: 0.75,
          liveness: failedId && random.chance(0.5) ? ('failed' as const) : ('passed' as const),
          provider: 'Digital-ID',
          at: new Date(filed.getTime() - random.int(60, 300) * 1000).toISOString(),
        };
  const document = {
    type: { code: '002', nameRu: 'УДОСТОВЕРЕНИЕ ЛИЧНОСТИ', nameKz: 'ЖЕКЕ КУӘЛІК' },
    number: number9(random),
    beginDate,
    endDate,
    issuer: {
      code: '002',
      nameRu: 'МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ РК',
      nameKz: 'ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ',
    },
    status: { code: '00', nameRu: 'ДОКУМЕНТ ДЕЙСТВИТЕЛЕН', nameKz: 'ҚҰЖАТ ЖАРАМДЫ' },
  };
  const point =
    scenario.region === '750000000' || random.chance(0.6)
      ? region.points[0]
      : random.pick(region.points);
  if (!point) throw new Error(`region ${scenario.region} has no registration point`);
  const request = await makeRequest(basis, applicationId, ticket, images, signApplication);
  const checks = makeChecks(
    random,
    scenario,
    { declared, authoritative, document, fee, ticket, digitalId, phone },
    registered,
  );
  const dossier: Dossier = {
    applicationId,
    revision: 1,
    ticket,
    documentingCode: documentingCode(scenario),
    region: scenario.region,
    department: region.department,
    registrationPoint: point,
    filedAt: filed.toISOString(),
    registeredAt: registered.toISOString(),
    phone,
    declared,
    authoritative,
    document,
    photo: images.photo,
    photoTakenAt: images.photoTakenAt,
    referencePhoto: images.referencePhoto,
    signature: images.signature,
    referenceSignature: images.referenceSignature,
    checks,
    digitalId,
    fee,
    request,
    earlier: earlierOf(seed, basis, images),
  };
  return { dossier, head: headOf(seed, basis, dossier, registered) };
}

function people(basis: PersonBasis): { declared: Person; authoritative: Person | null } {
  const { random, names, scenario } = basis;
  const record: Person = {
    iin: basis.iin,
    surname: names.surname,
    name: names.name,
    patronymic: names.patronymic,
    latinSurname: names.latinSurname,
    latinName: names.latinName,
    birthDate: basis.birthDate,
    sex: basis.sex,
    nationality: names.nationality,
    citizenship: KAZAKHSTAN,
    birthPlace: makeBirthPlace(random, Number(basis.birthDate.slice(0, 4))),
    regAddress: {
      text: makeAddress(random, basis.region),
      since: addDays(localDateOf(basis.filed), -random.int(200, 6000)),
    },
  };
  const unregistered = scenario.outcomes['permanent-registration'] === 'failed';
  const unknown = ['no-data', 'error'].includes(scenario.outcomes['person-record'] ?? '');
  const authoritative = unknown
    ? null
    : { ...record, regAddress: unregistered ? null : record.regAddress };
  if (!scenario.differs) return { declared: record, authoritative };
  const other = makeName(random, basis.sex, true);
  const changes: Array<Partial<Person>> = [
    { surname: other.surname, latinSurname: other.latinSurname },
    {
      patronymic: record.patronymic === null ? other.patronymic : null,
      birthDate: addDays(record.birthDate, 9),
    },
    { name: other.name, latinName: other.latinName },
  ];
  return { declared: { ...record, ...random.pick(changes) }, authoritative };
}

function feeOf(basis: PersonBasis): Dossier['fee'] {
  const { scenario, filed, random } = basis;
  const date = localDateOf(filed);
  const article = date < '2026-01-01' ? 'ст. 622 НК РК' : 'ст. 671 НК РК';
  const amount = date < '2026-01-01' ? 786 : 865; // 0.2 МРП of the year
  const paidAt = new Date(filed.getTime() - random.int(120, 1500) * 1000).toISOString();
  const needsDuty = date < '2026-01-01' && scenario.feeKind === 'exempt-expiry';
  const kind = needsDuty ? 'paid' : scenario.feeKind;
  switch (kind) {
    case 'exempt-expiry':
      return {
        kind,
        amountTenge: 0,
        paidAt: null,
        basis: `${article}: замена по истечении срока действия`,
      };
    case 'exempt-category': {
      const category = random.pick([
        'лицо с инвалидностью',
        'многодетная мать',
        'участник ликвидации аварии на ЧАЭС',
        'пенсионер по возрасту',
      ]);
      return { kind, amountTenge: 0, paidAt: null, basis: `${article}: ${category}` };
    }
    case 'paid':
      return { kind, amountTenge: amount, paidAt, basis: 'КБК 108126' };
    case 'refund-due':
      return {
        kind,
        amountTenge: amount,
        paidAt,
        basis: 'КБК 108126; пошлина по ранее аннулированной заявке',
      };
  }
}

async function makeRequest(
  basis: PersonBasis,
  applicationId: string,
  ticket: string,
  images: Images,
  sign: SignApplication | null,
): Promise<Dossier['request']> {
  const { scenario, names, filed } = basis;
  const content = canonicalBytes({
    type: 'application-request',
    applicationId,
    iin: basis.iin,
    photoSha256: images.photo.sha256,
    signatureSha256: images.signature.sha256,
    filedAt: filed.toISOString(),
    ticket: scenario.signature === 'eds-broken' ? `${ticket}-1` : ticket,
  });
  const eds = scenario.signature === 'eds' || scenario.signature === 'eds-broken';
  const signer = { iin: basis.iin, surname: names.surname, name: names.name };
  // A broken one is a true signature over other bytes: only the digest gives it away.
  const signed =
    scenario.signature === 'eds-broken' ? Buffer.concat([content, Buffer.from('\n')]) : content;
  const cms = eds && sign ? await sign(signed, signer) : null;
  return {
    signatureKind:
      scenario.signature === 'eds-broken' ? 'eds' : cms || !eds ? scenario.signature : 'sms',
    content: Buffer.from(content).toString('base64'),
    cms: cms ? Buffer.from(cms).toString('base64') : null,
    signedAt: new Date(filed.getTime() - 20_000).toISOString(),
  };
}

function earlierOf(seed: string, basis: PersonBasis, images: Images): Dossier['earlier'] {
  const { scenario, filed, index } = basis;
  if (!scenario.earlierAnnulled) return [];
  const before = workingMinutesBefore(filed, 540 * 6);
  return [
    {
      applicationId: uuidOf(`${seed}/earlier/${String(index)}`),
      ticket: `${scenario.region.slice(0, 3)}-${String((index * 6271 + 90_001) % 10_000_000).padStart(7, '0')}-П`,
      filedAt: before.toISOString(),
      outcome: 'annulled',
      decidedAt: new Date(before.getTime() + 5 * 3_600_000).toISOString(),
      reasons: [scenario.earlierAnnulled],
      photo: images.earlierPhoto,
    },
  ];
}

function headOf(seed: string, basis: PersonBasis, dossier: Dossier, registered: Date): Head {
  const { scenario, random, filed } = basis;
  const timeline: TimelineEntry[] = [
    { at: filed.toISOString(), event: 'filed', note: null },
    { at: registered.toISOString(), event: 'registered', note: dossier.ticket },
    {
      at: new Date(registered.getTime() + 2000).toISOString(),
      event: 'routed',
      note: dossier.department.nameRu,
    },
  ];
  const steps: ReadonlyArray<readonly [TimelineEntry['event'], number]> = [
    ['approved', 4],
    ['production-started', 9],
    ['production-done', 30],
    ['sent', 34],
    ['arrived', 58],
    ['issued', 76],
  ];
  const reached = {
    pending: 0,
    annulled: 0,
    'in-production': 2,
    sent: 4,
    'at-point': 5,
    issued: 6,
    returned: 5,
  }[scenario.stage];
  const after = (hours: number): string =>
    new Date(registered.getTime() + (hours + random.range(0, 1.5)) * 3_600_000).toISOString();
  for (const [event, hours] of steps.slice(0, reached))
    timeline.push({ at: after(hours), event, note: null });
  if (scenario.stage === 'annulled')
    timeline.push({ at: after(4), event: 'annulled', note: scenario.reasons.join(', ') });
  const decided = timeline.find(
    (entry) => entry.event === 'approved' || entry.event === 'annulled',
  );
  const arrived = timeline.find((entry) => entry.event === 'arrived');
  const made = timeline.some((entry) => entry.event === 'production-done');
  const start = localDateOf(registered);
  const card: Card | null = made
    ? {
        number: number9(random),
        endDate: addDays(addYears(start, 10), -1),
        place: arrived
          ? `Шкаф ${String(random.int(1, 4))}, ячейка ${String(random.int(1, 60))}`
          : null,
        arrivedAt: arrived?.at ?? null,
        condition: 'good',
      }
    : null;
  return {
    applicationId: dossier.applicationId,
    revision: dossier.revision,
    stage: scenario.stage,
    holder: null,
    card,
    decision: decided
      ? {
          kind: decided.event === 'annulled' ? 'annul' : 'approve',
          at: decided.at,
          actId: uuidOf(`${seed}/act/${String(basis.index)}`),
          reasons: decided.event === 'annulled' ? [...scenario.reasons] : [],
        }
      : null,
    timeline,
  };
}
