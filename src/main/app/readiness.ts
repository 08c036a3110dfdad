// The morning check: each step with its finding, so that a fault is met before the first citizen.
import { expiryStep } from '../../shared/cades/signability.ts';
import type { ReadinessStep } from '../../shared/contract/settings.ts';
import { cacheFaults } from './cache-check.ts';
import { nowText, type OpenDesk } from './desk.ts';
import { askedSigningFault, keyFault } from './key-standing.ts';
import { casesAhead, picturesOf } from './fetch-pictures.ts';
import { clockStep } from './node-time.ts';
import { pinFacts } from './pin-facts.ts';
import { needsYou } from './read-outbox.ts';
import { scannerStep } from './scanner-test.ts';
import { disk, modules, printer, runtime, trust } from './station-steps.ts';
import { finding, inOrder, type Finding } from './step.ts';

/** Whole hours since the oldest act was made that is still on its way; 0 when none is. */
export function oldestWaiting(desk: OpenDesk): number {
  const now = nowText(desk);
  const oldest = desk.session.store.outbox
    .open()
    .reduce((first, { createdAt }) => (createdAt < first ? createdAt : first), now);
  return Math.floor((Date.parse(now) - Date.parse(oldest)) / 3_600_000);
}

const STEPS: Readonly<
  Record<ReadinessStep['name'], (desk: OpenDesk) => Finding | Promise<Finding>>
> = {
  'token-module': modules,
  token: async (desk) => {
    const listing = await desk.deps.token.listTokens();
    const token = listing.ok
      ? listing.tokens.find(
          (one) =>
            one.serial === desk.session.key.serial && one.moduleId === desk.session.key.moduleId,
        )
      : undefined;
    if (token === undefined) return finding('bad', 'token-absent');
    if (token.pin.locked) return finding('bad', 'pin-locked');
    if (token.pin.finalTry) return finding('bad', 'pin-final-try');
    if (pinFacts(desk).factoryPin) return finding('look', 'factory-pin');
    return token.pin.countLow ? finding('look', 'pin-count-low') : finding('ok', 'token-present');
  },
  // What the token says it computes; GOST is used only where the station's file allows it for the module.
  mechanisms: async (desk) => {
    const { serial, moduleId, certificate } = desk.session.key;
    const listing = await desk.deps.token.listTokens();
    const token = listing.ok
      ? listing.tokens.find((one) => one.serial === serial && one.moduleId === moduleId)
      : undefined;
    const offered = token?.mechanisms ?? [];
    if (offered.length === 0) return finding('look', 'mechanisms-unknown');
    const params = { count: offered.length, list: offered.join(', ').slice(0, 2000) };
    if (!offered.includes('CKM_GOSTR3410_512')) return finding('ok', 'gost-absent', params);
    if (certificate.publicKeyKind === 'gost-512') return finding('ok', 'gost-used', params);
    return finding('ok', 'gost-offered', params);
  },
  certificate: (desk) => {
    const { certificate } = desk.session.key;
    const now = desk.deps.clock.now();
    const fault = keyFault(desk, certificate);
    if (fault !== null) return finding('bad', fault);
    const days = Math.floor((certificate.notAfter.getTime() - now.getTime()) / 86_400_000);
    return finding(expiryStep(certificate, now) === null ? 'ok' : 'look', 'days-left', { days });
  },
  revocation: async (desk) => {
    const fault = await askedSigningFault(desk);
    if (fault !== null) return finding('bad', fault);
    const known = desk.deps.revocation.known(desk.session.key.certificate);
    if (known === null) return finding('look', 'never-asked');
    const now = desk.deps.clock.now().getTime();
    const hours = Math.floor((now - known.asOf.getTime()) / 3_600_000);
    return finding(hours > 0 ? 'look' : 'ok', 'known-good', { hours });
  },
  trust,
  line: (desk) =>
    desk.line.state === 'online'
      ? finding('ok', 'online')
      : finding('look', desk.line.because ?? 'offline'),
  clock: clockStep,
  cache: async (desk) => {
    const faults = await cacheFaults(desk);
    if (faults > 0) return finding('bad', 'cache-faults', { count: faults });
    const counts = desk.session.store.cases.counts(nowText(desk));
    const damaged = desk.session.store.cases.damagedCount();
    return damaged > 0
      ? finding('look', 'damaged', { count: damaged })
      : finding('ok', 'applications', { count: counts.all });
  },
  journal: (desk) => {
    const { ok, rows, brokenAt } = desk.session.store.journal.verify();
    return ok
      ? finding('ok', 'chain-whole', { rows })
      : finding('bad', 'chain-broken', { row: brokenAt ?? 0 });
  },
  outbox: (desk) => {
    const needs = needsYou(desk);
    const { waiting } = desk.session.store.outbox.counts();
    if (needs > 0) return finding('bad', 'needs-you', { count: needs });
    if (waiting === 0) return finding('ok', 'empty');
    return finding('look', 'waiting', { count: waiting, hours: oldestWaiting(desk) });
  },
  pictures: (desk) => {
    const { cases, pictures } = desk.session.store;
    const missing = casesAhead(desk).filter((id) => {
      const stored = cases.find(id);
      return stored !== null && picturesOf(stored.dossier).some((ref) => !pictures.has(ref.sha256));
    });
    return missing.length > 0
      ? finding('look', 'not-all-here', { count: missing.length })
      : finding('ok', 'all-here');
  },
  disk,
  printer,
  scanner: scannerStep,
  runtime,
  update: (desk) => {
    const { state, version, minimum, outcome } = desk.deps.updates.state();
    if (minimum !== null) {
      const days = (Date.parse(minimum.from) - desk.deps.clock.now().getTime()) / 86_400_000;
      const params = { version: minimum.version, days: Math.max(0, Math.floor(days)) };
      return finding(days <= 0 ? 'bad' : 'look', 'update-by', params);
    }
    if (outcome !== null && (outcome.state === 'failed' || state === 'none')) {
      const { state: became, from, to } = outcome;
      return finding(became === 'failed' ? 'look' : 'ok', `update-${became}`, { from, to });
    }
    const params: ReadinessStep['params'] = version === null ? {} : { version };
    return finding(state === 'off' || state === 'none' ? 'ok' : 'look', `update-${state}`, params);
  },
};

/** Runs every step in its order; one that fails badly does not stop the rest. */
export const runReadiness = (desk: OpenDesk): Promise<ReadinessStep[]> => inOrder(STEPS, desk);
