// Which applications an officer's session may see: a region's, or a registration point's from production on.
import type { OfficerProfile, Role } from '../../src/shared/central/messages.ts';
import { isPointStage, type ApplicationRow } from './application-row.ts';
import { refuse } from './refusal.ts';

export type Scope =
  | { readonly kind: 'region'; readonly code: string }
  | { readonly kind: 'point'; readonly code: string };

/** Reviewers and heads see their region; issuers their point; administrators nothing. */
export function scopeOf(officer: OfficerProfile): Scope {
  if (officer.roles.some((role) => role === 'reviewer' || role === 'head'))
    return { kind: 'region', code: officer.region.code };
  if (officer.roles.includes('issuer') && officer.registrationPoint !== null)
    return { kind: 'point', code: officer.registrationPoint.code };
  return refuse('forbidden');
}

export const scopeKey = (scope: Scope): string => `${scope.kind}:${scope.code}`;

/** Columns of the scope in `application`: which code, and which change carried the dossier. */
export const scopeColumns = (scope: Scope) =>
  scope.kind === 'region'
    ? ({ code: 'region', dossierSeq: 'region_seq' } as const)
    : ({ code: 'point', dossierSeq: 'point_seq' } as const);

export function inScope(scope: Scope, row: ApplicationRow): boolean {
  return scope.kind === 'region'
    ? row.region === scope.code
    : row.point === scope.code && isPointStage(row.stage);
}

/** The registration point an issuer works at: custody of cards is a matter of one point. */
export function demandPoint(officer: OfficerProfile): string {
  demandRole(officer, 'issuer');
  return officer.registrationPoint?.code ?? refuse('forbidden', { role: 'issuer' });
}

export function demandRole(officer: OfficerProfile, role: Role): void {
  if (!officer.roles.includes(role)) refuse('forbidden', { role });
}
