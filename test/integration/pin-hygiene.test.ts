// After log-in, a wrong PIN, unlock and a signature: the PIN is in no heap, file, log, message or fresh process.
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelName, RequestOf, ResultOf } from '../../src/shared/contract/channels.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { childScript } from '../support/child-script.ts';
import type { CoreOrder } from '../support/core-process.ts';
import { QUEUE, reviewByEye, until, type Workstation } from '../support/workstation.ts';

/** Long and unlike anything else: found means leaked. */
const PIN = 'kept-nowhere-7Q2xZw9';
const WRONG = 'kept-nowhere-WRONG55';
const dir = mkdtempSync(join(tmpdir(), 'kualik-hygiene-'));
const userDir = join(dir, 'user');
let stand: Stand;
let child: ChildProcess;
const printed: Buffer[] = [];

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;
let lastId = 0;
function order<T>(words: Unnumbered<CoreOrder>): Promise<T> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    const hear = (answer: { id: number; value?: unknown; error?: string }): void => {
      if (answer.id !== id) return;
      child.off('message', hear);
      if (answer.error === undefined) resolve(answer.value as T);
      else reject(new Error(answer.error));
    };
    child.on('message', hear);
    child.send({ ...words, id });
  });
}

/** The workstation in the other process, as the helpers of the tests use it. */
const call = <N extends ChannelName>(name: N, payload: RequestOf<N>): Promise<ResultOf<N>> =>
  order<ResultOf<N>>({ type: 'call', name, payload });
const desk = {
  call,
  async get(name: ChannelName, payload: never) {
    const result = await call(name, payload);
    if (!result.ok) throw new Error(`${name} refused: ${JSON.stringify(result.refusal)}`);
    return result.value;
  },
} as unknown as Workstation;

/** Where the text stands as UTF-8 or UTF-16; a heap snapshot, a database and a log are all bytes here. */
const holds = (bytes: Buffer, text: string): boolean =>
  bytes.includes(Buffer.from(text, 'utf8')) || bytes.includes(Buffer.from(text, 'utf16le'));
const leaks = (bytes: Buffer): string[] => [PIN, WRONG].filter((text) => holds(bytes, text));

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());

async function snapshot(of: 'core' | 'token', name: string): Promise<Buffer> {
  const file = join(dir, `${name}.heapsnapshot`);
  await order({ type: 'snapshot', of, file });
  let size = -1;
  // The token process writes on its own time; done when the closing brace is there.
  await until(
    () => {
      const now = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      const still = now > 0 && now === size;
      size = now;
      return still && readFileSync(file).subarray(-8).toString().trimEnd().endsWith('}');
    },
    'the snapshot',
    30_000,
  );
  return readFileSync(file);
}

