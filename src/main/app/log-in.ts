// Log-in: choose a key that may sign, prove the PIN, open the officer's cache, open the node's session.
import { readCertificate } from '../../shared/cades/certificate.ts';
import type { NcaCertificate } from '../../shared/cades/certificate-types.ts';
import { expiryStep } from '../../shared/cades/signability.ts';
import { canonicalBytes, type LogInStatement } from '../../shared/central/statement.ts';
import type { NodeConfig, OfficerProfile } from '../../shared/central/messages.ts';
import type { RefusalOf, RequestOf } from '../../shared/contract/channels.ts';
import type { SessionDto, TokensDto } from '../../shared/contract/session.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { workingCalendar } from '../domain/calendar.ts';
import { wholeConfig } from '../domain/kept-config.ts';
import type { Store } from '../ports/store.ts';
import type { TokenCertificate, TokenView } from '../ports/token.ts';
import { journal, noteLine, nowText, type Desk, type OpenDesk, type SessionKey } from './desk.ts';
import { askedKeyFault, askListed, FRESH_MS, keyFault } from './key-standing.ts';
import { notePin } from './pin-facts.ts';
import { openCache } from './open-cache.ts';
import { readSession } from './read-session.ts';
import { recoverAfterCrash } from './recover.ts';
import { sweepDrafts } from './case-draft.ts';
import { makeCades } from './sign-bytes.ts';
import { pinDto, tokenRefusal } from './token-refusal.ts';
import { whileThere } from './token-stays.ts';

type LogInRequest = RequestOf<'session.logIn'>;
type LogInRefusal = RefusalOf<'session.logIn'>;

/** What the node answers to a log-in. */
export interface NodeSession {
  readonly token: string;
  readonly officer: OfficerProfile;
  readonly config: NodeConfig;
}

/** Tokens on the table with each certificate and, for unusable ones, the reason. */
export async function listTokens(
  desk: Desk,
): Promise<Result<TokensDto, RefusalOf<'session.tokens'>>> {
  const listing = await desk.deps.token.listTokens();
  if (!listing.ok) return tokenRefusal(listing.refusal);
  const listed = listing.tokens.flatMap(({ certificates }) => certificates.map(({ der }) => der));
  void askListed(desk, listed);
  return ok({
    modules: listing.modules.map(({ moduleId, title, state }) => ({ id: moduleId, title, state })),
    tokens: listing.tokens.map((token) => ({
      moduleId: token.moduleId,
      serial: token.serial,
      label: token.label,
      model: token.model,
      pin: pinDto(token.pin),
      certificates: token.certificates.map((one) => certificateDto(desk, one)),
    })),
  });
}

function certificateDto(
  desk: Desk,
  { keyId, certSha256, der, kind }: TokenCertificate,
): TokensDto['tokens'][number]['certificates'][number] {
  const now = desk.deps.clock.now();
  const read = readCertificate(der);
  if (!read.ok)
    return {
      keyId,
      certSha256,
      name: certSha256.slice(0, 16),
      organisation: null,
      algorithm: kind,
      validFrom: now.toISOString(),
      validTo: now.toISOString(),
      daysLeft: 0,
      expiry: null,
      unusable: 'malformed',
      usedBefore: false,
    };
  const { certificate } = read;
  return {
    keyId,
    certSha256,
    name: certificate.subjectCommonName ?? certSha256.slice(0, 16),
    organisation: certificate.organisation,
    algorithm: kind,
    validFrom: certificate.notBefore.toISOString(),
    validTo: certificate.notAfter.toISOString(),
    daysLeft: Math.floor((certificate.notAfter.getTime() - now.getTime()) / 86_400_000),
    expiry: expiryStep(certificate, now),
    unusable: keyFault(desk, certificate),
    usedBefore: desk.deps.vault.knowsCertificate(certSha256),
  };
}

/** The whole log-in. One PIN try at most is spent; nothing is tried twice. */
export async function logIn(
  desk: Desk,
  request: LogInRequest,
): Promise<Result<SessionDto, LogInRefusal>> {
  if (desk.session !== null || desk.asleep !== null) return no('not-allowed');
  const found = await findKey(desk, request);
  if (!found.ok) return found;
  const key = found.value;
  const owner = { iin: key.certificate.iin!, bin: key.certificate.bin! };
  const required = desk.deps.updates.required();
  // Too old a version works no more, but signed acts are sent: their owner gets in behind the lock.
  if (required !== null && (await desk.deps.vault.unsentOf(owner)) === 0) {
    refusedLogIn(desk, 'update-required');
    return no('update-required', { version: required });
  }
  return whileThere(desk, key, (gone) => proveAndEnter(desk, key, request, gone));
}

