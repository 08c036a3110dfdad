// A whole workstation core in a process of its own, its token in another: for looking into their memory from outside.
import { writeHeapSnapshot } from 'node:v8';
import { startTokenStation, type TokenStation } from './token-station.ts';
import { startWorkstation, type Workstation, type WorkstationStand } from './workstation.ts';

/** What the test asks; a PIN comes only inside the payload of a call. */
export type CoreOrder = { readonly id: number } & (
  | {
      readonly type: 'start';
      readonly stand: Omit<WorkstationStand, 'pin'>;
      readonly userDir: string;
      readonly spentMs: number;
    }
  | { readonly type: 'call'; readonly name: string; readonly payload: unknown }
  | { readonly type: 'snapshot'; readonly of: 'core' | 'token'; readonly file: string }
  | { readonly type: 'keep'; readonly text: string }
  | { readonly type: 'facts' }
);

let desk: Workstation | null = null;
let station: TokenStation | null = null;
/** A planted leak: shows that the search finds what is kept. */
const kept: string[] = [];

async function obey(order: CoreOrder): Promise<unknown> {
  switch (order.type) {
    case 'start': {
      const { modules, env } = order.stand.config;
      const limits = { spentMs: order.spentMs };
      station = startTokenStation({ modules, env, limits });
      const options = { token: station.tokens, userDir: order.userDir };
      desk = await startWorkstation({ ...order.stand, pin: '' }, options);
      return null;
    }
    case 'call':
      return desk?.core.call(order.name, order.payload);
    case 'snapshot':
      if (order.of === 'core') return writeHeapSnapshot(order.file);
      return station?.snapshot(station.moduleIds[0]!, order.file);
    case 'keep':
      return kept.push(order.text);
    case 'facts':
      return {
        tokenPid: station?.pid(station.moduleIds[0]!),
        replaced: station?.replaced,
        printed: station?.printed(),
        pushes: JSON.stringify(desk?.pushes),
        logged: JSON.stringify(desk?.logged),
      };
  }
}

process.on('message', (order: CoreOrder) => {
  const { id } = order;
  obey(order).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => {
  station?.stop();
  process.exit(0);
});
