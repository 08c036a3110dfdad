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
} from '../../../src/shared/central/statement.ts';
import { newId } from './node-client.ts';

const common = (dossier: Dossier, lease: Claim, officer: OfficerProfile, stationId: string) => ({
  version: 1 as const,
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
  signatureSha256: dossier.signature.sha256,
  checks: dossier.checks.map(({ code, outcome }) => ({ code, outcome, override: null })),
  rules: RULE_CODES.map((code) => ({ code, outcome: 'agrees' as const, override: null })),
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
  reasons: [{ code: 'PHOTO_LIGHT', comment: null }],
  refundDue: false,
});

export const handOver: Make<HandOverStatement> = (...facts) => ({
  type: 'kualik/hand-over',
  ...common(...facts),
  cardNumber: '012345678',
  registrationPoint: facts[0].registrationPoint.code,
  inPerson: true,
  questions: [{ code: 'birth-date', outcome: 'right' }],
  oldCard: { outcome: 'surrendered', reason: null },
});
