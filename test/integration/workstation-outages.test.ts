// The watch of a workstation over real HTTPS: a service stops, fails, is an outage with proof and slip, ends; over restarts.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { httpsServiceProbe } from '../../src/main/adapters/central/https-service-probe.ts';
import { MOST_PROBES, SERVICE_CODES, type ServiceCode } from '../../src/shared/central/services.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { logInAs, startWorkstation, until, type Workstation } from '../support/workstation.ts';

const PACE = { thresholdMinutes: 0.06, probeSeconds: 0.2 };
const userDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-outages-'));
let stand: Stand;
let station: Workstation;

const open = async (): Promise<Workstation> => {
  const one = await startWorkstation(stand, { userDir });
  expect((await logInAs(one, stand, 'issuer-almaty')).ok).toBe(true);
  return one;
};
beforeAll(async () => {
  stand = await startStand({ people: 60, outages: PACE });
  station = await open();
});
afterEach(async () => {
  await stand.control.clearFaults();
  for (const service of SERVICE_CODES) await stand.control.setOutside({ service, state: 'on' });
});
afterAll(async () => {
  await station?.stop();
  await stand?.stop();
  fs.rmSync(userDir, { recursive: true, force: true });
});

const service = async (code: ServiceCode) =>
  (await station.get('services.read', {})).services.find((one) => one.code === code);
const isState = (code: ServiceCode, state: string) =>
  until(async () => {
    const found = await service(code);
    return found?.state === state && found;
  }, `${code} is ${state}`);
const rows = async (kind: 'outage' | 'outage-ended', code: ServiceCode) => {
  const page = { kinds: [kind], text: '', before: null, limit: 100 };
  return (await station.get('journal.page', page)).rows.filter(
    ({ details }) => details['service'] === code,
  );
};

it('knows every service to answer, by own and the node’s probes', async () => {
  for (const code of SERVICE_CODES) await isState(code, 'up');
  const { probes } = await station.get('services.history', {});
  expect(probes.map(({ own }) => own !== null)).toEqual([true, true, false, false]);
  expect(probes.every(({ node }) => node.length > 0)).toBe(true);
});

it('fails, is an outage after the threshold, has proof and slip, ends; each written once', async () => {
  const code = 'egov-portal';
  await stand.control.setOutside({ service: code, state: 'off' });
  const failing = await isState(code, 'failing');
  expect(await rows('outage', code)).toHaveLength(0);
  const outage = await isState(code, 'outage');
  // The first that failed of both watchers: the other one's first may be told later and be older.
  expect(Date.parse(outage.since!)).toBeLessThanOrEqual(Date.parse(failing.since!));
  expect(outage.by).toBe('both');
  const [row] = await rows('outage', code);
  const { proof, sha256 } = await station.get('services.proof', { outageId: outage.outageId! });
  expect(createHash('sha256').update(proof).digest('hex')).toBe(sha256);
  expect(row?.details).toMatchObject({ source: 'both', since: outage.since, sha256 });
  const said = JSON.parse(proof) as Record<'own' | 'node', { at: string; ok: boolean }[]>;
  const proved = (source: 'own' | 'node'): number =>
    Date.parse(said[source].at(-1)!.at) - Date.parse(said[source][0]!.at);
  expect(Math.max(proved('own'), proved('node'))).toBeGreaterThan(PACE.thresholdMinutes * 60_000);
  expect([...said.own, ...said.node].some(({ ok }) => ok)).toBe(false);

  const slip = await station.get('papers.show', { kind: 'outage', outageId: outage.outageId! });
  expect(slip).toMatchObject({ kind: 'outage', service: code, sha256, answeredAt: null });
  expect(slip.kind === 'outage' && JSON.parse(slip.qr)).toEqual({ kualik: 'outage', sha256 });
  const { outages } = await station.get('services.history', {});
  expect(outages[0]).toMatchObject({ id: outage.outageId, service: code, ended: null });

  // The program is started again within a gap: neither is the outage lost nor written twice.
  await station.stop();
  station = await open();
  expect((await isState(code, 'outage')).outageId).toBe(outage.outageId);
  await stand.control.setOutside({ service: code, state: 'on' });
  await isState(code, 'up');
  expect(await rows('outage', code)).toHaveLength(1);
  expect((await rows('outage-ended', code)).map(({ details }) => details['ended'])).toEqual([
    'answered',
  ]);
  expect((await station.get('journal.verify', {})).ok).toBe(true);
}, 60_000);

