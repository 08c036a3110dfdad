// Builder of a dossier for unit tests: a clean good application, changed where a test needs it.
import type { Check, Dossier, Person } from '../../src/shared/central/application.ts';
import { CHECK_CODES } from '../../src/shared/central/application.ts';

const coded = (code: string, nameRu: string, nameKz: string) => ({ code, nameRu, nameKz });

const person: Person = {
  iin: '991332300002',
  surname: 'ӘБІЛҚАСЫМОВ',
  name: 'САНЖАР',
  patronymic: 'ҚАНАТҰЛЫ',
  latinSurname: 'ABILKASSYMOV',
  latinName: 'SANZHAR',
  birthDate: '1990-04-12',
  sex: 'male',
  nationality: coded('005', 'КАЗАХ', 'ҚАЗАҚ'),
  citizenship: coded('398', 'КАЗАХСТАН', 'ҚАЗАҚСТАН'),
  birthPlace: {
    country: coded('398', 'КАЗАХСТАН', 'ҚАЗАҚСТАН'),
    text: 'Гурьевская обл., г. Гурьев',
  },
  regAddress: { text: 'г. Алматы, ул. Учебная, 1', since: '2015-01-01' },
};

const image = (digit: string) => ({
  sha256: digit.repeat(64),
  mime: 'image/jpeg' as const,
  bytes: 1000,
});

const checks = CHECK_CODES.map((code): Check => ({
  code,
  outcome: 'passed',
  source: 'учебный регистр',
  at: '2026-11-20T04:00:00.000Z',
  requestId: null,
  values: {},
}));

const clean: Dossier = {
  applicationId: '0b8f7f0e-4c1b-4d0e-9a53-6a2c5d7f0001',
  revision: 1,
  ticket: '750-0000001',
  documentingCode: 'TR-01',
  region: '750000000',
  department: { bin: '991340000017', nameRu: 'УМС ДП', nameKz: 'ПД КҚҚБ' },
  registrationPoint: { code: 'RP-1', nameRu: 'Пункт 1', nameKz: '1-пункт' },
  filedAt: '2026-11-20T04:00:00.000Z',
  registeredAt: '2026-11-20T04:00:05.000Z',
  phone: '+7 (700) 000-12-34',
  declared: person,
  authoritative: person,
  document: {
    type: coded('002', 'УДОСТОВЕРЕНИЕ ЛИЧНОСТИ', 'ЖЕКЕ КУӘЛІК'),
    number: '012345678',
    beginDate: '2016-12-03',
    endDate: '2026-12-02',
    issuer: coded('002', 'МВД РК', 'ҚР ІІМ'),
    status: coded('00', 'ДЕЙСТВИТЕЛЕН', 'ЖАРАМДЫ'),
  },
  photo: image('a'),
  photoTakenAt: '2026-11-01',
  referencePhoto: image('b'),
  signature: image('c'),
  referenceSignature: image('d'),
  checks,
  digitalId: null,
  fee: { kind: 'exempt-expiry', amountTenge: 0, paidAt: null, basis: null },
  request: {
    signatureKind: 'eds',
    content: 'e30=',
    cms: 'e30=',
    signedAt: '2026-11-20T03:59:00.000Z',
  },
  earlier: [],
};

/** `anApplication({ … })`: the clean one with some fields replaced. */
export const anApplication = (change: Partial<Dossier> = {}): Dossier => ({ ...clean, ...change });

/** The clean checks with one answered otherwise. */
export const checksWith = (code: Check['code'], outcome: Check['outcome']): Check[] =>
  checks.map((check) => (check.code === code ? { ...check, outcome } : check));

/** The same person with some fields replaced. */
export const aPerson = (change: Partial<Person> = {}): Person => ({ ...person, ...change });
