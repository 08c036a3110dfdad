// The stand as the tour knows it: the one line it printed, and what its central node really did.
import type { Dossier, Head } from '../../src/shared/central/application.ts';
import { connectControl, type ControlClient } from '../../stand/central/control-client.ts';
import type { Person } from '../support/electron-app.ts';

export interface TourStand {
  readonly config: string;
  readonly pin: string;
  readonly control: ControlClient;
  officer(id: string): Person;
}

/** From KUALIK_STAND: the line of JSON that `stand/start.ts` printed. @throws when it is not given. */
export function readStand(line: string | undefined): TourStand {
  if (line === undefined) throw new Error('KUALIK_STAND is not set: start the tour with npm start');
  const said = JSON.parse(line) as {
    config: string;
    pin: string;
    control: { url: string; token: string };
    officers: Person[];
  };
  return {
    config: process.env['KUALIK_CONFIG'] ?? said.config,
    pin: said.pin,
    control: connectControl(said.control),
    officer(id) {
      const found = said.officers.find((each) => each.id === id);
      if (found === undefined) throw new Error(`the stand has no officer ${id}`);
      return found;
    },
  };
}

export type Application = { readonly head: Head; readonly dossier: Dossier };

export const application = (stand: TourStand, applicationId: string): Promise<Application> =>
  stand.control.findApplication({ applicationId });

/** Waits until the node has stored this act, and gives its stage after it. */
export async function actStored(
  stand: TourStand,
  applicationId: string,
  kind: 'approval' | 'annulment' | 'hand-over',
  patience = 20_000,
): Promise<Head> {
  const end = Date.now() + patience;
  for (;;) {
    const acts = await stand.control.acts();
    const stored = acts.find(
      (act) => act.applicationId === applicationId && act.kind === `kualik/${kind}`,
    );
    if (stored !== undefined) return (await application(stand, applicationId)).head;
    if (Date.now() > end) throw new Error(`the node has no ${kind} of ${applicationId}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Cases of a stage that pass `wanted`, oldest first. @throws when the stand has none left. */
export async function pick(
  stand: TourStand,
  filter: { region?: string; point?: string; stage: 'pending' | 'at-point' },
  wanted: (one: Application) => boolean = () => true,
): Promise<Application> {
  for (const { applicationId } of await stand.control.listApplications(filter)) {
    const one = await application(stand, applicationId);
    if (wanted(one)) return one;
  }
  throw new Error(`the stand has no ${filter.stage} application left: start it with --fresh`);
}
