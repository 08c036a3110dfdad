// The node's watch over the outside services: real HTTPS that stops in each way, an outage once, also over a restart.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { pino } from 'pino';
import type { ServiceCode, ServiceProbe } from '../../src/shared/central/services.ts';
import { standConfig } from '../../stand/central/config-data.ts';
import type { Database } from '../../stand/central/database.ts';
import { openOutsideWatch, type OutsideWatch } from '../../stand/central/outside-watch.ts';
import {
  openOutsideWorld,
  outsideData,
  type OutsideSwitch,
  type OutsideWorld,
} from '../../stand/central/outside-world.ts';
import {
  onBothDatabases,
  startTestNode,
  testAuthorities,
  type TestNode,
} from '../support/central/test-node.ts';
import { until } from '../support/workstation.ts';

const PACE = { thresholdMinutes: 0.02, probeSeconds: 0.1 };
const openWorld = async (): Promise<OutsideWorld> => {
  const { tls, caPem } = await testAuthorities();
  return openOutsideWorld(tls, caPem);
};

onBothDatabases('outside services', (open) => {
  let test: TestNode;
  let database: Database;
  let world: OutsideWorld;
  beforeAll(async () => {
    [database, world] = [await open(), await openWorld()];
    test = await startTestNode({
      database,
      outside: world,
      config: standConfig({ outsideServices: outsideData(world, PACE) }),
    });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    for (const { code } of outsideData(world, PACE).services)
      await test.control.setOutside({ service: code, state: 'on' });
  });

  const rows = async (service: ServiceCode) =>
    (await test.control.journal()).filter(
      ({ event, detail }) =>
        event.startsWith('service-') && (detail as { service?: string }).service === service,
    );
  const newest = async (service: ServiceCode): Promise<ServiceProbe | undefined> => {
    const client = await test.loggedIn('issuer-almaty');
    const { services } = await client.get('services');
    return services.find(({ code }) => code === service)?.probes.at(-1);
  };

  it.each([
    ['off', 'unreachable'],
    ['status', 'status'],
    ['broken', 'malformed'],
    ['slow', 'timeout'],
  ] as const)('says why a service that is %s is not answered: %s', async (state, because) => {
    const service = 'mobile-database';
    await test.control.setOutside({ service, state } as OutsideSwitch);
    await until(async () => (await newest(service))?.because === because, because, 12_000);
    expect((await newest('egov-portal'))?.ok, 'the others are answered').toBe(true);
  });

  it('tells stations the addresses their network reaches, and none of the registers', async () => {
    const { outsideServices } = await (await test.loggedIn('issuer-almaty')).get('config');
    expect(outsideServices.services.map(({ address }) => address !== null)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('writes an outage once, with its probes, over a restart too, and its end', async () => {
    const service = 'biometrics';
    await test.control.setOutside({ service, state: 'off' });
    const [outage] = await until(
      async () => (await rows(service)).length === 1 && rows(service),
      'outage',
    );
    const { since, probes } = outage?.detail as { since: string; probes: ServiceProbe[] };
    expect(outage?.event).toBe('service-outage');
    expect(probes.every(({ ok }) => !ok)).toBe(true);
    expect(probes[0]?.at).toBe(since);
    const spanMs = Date.parse(probes.at(-1)?.at ?? '') - Date.parse(since);
    expect(spanMs).toBeGreaterThan(PACE.thresholdMinutes * 60_000);

    // Another watch on the same database, as after a restart of the node.
    const place = {
      database,
      config: standConfig({ outsideServices: outsideData(world, PACE) }),
      now: () => new Date(),
    };
    const second: OutsideWatch = await openOutsideWatch(world, place, pino({ level: 'silent' }));
    const failed = () => second.read().services.find(({ code }) => code === service)?.probes ?? [];
    await until(() => failed().length > 20, 'probes of the second watch');
    expect(await rows(service)).toHaveLength(1);
    await second.close();
    await test.control.setOutside({ service, state: 'on' });
    await until(async () => (await rows(service))[1]?.event === 'service-answers', 'its end');
  });
});
