// Modules at their worst, beside a healthy one: hang, crash and every answer of the table, in processes of their own.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TokenRefusalCode } from '../../src/main/ports/token.ts';
import { makeSoftTokens, PIN, type SoftTokens } from '../support/soft-token.ts';
import { startTokenStation, type TokenStation } from '../support/token-station.ts';
import { until } from '../support/workstation.ts';

const source = fileURLToPath(new URL('../support/faulty-module/faulty.c', import.meta.url));
const tbs = Buffer.from('signed attributes');
let soft: SoftTokens;
let orders: string;
let station: TokenStation;

beforeAll(async () => {
  soft = await makeSoftTokens(new Date(), {
    main: [
      { keyId: '01', kind: 'rsa' },
      { keyId: '02', kind: 'ec-p256', alwaysAuthenticate: true },
    ],
  });
  const library = join(soft.dir, 'faulty.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-o', library, source, '-ldl'], { stdio: 'pipe' });
  orders = join(soft.dir, 'order');
  const { module } = soft;
  station = startTokenStation({
    modules: [
      { ...module, id: 'faulty', title: 'Faulty', path: library, rescanByRestart: false },
      { ...module, id: 'second', title: 'Second' },
    ],
    env: {
      SOFTHSM2_CONF: soft.softhsmConf,
      FAULTY_ORDER: orders,
      FAULTY_REAL: module.path,
    },
    limits: { startMs: 4_000, silentMs: 3_000, listMs: 2_500, pinMs: 4_000, signMs: 4_000 },
  });
  await healthy();
});
afterEach(async () => {
  rmSync(orders, { force: true });
  await healthy();
});
afterAll(() => {
  station?.stop();
  soft?.dispose();
});

const request = (keyId = '01') => ({
  ...soft.key('main', keyId).ref,
  moduleId: 'faulty',
  pin: PIN,
  tbs,
});
const listing = async () => {
  const listed = await station.tokens.listTokens();
  if (!listed.ok) throw new Error(listed.refusal.code);
  return listed;
};
const stateOf = async (moduleId: string) =>
  (await listing()).modules.find((one) => one.moduleId === moduleId)?.state;
const healthy = (): Promise<unknown> =>
  until(
    async () => (await stateOf('faulty')) === 'ready' && (await stateOf('second')) === 'ready',
    'both modules',
    30_000,
  );

describe('one token through two modules', () => {
  it('is listed once, through the first; when that one fails, through the other', async () => {
    expect((await listing()).tokens.map(({ moduleId }) => moduleId)).toEqual(['faulty']);
    writeFileSync(orders, 'C_GetSlotList crash');
    await until(async () => {
      const { tokens } = await listing();
      return tokens.length === 1 && tokens[0]?.moduleId === 'second';
    }, 'the other module');
    rmSync(orders);
    await healthy();
    expect((await listing()).tokens.map(({ moduleId }) => moduleId)).toEqual(['faulty']);
  });
});

describe('a module that', () => {
  it('crashes while signing: said so, started again, and the next signature is made', async () => {
    const before = station.pid('faulty');
    writeFileSync(orders, 'C_Sign crash');
    expect(await station.tokens.sign(request())).toEqual({
      ok: false,
      refusal: { code: 'crashed' },
    });
    rmSync(orders);
    expect(await stateOf('faulty')).toBe('crashed');
    await healthy();
    expect(station.pid('faulty')).not.toBe(before);
    expect(await station.tokens.sign(request())).toMatchObject({ ok: true });
  });

  it('hangs while signing: given up, killed, and the other module signs meanwhile', async () => {
    const before = station.pid('faulty');
    writeFileSync(orders, 'C_Sign hang');
    const hanging = station.tokens.sign(request());
    const other = await station.tokens.sign({ ...request(), moduleId: 'second' });
    expect(other).toMatchObject({ ok: true });
    expect(await hanging).toEqual({ ok: false, refusal: { code: 'timeout' } });
    expect(await stateOf('faulty')).toBe('hung');
    rmSync(orders);
    await healthy();
    expect(() => process.kill(before, 0)).toThrow(/ESRCH/);
  });

  it('hangs from its first call: shown as hung, the other lists and signs', async () => {
    writeFileSync(orders, 'C_Initialize hang');
    station.tokens.renew();
    await until(async () => (await stateOf('faulty')) === 'hung', 'the hang', 20_000);
    const { tokens } = await listing();
    expect(tokens.map(({ moduleId }) => moduleId)).toEqual(['second']);
    const other = await station.tokens.sign({ ...request(), moduleId: 'second' });
    expect(other).toMatchObject({ ok: true });
  });

  it('hangs while idle: noticed by its silence', async () => {
    const lost = station.replaced.filter((why) => why === 'faulty timeout').length;
    writeFileSync(orders, 'C_GetSlotList hang');
    await until(
      () => station.replaced.filter((why) => why === 'faulty timeout').length > lost,
      'the silence',
    );
    expect(await stateOf('faulty')).toBe('hung');
  });
});

describe('an answer', () => {
  const answers: readonly (readonly [string, string, TokenRefusalCode])[] = [
    ['C_Sign', '0x30', 'token-failed'],
    ['C_Sign', '0x32', 'token-removed'],
    ['C_Sign', '0x101', 'module-failed'],
    ['C_Sign', '0x90', 'module-failed'],
    ['C_Sign', '0xe0', 'token-removed'],
    ['C_Sign', '0xb3', 'token-removed'],
    ['C_Sign', '0x80000001', 'module-failed'],
    ['C_SignInit', '0x70', 'mechanism-unsupported'],
    ['C_Login', '0x100', 'module-failed'],
    ['C_Login', '0xa3', 'pin-expired'],
    ['C_Login', '0xa4', 'pin-locked'],
    ['C_Login', '0x102', 'pin-not-initialized'],
    ['C_Login', '0x50', 'cancelled'],
  ];
  it.each(answers)('%s → %s is %s; afterwards it signs again', async (name, code, refusal) => {
    writeFileSync(orders, `${name} ${code}`);
    for (const keyId of ['01', '02']) {
      const answer = await station.tokens.sign(request(keyId));
      expect(answer, keyId).toMatchObject({ ok: false, refusal: { code: refusal } });
    }
    rmSync(orders);
    await healthy();
    for (const keyId of ['01', '02'])
      expect(await station.tokens.sign(request(keyId)), keyId).toMatchObject({ ok: true });
  });
});
