// The technical log's one line form: closed events, closed fields, so that nobody's data gets in by a slip.
import { NODE_REFUSALS } from '../central/messages.ts';
import { isChannelName } from './channel-names.ts';
import { MEASURE_FAILURES } from './measured.ts';
import { TOKEN_REFUSALS } from './token-refusals.ts';
import { UPDATE_FAULTS } from './updates.ts';

/** Older lines first; both in the station's folder. */
export const TECHNICAL_LOG_FILES = ['technical.1.log', 'technical.log'] as const;

/** Every word a line may hold; what is not here is written as `?`. Codes of the program, no free text. */
const WORDS: ReadonlySet<string> = new Set([
  ...NODE_REFUSALS,
  ...UPDATE_FAULTS,
  ...TOKEN_REFUSALS,
  ...MEASURE_FAILURES,
  // How the program was started, on what it runs.
  ...['window', 'self-test', 'diagnostics', 'release', 'dev-only'],
  ...['switch', 'environment'],
  // Errors by their class; other classes are "?".
  ...['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'AggregateError'],
  ...['ZodError', 'SqliteError', 'TimeoutError', 'AbortError', 'DerError', 'malformed-request'],
  // The line, and what kind of failure an answer was.
  ...['online', 'offline', 'unknown', 'unreachable', 'timeout', 'untrusted', 'cut-off'],
  ...['no-answer', 'refused', 'malformed', 'session-needed'],
  // Processes that ended, and windows.
  ...['crashed', 'memory', 'not-started', 'clean-exit', 'abnormal-exit', 'killed', 'oom'],
  ...['launch-failed', 'integrity-failure', 'memory-eviction', 'Utility', 'GPU', 'Zygote'],
  // Caches and slow steps.
  ...['wrong-key', 'damaged', 'newer-version', 'binding-missing', 'transaction'],
  // Why a cache is closed behind the lock, or is not yet.
  ...['idle', 'key', 'token-removed', 'session-too-long', 'update-required'],
  ...['acts-wait', 'claims-return'],
  // Measuring and papers.
  ...['probe', 'portrait', 'signature', 'faces', 'render'],
  ...['printers', 'pdf', 'print'],
  // PIN proof, signature, and log-in held for a batch.
  ...['prove', 'sign', 'hold'],
  // Trust list, time-stamps, evidence.
  ...['signature-invalid', 'signer-unknown', 'older', 'version-reused', 'not-yet', 'expired'],
  ...['imprint-mismatch', 'nonce-mismatch', 'signer-missing', 'signing-certificate-mismatch'],
  ...['purpose-missing', 'purpose-not-critical', 'chain-untrusted', 'time-implausible'],
  ...['missing', 'policy-unknown', 'proof-too-old', 'revoked', 'no-responder', 'not-asked'],
  ...['responder-refused', 'other-certificate', 'nonce-missing', 'foreign-responder', 'stale'],
  ...['crl-malformed', 'crl-foreign', 'crl-stale'],
  // Updates.
  ...['off', 'none', 'fetching', 'ready', 'wrong-file', 'open-folder'],
]);

/** A number below the smallest IIN written as one (000101000000), so that none fits. */
const TOO_LARGE = 100_000_000;

const FIELDS = {
  count: (value: unknown) =>
    Number.isInteger(value) && Math.abs(value as number) < TOO_LARGE && !Object.is(value, -0),
  /** How a process ended: a small number, or one of Windows' own from 2³¹ on, which no IIN looks like. */
  status: (value: unknown) =>
    FIELDS.count(value) || ((value as number) >= 0x8000_0000 && (value as number) <= 0xffff_ffff),
  word: (value: unknown) => typeof value === 'string' && WORDS.has(value),
  version: (value: unknown) => matches(value, /^\d{1,3}\.\d{1,4}\.\d{1,4}$/),
  /** Number of an incident: a piece of a random UUID; `core` where the core itself was gone. */
  incident: (value: unknown) => matches(value, /^(?:[0-9a-f]{8}|core)$/),
  channel: (value: unknown) => isChannelName(value),
  /** Own files with line and column, no folders: a home folder would name its owner. */
  frames: (value: unknown) => matches(value, /^(?:[\w-]{1,40}\.[cm]?[jt]sx?:\d+:\d+ ?){1,8}$/),
  /** Name of a PKCS#11 answer. */
  answer: (value: unknown) => matches(value, /^CKR_[A-Z_]{2,50}$/),
} as const;
type FieldKind = keyof typeof FIELDS;

const matches = (value: unknown, form: RegExp): boolean =>
  typeof value === 'string' && form.test(value);

/** Every event with its fields. `module` counts in the order of the policy, from 1. */
export const TECHNICAL_EVENTS = {
  'program-started': { app: 'version', electron: 'version', runtime: 'word', mode: 'word' },
  'program-stopped': {},
  'log-lines-lost': { count: 'count' },
  'unlisted-event': {},
  'package-whole': {},
  'package-damaged': { count: 'count' },
  'start-refused': { by: 'word' },
  'core-dumps-not-forbidden': {},
  'station-file-refused': { mistakes: 'count' },
  'self-test-failed': { kind: 'word' },
  'diagnostics-saved': { files: 'count' },
  'diagnostics-not-saved': {},
  'core-process-died': { code: 'status' },
  'token-process-restarted': { module: 'count', reason: 'word' },
  'token-process-ended': { module: 'count', code: 'status' },
  'token-process-fault': { module: 'count', kind: 'word' },
  'token-refused': { call: 'word', code: 'word', answer: 'answer' },
  'imaging-process-restarted': { reason: 'word' },
  'imaging-process-fault': { kind: 'word' },
  'imaging-call-failed': { call: 'word', kind: 'word' },
  'imaging-answer-misfit': { call: 'word' },
  'face-nets-unusable': {},
  'window-lost': { reason: 'word', code: 'status' },
  'child-process-gone': { what: 'word', reason: 'word', code: 'status' },
  'renderer-not-swapped': {},
  'paper-not-made': { way: 'word', kind: 'word' },
  'step-failed': { kind: 'word' },
  'line-changed': { state: 'word', because: 'word' },
  incident: {
    number: 'incident',
    channel: 'channel',
    kind: 'word',
    issues: 'count',
    stack: 'frames',
  },
  'incident-not-journaled': { number: 'incident' },
  'picture-not-shown': { kind: 'word' },
  'pictures-not-ready': { kind: 'word' },
  'not-measured': { failure: 'word', what: 'word' },
  'measuring-failed': { kind: 'word' },
  'sync-round-failed': { kind: 'word' },
  'outage-watch-failed': { kind: 'word' },
  'dispatches-not-told': { kind: 'word' },
  'evidence-refused': { code: 'word' },
  'trust-list-refused': { code: 'word' },
  'trust-list-kept-refused': { code: 'word' },
  'batch-failed': { number: 'incident', kind: 'word' },
  'cache-key-lost': {},
  'cache-not-opened': { failure: 'word' },
  'cache-closed': { because: 'word' },
  'cache-opened': {},
  'cache-closing-not-kept': { kind: 'word' },
  'lock-not-journaled': { kind: 'word' },
  'cache-stays-open': { because: 'word' },
  'slow-query': { label: 'word', ms: 'count' },
  update: { state: 'word', version: 'version', code: 'word' },
  'update-failed': { kind: 'word' },
  'update-not-staged': { why: 'word' },
  'update-run': {},
  'update-not-run': {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldKind>>>>;

export type TechnicalEvent = keyof typeof TECHNICAL_EVENTS;
type Fields<E extends TechnicalEvent> = (typeof TECHNICAL_EVENTS)[E];
export type TechnicalDetails<E extends TechnicalEvent> = {
  readonly [F in keyof Fields<E>]?: Fields<E>[F] extends 'count' | 'status' ? number : string;
};
/** Whoever has something for the log has this; what does not fit its field is written as `?`. */
export type LogTechnical = <E extends TechnicalEvent>(
  event: E,
  details: TechnicalDetails<E>,
) => void;

/** Own files of a stack with line and column, the innermost first; '' when there is nothing of ours in it. */
export const framesOf = (stack: string | undefined): string =>
  [...(stack ?? '').matchAll(/([\w-]{1,40}\.[cm]?[jt]sx?:\d+:\d+)\)?$/gm)]
    .slice(0, 8)
    .map(([, frame]) => frame)
    .join(' ');

export const LOG_SOURCES = ['shell', 'core', 'token', 'imaging'] as const;
export type LogSource = (typeof LOG_SOURCES)[number];

/**
 * One line without its end. An unknown event is written as `unlisted-event`, an unknown field is left
 * out, a value that does not fit is `?`: a message of another process is as closed as our own.
 */
export function technicalLine(
  at: Date,
  from: LogSource,
  event: string,
  details: Readonly<Record<string, unknown>>,
): string {
  const known = Object.hasOwn(TECHNICAL_EVENTS, event);
  const name = known ? (event as TechnicalEvent) : 'unlisted-event';
  const fields = Object.entries<FieldKind>(TECHNICAL_EVENTS[name]).flatMap(([field, kind]) => {
    const value = details[field];
    if (value === undefined || value === '') return [];
    return [[field, FIELDS[kind](value) ? value : '?']];
  });
  return JSON.stringify({ at: at.toISOString(), from, event: name, ...Object.fromEntries(fields) });
}

/**
 * The line as it is written here, or null for anything else that stands in the file: what a
 * program of another version, or another program, wrote there goes nowhere.
 */
export function readTechnicalLine(text: string): string | null {
  try {
    const { at, from, event, ...details } = JSON.parse(text) as Record<string, unknown>;
    const source = LOG_SOURCES.find((one) => one === from);
    if (source === undefined || typeof at !== 'string' || typeof event !== 'string') return null;
    return technicalLine(new Date(at), source, event, details) === text ? text : null;
  } catch {
    return null;
  }
}
