// The worked example of a statement's canonical form: as a program holds it, its bytes, their hash.
import { createHash } from 'node:crypto';
import { actStatement, canonicalText } from '../../src/shared/central/statement.ts';

/** Invented; members stand in no order, a Kazakh name, a quote and an escaped sign are in it on purpose. */
const HAND_OVER = {
  type: 'kualik/hand-over',
  version: 2,
  actId: '8a2f6c1e-3b7d-4c55-9a10-2f4f0f6f7a01',
  applicationId: '1c9a2f3e-5d44-4b6a-8e21-9b7c5d3e1f02',
  revision: 2,
  ticket: '71-2026-048211',
  dossierSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  photoSha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
  officerIin: '801345300016',
  departmentBin: '991340000017',
  stationId: 'Түлкібас-1',
  challenge: { value: 'hT2kq0xV1m8Jb3QpYd7cZg', expiresAt: '2026-11-23T04:10:00.000Z' },
  at: '2026-11-20T04:15:00.000Z',
  cardNumber: '045000123',
  registrationPoint: '750000000-01',
  inPerson: true,
  questions: [{ code: 'birth-date', outcome: 'right' }],
  cardCheck: { way: 'by-eye', number: '045000123' },
  oldCard: { outcome: 'not-presented', reason: 'утеряна, «қайда» –\tне знает', number: null, way: null },
} as const; // prettier-ignore

export interface WorkedExample {
  /** Pretty JSON in the order a program may hold it. */
  readonly written: string;
  /** RFC 8785 text; its UTF-8 bytes are what is signed. */
  readonly canonical: string;
  readonly bytes: number;
  /** Hex of the first bytes. */
  readonly begins: string;
  readonly sha256: string;
}

/** The example as the contract's own code writes it; throws when the contract no longer takes it. */
export function workedExample(): WorkedExample {
  const canonical = canonicalText(actStatement.parse(HAND_OVER));
  const bytes = Buffer.from(canonical, 'utf8');
  return {
    written: JSON.stringify(HAND_OVER, null, 2),
    canonical,
    bytes: bytes.length,
    begins: bytes.subarray(0, 16).toString('hex').replace(/../g, '$& ').trim(),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
