// Right statements over an application and a lease, to be changed one field at a time.
import { createHash } from 'node:crypto';
import type { Dossier } from '../../../src/shared/central/application.ts';
import type { Claim, OfficerProfile } from '../../../src/shared/central/messages.ts';
import {
  canonicalBytes,
  RULE_CODES,
  type AnnulmentStatement,
  type ApprovalStatement,
  type HandOverStatement,
  type MeasureRow,
} from '../../../src/shared/central/statement.ts';
import { CHECKLIST } from '../../../src/shared/central/measures.ts';
import { TRAINING_LIMITS } from '../../../stand/central/picture-limits.ts';
import { newId } from './node-client.ts';

const common = (dossier: Dossier, lease: Claim, officer: OfficerProfile, stationId: string) => ({
  actId: newId(),
  applicationId: dossier.applicationId,
  revision: dossier.revision,
  ticket: dossier.ticket,
  dossierSha256: createHash('sha256').update(canonicalBytes(dossier)).digest('hex'),
  photoSha256: dossier.photo.sha256,
  officerIin: officer.iin,
  departmentBin: officer.department.bin,
  stationId,
  challenge: lease.challenge,
  at: new Date().toISOString(),
});

const decision = (dossier: Dossier, lease: Claim, officer: OfficerProfile, stationId: string) => ({
  ...common(dossier, lease, officer, stationId),
  version: 2 as const,
  signatureSha256: dossier.signature.sha256,
  checks: dossier.checks.map(({ code, outcome }) => ({ code, outcome, override: null })),
  rules: RULE_CODES.map((code) => ({ code, outcome: 'agrees' as const, override: null })),
  measuring: { limits: TRAINING_LIMITS.version, engine: 'test' },
  measures: goodMeasures().filter(
    ({ code }) => code !== 'same-person' || dossier.referencePhoto !== null,
  ),
  checklist: CHECKLIST.map((code) => ({ code, answer: 'in-order' as const })),
});

/** A value in the middle of what agrees for each measure of the two pictures. */
const goodMeasures = (): MeasureRow[] =>
  TRAINING_LIMITS.measures.map(({ measure, agrees, tolerated }) => {
    const { min, max } = agrees;
    const value = min !== null && max !== null ? (min + max) / 2 : (min ?? max ?? 0);
    return {
      code: measure,
      value,
      agrees,
      tolerated,
      state: 'agrees',
      linesMoved: false,
      answer: null,
    };
  });

type Make<S> = (dossier: Dossier, lease: Claim, officer: OfficerProfile, stationId: string) => S;

export const approval: Make<ApprovalStatement> = (...facts) => ({
  type: 'kualik/approval',
  ...decision(...facts),
  confirmed: ['register', 'rules', 'photo', 'signature'],
});

export const annulment: Make<AnnulmentStatement> = (...facts) => ({
  type: 'kualik/annulment',
  ...decision(...facts),
  reasons: [{ code: 'PHOTO_LIGHT', comment: null, boxes: [] }],
  refundDue: false,
});

export const handOver: Make<HandOverStatement> = (...facts) => ({
  type: 'kualik/hand-over',
  ...common(...facts),
  version: 2 as const,
  cardNumber: '012345678',
  registrationPoint: facts[0].registrationPoint.code,
  inPerson: true,
  questions: [{ code: 'birth-date', outcome: 'right' }],
  cardCheck: { way: 'by-eye', number: '012345678' },
  oldCard: {
    outcome: 'surrendered',
    reason: null,
    number: facts[0].document.number,
    way: 'by-eye',
  },
});
