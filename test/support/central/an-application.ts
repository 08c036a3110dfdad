// Builder of one synthetic application for the node's tests: clean unless changed.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { CHECK_CODES, type Dossier, type Head } from '../../../src/shared/central/application.ts';
import type { SeededApplication, SeededImage } from '../../../stand/central/load.ts';

export const ALMATY = '750000000';
export const ASTANA = '710000000';
export const POINT = { code: '750000000-01', nameRu: 'РП 1', nameKz: 'ТП 1' };
export const DEPARTMENT = { bin: '991340000017', nameRu: 'УМС Алматы', nameKz: 'Алматы КҚҚБ' };

const DAY_MS = 86_400_000;

/** JPEG by its first bytes only: the node never decodes pictures. */
export function anImage(size = 3000): SeededImage {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(size)]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, mime: 'image/jpeg', bytes };
}

const reference = ({ sha256, mime, bytes }: SeededImage) => ({ sha256, mime, bytes: bytes.length });
const kz = (code: string) => ({ code, nameRu: `ru ${code}`, nameKz: `kz ${code}` });

export interface Changes {
  readonly dossier?: Partial<Dossier>;
  readonly head?: Partial<Head>;
}

/** IINs with month 13 belong to nobody; 991332300002 has a right check digit. */
export function anApplication(changes: Changes = {}): SeededApplication {
  const filed = new Date(Date.now() - DAY_MS);
  const [photo, signature] = [anImage(), anImage(900)];
  const person: Dossier['declared'] = {
    iin: '991332300002',
    surname: 'ҮЛГІЛІЕВА',
    name: 'ӘСЕЛ',
    patronymic: null,
    latinSurname: 'ULGILIYEVA',
    latinName: 'ASSEL',
    birthDate: '1999-03-23',
    sex: 'female',
    nationality: kz('005'),
    citizenship: kz('398'),
    birthPlace: { country: kz('398'), text: 'КАЗАХСТАН, ТАЛДЫ-КУРГАНСКАЯ ОБЛ.' },
    regAddress: { text: 'г. Алматы, ул. Учебная, 1', since: '2015-01-01' },
  };
  const dossier: Dossier = {
    applicationId: randomUUID(),
    revision: 1,
    ticket: `T-${randomBytes(6).toString('hex')}`,
    documentingCode: 'TR-01',
    region: ALMATY,
    department: DEPARTMENT,
    registrationPoint: POINT,
    filedAt: filed.toISOString(),
    registeredAt: filed.toISOString(),
    phone: '+77000000001',
    declared: person,
    authoritative: person,
    document: {
      type: kz('002'),
      number: '000000001',
      beginDate: '2016-12-01',
      endDate: new Date(filed.getTime() + 5 * DAY_MS).toISOString().slice(0, 10),
      issuer: kz('002'),
      status: kz('00'),
    },
    photo: reference(photo),
    photoTakenAt: null,
    referencePhoto: null,
    signature: reference(signature),
    referenceSignature: null,
    checks: CHECK_CODES.map((code) => ({
      code,
      outcome: 'passed',
      source: 'учебный источник',
      at: filed.toISOString(),
      requestId: null,
      values: {},
    })),
    digitalId: null,
    fee: { kind: 'exempt-expiry', amountTenge: 0, paidAt: null, basis: 'НК РК, ст. 671' },
    request: { signatureKind: 'sms', content: 'e30=', cms: null, signedAt: filed.toISOString() },
    earlier: [],
    ...changes.dossier,
  };
  const head: Head = {
    applicationId: dossier.applicationId,
    revision: dossier.revision,
    stage: 'pending',
    holder: null,
    card: null,
    decision: null,
    timeline: [{ at: filed.toISOString(), event: 'filed', note: null }],
    ...changes.head,
  };
  return { dossier, head, images: [photo, signature] };
}

/** The same with its card lying at the point. */
export const atPoint = (): SeededApplication =>
  anApplication({
    head: {
      stage: 'at-point',
      card: {
        number: '012345678',
        endDate: '2036-11-20',
        place: 'A-1',
        arrivedAt: new Date().toISOString(),
        condition: 'good',
      },
    },
  });