it('goes on behind the lock with the cache closed; what was seen is judged when it opens', async () => {
  const code = 'mobile-apps';
  const asleep = () => until(() => station.core.desk.asleep, 'the cache to be closed');
  const unlock = async (): Promise<void> =>
    expect(await station.call('session.unlock', { pin: stand.pin })).toMatchObject({ ok: true });
  const seen = (ok: boolean, since: number) =>
    until(async () => {
      const beat = (await asleep()).beats.at(-1);
      const probe = beat?.own.find((one) => one.code === code)?.probe;
      return probe?.ok === ok && Date.now() - since > PACE.thresholdMinutes * 60_000 + 500;
    }, `${code} answered ${ok} behind the lock`);

  await station.get('session.lock', {});
  await asleep();
  await stand.control.setOutside({ service: code, state: 'status' });
  await seen(false, Date.now());
  const opened = Date.now();
  await unlock();
  const outage = await isState(code, 'outage');
  expect(Date.parse(outage.since!)).toBeLessThan(opened - PACE.thresholdMinutes * 60_000);

  await station.get('session.lock', {});
  await asleep();
  await stand.control.setOutside({ service: code, state: 'on' });
  const on = Date.now();
  await seen(true, on);
  const again = Date.now();
  await unlock();
  const [ended] = await rows('outage-ended', code);
  expect(ended?.details).toMatchObject({ ended: 'answered', since: outage.since });
  expect(Date.parse(String(ended?.details['until']))).toBeLessThan(again - 1_000);

  // Begun and over behind one lock: on record as if the cache had been open.
  await station.get('session.lock', {});
  await asleep();
  const off = Date.now();
  await stand.control.setOutside({ service: code, state: 'status' });
  const { beats } = await asleep();
  /** How long each watcher saw it fail, ms. */
  const lasted = (by: 'own' | 'told'): number => {
    const failed = beats
      .flatMap((beat) => beat[by])
      .filter((one) => one.code === code && !one.probe.ok && Date.parse(one.probe.at) >= off)
      .map(({ probe }) => Date.parse(probe.at));
    return (failed.at(-1) ?? 0) - (failed[0] ?? 0);
  };
  const long = PACE.thresholdMinutes * 60_000;
  await until(() => lasted('own') > long && lasted('told') > long, 'an outage behind the lock');
  await stand.control.setOutside({ service: code, state: 'on' });
  const back = Date.now();
  await seen(true, 0);
  await unlock();
  const { outages } = await station.get('services.history', {});
  const ofIt = outages.filter((one) => one.service === code);
  expect(ofIt).toHaveLength(2);
  const [whole] = ofIt;
  expect(whole).toMatchObject({ ended: 'answered', by: 'both' });
  expect(Date.parse(whole!.reachedAt)).toBeLessThan(back + 1_000);
  expect((await rows('outage', code)).map(({ details }) => details['sha256'])).toContain(
    whole!.sha256,
  );
}, 60_000);

it('sees an outage with the line to the node dead, and takes a dead network for none', async () => {
  await stand.control.stop({ how: 'drop', ms: 600_000 });
  await until(async () => (await station.get('line.read', {})).state === 'offline', 'offline');
  for (const one of ['egov-portal', 'mobile-apps'] as const)
    await stand.control.setOutside({ service: one, state: 'off' });
  const cutOff = await until(async () => {
    const found = await service('egov-portal');
    return found?.doubt === 'cut-off' && found;
  }, 'cut off');
  // Longer than the threshold: nothing answers here, so nothing is said of the services.
  await until(() => Date.now() - Date.parse(cutOff.since!) > 5_000, 'more than the threshold');
  expect((await service('egov-portal'))?.state).toBe('failing');
  // Another service answers: the network is there, the portal is not.
  await stand.control.setOutside({ service: 'mobile-apps', state: 'on' });
  // The node's last good probe is no news after a gap.
  expect((await isState('egov-portal', 'outage')).by).toBe('own');
  await stand.control.resume();
}, 60_000);

it('asks only a service it can trust', async () => {
  const stranger = httpsServiceProbe(stand.pki.trustPem);
  const { outsideServices } = station.core.desk.session!.config;
  const address = outsideServices.services[0]!.address!;
  expect(await stranger.probe(address)).toMatchObject({ ok: false, because: 'untrusted' });
  expect(await stranger.probe('https://127.0.0.1:9/')).toMatchObject({ because: 'unreachable' });
});

it('keeps the newest probes only, each once', () => {
  const { store } = station.core.desk.session!;
  const { outages } = store;
  const probes = Array.from({ length: 2 * MOST_PROBES }, (_, i) => ({
    at: new Date(Date.UTC(2020, 0, 1, 0, 0, i)).toISOString(),
    ok: true,
    tookMs: 1,
    because: null,
  }));
  // Nobody here asks this one: the rows are this test's alone.
  store.transaction(() => {
    outages.keepProbes('biometrics', 'own', probes, MOST_PROBES);
    outages.keepProbes('biometrics', 'own', probes.slice(-3), MOST_PROBES);
  });
  expect(outages.probes('biometrics', 'own')).toEqual(probes.slice(-MOST_PROBES));
  // The clock stood ahead and was put right: what is seen from now on counts at once.
  const now = { ...probes[0]!, at: '2019-12-31T23:00:00.000Z', ok: false };
  store.transaction(() => outages.keepProbes('biometrics', 'own', [now], MOST_PROBES));
  expect(outages.probes('biometrics', 'own')).toEqual([now]);
});