async function proveAndEnter(
  desk: Desk,
  key: SessionKey,
  request: LogInRequest,
  gone: () => boolean,
): Promise<Result<SessionDto, LogInRefusal>> {
  const entered = await prove(desk, key, request.pin);
  if (!entered.ok) {
    refusedLogIn(desk, entered.refusal.code);
    return entered;
  }
  if (entered.value !== null && !worksHere(desk, entered.value.officer)) {
    desk.deps.node.useSession(entered.value.token);
    await desk.deps.node.closeSession();
    desk.deps.node.useSession(null);
    refusedLogIn(desk, 'other-place');
    return no('other-place');
  }
  const opened = await openCache(desk, key, request, entered.value !== null);
  if (!opened.ok) {
    refusedLogIn(desk, opened.refusal.code);
    return opened;
  }
  const { store, cacheFile } = opened.value;
  // Another log-in ended first, or who typed the PIN has gone with the token.
  const late = desk.session !== null || desk.asleep !== null ? 'not-allowed' : null;
  if (late !== null || gone()) {
    store.close();
    refusedLogIn(desk, late ?? 'token-absent');
    return no(late ?? 'token-absent');
  }
  const session = entered.value;
  const officer = session?.officer ?? store.meta.find('officer');
  const known = session?.config ?? store.meta.find('config');
  if (officer === null || known === null) {
    store.close();
    return no('line-dead-first-log-in');
  }
  if (!worksHere(desk, officer)) {
    store.close();
    refusedLogIn(desk, 'other-place');
    return no('other-place');
  }
  const config = wholeConfig(known);
  enter(desk, { store, cacheFile, key, officer, config, online: session !== null });
  if (desk.session?.locked === 'update-required') desk.deps.token.renew(); // behind the lock nothing is signed
  desk.deps.node.useSession(session?.token ?? null);
  desk.wake();
  const shown = readSession(desk);
  // The shell hears of it too: from now on the window shows work.
  desk.deps.push({ topic: 'session', session: shown });
  return ok(shown);
}

/** The station may belong to one region or one point: officers of others log in at their own. */
export function worksHere({ deps }: Desk, { region, registrationPoint }: OfficerProfile): boolean {
  const { fixed = {} } = deps.station;
  return (
    (fixed.region === undefined || fixed.region === region.code) &&
    (fixed.registrationPoint === undefined || fixed.registrationPoint === registrationPoint?.code)
  );
}

/** The key on the table, usable, its PIN flags looked at; no try is spent. */
async function findKey(
  desk: Desk,
  request: LogInRequest,
): Promise<Result<SessionKey, LogInRefusal>> {
  const listing = await desk.deps.token.listTokens();
  if (!listing.ok) return tokenRefusal(listing.refusal);
  const token = listing.tokens.find(
    (one) => one.serial === request.serial && one.moduleId === request.moduleId,
  );
  if (token === undefined) return no('token-absent');
  const entry = token.certificates.find(
    (one) => one.keyId === request.keyId && one.certSha256 === request.certSha256,
  );
  if (entry === undefined) return no('certificate-changed');
  const certificate = await usable(desk, entry);
  if (!certificate.ok) return certificate;
  const pin = refusedByPinState(token, request.pin);
  if (pin !== null) return pin;
  return ok({
    moduleId: token.moduleId,
    serial: token.serial,
    keyId: entry.keyId,
    certSha256: entry.certSha256,
    label: token.label,
    certificate: certificate.value,
  });
}

/** Before a PIN try is spent: the newest trust list, the path, and what the CA says of the certificate. */
async function usable(
  desk: Desk,
  entry: TokenCertificate,
): Promise<Result<NcaCertificate, LogInRefusal>> {
  const read = readCertificate(entry.der);
  if (!read.ok) return no('key-unusable', { reason: 'malformed' });
  const there = await desk.deps.trust.refresh(FRESH_MS);
  const { source, refused } = desk.deps.trust.state();
  if (source === 'none' && refused !== null) return no('trust-missing', { reason: refused });
  const fault = there
    ? await askedKeyFault(desk, read.certificate)
    : keyFault(desk, read.certificate);
  return fault === null ? ok(read.certificate) : no('key-unusable', { reason: fault });
}

