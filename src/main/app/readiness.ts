// The morning check: each step with its finding, so that a fault is met before the first citizen.
import { expiryStep } from '../../shared/cades/signability.ts';
import type { ReadinessStep } from '../../shared/contract/settings.ts';
import { nowText, type OpenDesk } from './desk.ts';
import { askedSigningFault, keyFault } from './key-standing.ts';
import { casesAhead, picturesOf } from './fetch-pictures.ts';
import { pinFacts } from './pin-facts.ts';
import { needsYou } from './read-outbox.ts';

type Finding = Pick<ReadinessStep, 'state' | 'code' | 'params'>;

const finding = (
  state: ReadinessStep['state'],
  code: string,
  params: ReadinessStep['params'] = {},
): Finding => ({ state, code, params });

const MOST_DRIFT_SECONDS = 60;

const STEPS: Readonly<
  Record<ReadinessStep['name'], (desk: OpenDesk) => Finding | Promise<Finding>>
> = {
  'token-module': async (desk) => {
    const listing = await desk.deps.token.listTokens();
    if (!listing.ok) return finding('bad', listing.refusal.code);
    const bad = listing.modules.find((module) => module.state !== 'ready');
    return bad === undefined
      ? finding('ok', 'ready', { count: listing.modules.length })
      : finding('bad', `module-${bad.state}`, { title: bad.title });
  },
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
  trust: async (desk) => {
    const { trust, clock } = desk.deps;
    await trust.refresh(0);
    const { source, stale, refused } = trust.state();
    const { list } = trust.current();
    if (refused !== null) return finding('bad', `list-${refused}`);
    if (source === 'none') return finding('bad', 'list-missing');
    if (list === null) return finding('look', 'station-file');
    const days = Math.floor((list.nextUpdate.getTime() - clock.now().getTime()) / 86_400_000);
    return stale
      ? finding('look', 'list-stale', { version: list.version })
      : finding('ok', 'list-version', { version: list.version, days });
  },
  line: (desk) =>
    desk.line.state === 'online'
      ? finding('ok', 'online')
      : finding('look', desk.line.because ?? 'offline'),
  clock: (desk) => {
    const drift = desk.deps.node.clockDriftMs();
    if (drift === null) return finding('look', 'never-asked');
    const seconds = Math.round(Math.abs(drift) / 1000);
    return finding(seconds > MOST_DRIFT_SECONDS ? 'bad' : 'ok', 'drift', { seconds });
  },
  cache: (desk) => {
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
    return waiting > 0 ? finding('look', 'waiting', { count: waiting }) : finding('ok', 'empty');
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
  runtime: (desk) => {
    const { runtime, electron, app } = desk.deps.versions;
    return finding(runtime === 'dev-only' ? 'look' : 'ok', runtime, { electron, app });
  },
  update: (desk) => {
    const { state, version, minimum } = desk.deps.updates.state();
    if (minimum !== null) {
      const days = (Date.parse(minimum.from) - desk.deps.clock.now().getTime()) / 86_400_000;
      const params = { version: minimum.version, days: Math.max(0, Math.floor(days)) };
      return finding(days <= 0 ? 'bad' : 'look', 'update-by', params);
    }
    const params: ReadinessStep['params'] = version === null ? {} : { version };
    return finding(state === 'off' || state === 'none' ? 'ok' : 'look', `update-${state}`, params);
  },
};

/** Runs every step in its order; one that fails badly does not stop the rest. */
export async function runReadiness(desk: OpenDesk): Promise<ReadinessStep[]> {
  const steps: ReadinessStep[] = [];
  for (const [name, run] of Object.entries(STEPS)) {
    const began = performance.now();
    const result = await run(desk);
    steps.push({
      name: name as ReadinessStep['name'],
      ...result,
      tookMs: Math.round(performance.now() - began),
    });
  }
  return steps;
}