/** A killed process answers for a moment still, until its parent has taken note. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

interface Facts {
  readonly tokenPid: number;
  readonly replaced: readonly string[];
  readonly printed: string;
  readonly pushes: string;
  readonly logged: string;
}
const facts = (): Promise<Facts> => order<Facts>({ type: 'facts' });

/** The stand's tokens copied, the officer's PIN changed on the copy. */
function ownTokens(serial: string): string {
  const from = dirname(stand.pki.softhsmConf);
  cpSync(join(from, 'tokens'), join(dir, 'tokens'), { recursive: true });
  const conf = readFileSync(stand.pki.softhsmConf, 'utf8');
  const path = join(dir, 'softhsm2.conf');
  writeFileSync(path, conf.replaceAll(join(from, 'tokens'), join(dir, 'tokens')));
  const env = { ...process.env, SOFTHSM2_CONF: path };
  const tool = (...args: string[]): string =>
    execFileSync('pkcs11-tool', ['--module', stand.pki.module, ...args], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const slots = tool('--list-token-slots').split(/^Slot /m);
  const slot = /\((0x[0-9a-f]+)\)/.exec(slots.find((text) => text.includes(serial)) ?? '')?.[1];
  if (!slot) throw new Error('the officer’s token is not in the copy');
  tool('--slot', slot, '--login', '--pin', stand.pin, '--change-pin', '--new-pin', PIN);
  return path;
}

beforeAll(async () => {
  stand = await startStand({ people: 60 });
  const officer = stand.officers.find(({ id }) => id === 'reviewer-almaty')!;
  const env = { ...stand.config.env, SOFTHSM2_CONF: ownTokens(officer.tokenSerial) };
  const { file, execArgv } = childScript('core-process');
  child = fork(file, {
    execArgv,
    serialization: 'advanced',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => printed.push(part));
  const { configPath, officers } = stand;
  const config = { ...stand.config, env };
  // Long enough to look into the process that had the PIN before it is replaced.
  const parts = { configPath, config, officers };
  await order({ type: 'start', stand: parts, userDir, spentMs: 20_000 });
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await stand?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Processes ended because they had a PIN; a loaded machine may also lose one by time. */
const spent = (replaced: readonly string[]): readonly string[] =>
  replaced.filter((reason) => reason.endsWith('spent'));

describe('a PIN', () => {
  it('opens, locks, unlocks and signs', async () => {
    const officer = stand.officers.find(({ id }) => id === 'reviewer-almaty')!;
    const { tokenSerial, keyId, certSha256 } = officer;
    const moduleId = stand.config.modules[0]!.id;
    const key = { moduleId, serial: tokenSerial, keyId, certSha256 };
    expect(await desk.call('session.logIn', { ...key, pin: WRONG })).toMatchObject({
      refusal: { code: 'pin-incorrect' },
    });
    expect(await desk.call('session.logIn', { ...key, pin: PIN })).toMatchObject({ ok: true });
    await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'first sync');
    const query = { ...QUEUE, findings: 'clean', held: 'free' } as const;
    const { rows } = await desk.get('queue.page', query);
    for (const { applicationId } of rows) {
      if (!(await desk.call('case.claim', { applicationId })).ok) continue;
      await until(async () => {
        const shown = await desk.get('case.open', { applicationId });
        return shown.photo.problem === null && shown.signature.problem === null;
      }, 'pictures');
      if (!(await reviewByEye(desk, applicationId))) continue;
      const intent = await desk.call('act.prepareApproval', { applicationId });
      if (!intent.ok) continue;
      const { intentId } = intent.value;
      const refused = await desk.call('act.sign', { intentId, pin: WRONG });
      expect(refused).toMatchObject({ refusal: { code: 'pin-incorrect' } });
      expect(await desk.call('act.sign', { intentId, pin: PIN })).toMatchObject({ ok: true });
      return;
    }
    throw new Error('nothing could be signed');
  });

  it('is in no heap: neither the core’s nor that of the process that logged in', async () => {
    const { replaced } = await facts();
    expect(replaced).toEqual([]); // still the process that had the PIN
    expect(leaks(await snapshot('token', 'token'))).toEqual([]);
    expect(leaks(await snapshot('core', 'core'))).toEqual([]);
  });

  it('does not outlive the lock: the process that had it is replaced', async () => {
    const before = await facts();
    expect(await desk.call('session.lock', {})).toMatchObject({ ok: true });
    const after = await until(async () => {
      const now = await facts();
      return now.tokenPid !== before.tokenPid && now;
    }, 'the replacement');
    await until(() => !isAlive(before.tokenPid), 'the end of the process that had the PIN');
    await until(
      async () => (await desk.call('session.unlock', { pin: PIN })).ok,
      'unlocking through the new process',
    );
    expect(spent(after.replaced)).toHaveLength(1);
    await desk.call('session.lock', {});
  });

  it.runIf(process.platform === 'linux')(
    'is nowhere in the memory of the replaced process: what a crash file would hold',
    async () => {
      const { tokenPid } = await until(async () => {
        const now = await facts();
        return spent(now.replaced).length === 2 && now;
      }, 'the second replacement');
      expect(memoryHolds(tokenPid, PIN)).toBe(false);
      // The search itself works: the same process surely holds the name of its own module.
      expect(memoryHolds(tokenPid, 'libsofthsm2.so')).toBe(true);
    },
  );

  it('is in no file of the workstation, and in nothing printed, logged, pushed or journaled', async () => {
    const files = filesIn(userDir);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect(leaks(readFileSync(file)), file).toEqual([]);
    const told = await facts();
    const words = [told.printed, told.pushes, told.logged, Buffer.concat(printed).toString('utf8')];
    await desk.call('session.unlock', { pin: PIN });
    const filter = { kinds: [], text: '', before: null, limit: 200 };
    words.push(JSON.stringify(await desk.call('journal.page', filter)));
    words.push(JSON.stringify(await desk.call('session.tokens', {})));
    words.push(JSON.stringify(await stand.control.acts()));
    expect(leaks(Buffer.from(words.join('\n')))).toEqual([]);
    expect(words.join('\n')).toContain('log-in-refused'); // the journal was really read
  });

  it('kept on purpose is found by the same search', async () => {
    await order({ type: 'keep', text: PIN });
    expect(leaks(await snapshot('core', 'planted'))).toEqual([PIN]);
  });
});

/** Looks through all readable memory of a process of this test. */
function memoryHolds(pid: number, text: string): boolean {
  const look = [
    'import sys',
    'pid, needles = sys.argv[1], [sys.argv[2].encode(), sys.argv[2].encode("utf-16-le")]',
    'found = False',
    'with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as mem:',
    '  for line in maps:',
    '    area, rights = line.split()[:2]',
    '    if rights[0] != "r": continue',
    '    start, end = (int(x, 16) for x in area.split("-"))',
    '    tail = b""',
    '    while start < end and not found:',
    '      try: mem.seek(start); part = mem.read(min(1 << 24, end - start))',
    '      except (OSError, ValueError, OverflowError): break',
    '      if not part: break',
    '      found = any(n in tail + part for n in needles); tail = part[-64:]; start += len(part)',
    'sys.exit(0 if found else 1)',
  ].join('\n');
  try {
    execFileSync('python3', ['-c', look, String(pid), text], { stdio: 'pipe' });
    return true;
  } catch (error) {
    if ((error as { status?: number }).status === 1) return false;
    throw error;
  }
}