/** What the token's own flags already forbid, without spending a try. */
function refusedByPinState({ pin }: TokenView, typed: string) {
  if (pin.locked) return no('pin-locked' as const);
  if (!pin.initialized) return no('pin-not-initialized' as const);
  const length = new TextEncoder().encode(typed).length;
  // Some modules give 0 for "no upper limit".
  return length < pin.minLength || (pin.maxLength > 0 && length > pin.maxLength)
    ? no('pin-length' as const, { min: pin.minLength, max: pin.maxLength })
    : null;
}

/**
 * Proves the PIN: by signing the node's challenge when the line is there, else by the token alone.
 * The value is the node's session, or null when there is no line. A refusal of the node, or
 * node-untrusted and node-malformed, come only after the token took the PIN.
 */
export async function prove(
  desk: Desk,
  key: SessionKey,
  pin: string,
): Promise<Result<NodeSession | null, LogInRefusal>> {
  const { node, token, station } = desk.deps;
  const challenge = await node.challenge();
  noteLine(desk, challenge.ok ? null : challenge.failure);
  if (!challenge.ok) {
    // The PIN is proved before anything else is answered: no fault of the line may stand in for it.
    const proof = await token.provePin({ ...reference(key), pin });
    if (!proof.ok) return tokenRefusal(proof.refusal);
    notePin(desk, proof);
    if (challenge.failure.kind === 'malformed') return no('node-malformed');
    return challenge.failure.kind === 'no-answer' && challenge.failure.because === 'untrusted'
      ? no('node-untrusted')
      : ok(null);
  }
  const statement: LogInStatement = {
    type: 'kualik/log-in',
    version: 1,
    challengeId: challenge.value.challengeId,
    challenge: challenge.value.challenge,
    stationId: station.stationId,
    officerIin: key.certificate.iin!,
    at: nowText(desk),
  };
  const bytes = canonicalBytes(statement);
  const signed = await makeCades(desk, key, bytes, pin);
  if (!signed.ok) return signed;
  const opened = await node.openSession(bytes, signed.value);
  noteLine(desk, opened.ok ? null : opened.failure);
  if (opened.ok) return ok(opened.value);
  if (opened.failure.kind === 'refused')
    return opened.failure.code === 'unavailable'
      ? ok(null)
      : no(opened.failure.code, opened.failure.params);
  return opened.failure.kind === 'malformed' ? no('node-malformed') : ok(null);
}

export const reference = ({ moduleId, serial, keyId, certSha256 }: SessionKey) => ({
  moduleId,
  serial,
  keyId,
  certSha256,
});

function enter(
  desk: Desk,
  entry: {
    store: Store;
    cacheFile: string;
    key: SessionKey;
    officer: OfficerProfile;
    config: NodeConfig;
    online: boolean;
  },
): void {
  const { store, officer, config } = entry;
  desk.session = {
    store,
    cacheFile: entry.cacheFile,
    officer,
    config,
    calendar: workingCalendar(config.calendars),
    key: entry.key,
    openedAt: desk.deps.clock.now(),
    locked: desk.deps.updates.required() === null ? null : 'update-required',
  };
  const open = desk as OpenDesk;
  store.transaction(() => {
    if (entry.online) {
      store.meta.set('officer', officer);
      store.meta.set('config', config);
    }
    store.meta.set('place', null); // who logs in begins at the beginning
    for (const row of desk.deps.files.readForJournal()) store.journal.append(row);
    recoverAfterCrash(open);
    sweepDrafts(open);
    journal(open, 'log-in', null, { offline: !entry.online, token: entry.key.serial });
  });
  desk.deps.files.clearForJournal(); // only now are the rows safe in the cache
}

/** No cache is open: the row waits in the station's file and moves into the next journal. */
export function refusedLogIn(
  desk: Desk,
  code: string,
  more: Readonly<Record<string, boolean>> = {},
): void {
  desk.deps.files.keepForJournal({
    at: nowText(desk),
    officer: '',
    kind: 'log-in-refused',
    ticket: null,
    details: { code, ...more },
  });
}
