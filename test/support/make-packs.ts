// `npm run stand:packs -- OUT`: a fresh stand, 20 approvals, 5 annulments and 5 hand-overs, one pack an act.
// The officers are real workstation cores with keys in their tokens: RSA in one region, P-256 in the other.
import fs from 'node:fs';
import path from 'node:path';
import { actPack } from '../../src/main/app/act-pack.ts';
import type { OpenDesk } from '../../src/main/app/desk.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import {
  logInAs,
  QUEUE,
  reviewByEye,
  startWorkstation,
  until,
  type Workstation,
} from './workstation.ts';

const out = process.argv[2];
if (out === undefined) {
  process.stderr.write('Say where to: npm run stand:packs -- OUT\n');
  process.exit(2);
}
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

async function main(folder: string): Promise<void> {
  say('Starting a fresh stand');
  const stand = await startStand({ people: 120 });
  try {
    let packs = 0;
    for (const [officer, approvals, annulments] of [
      ['reviewer-almaty', 10, 3],
      ['reviewer-astana', 10, 2],
    ] as const)
      packs += await withDesk(stand, officer, async (desk) => {
        const made = [
          ...(await approve(stand, desk, approvals)),
          ...(await annul(stand, desk, annulments)),
        ];
        return write(stand, desk, folder, made);
      });
    packs += await withDesk(stand, 'issuer-almaty', async (desk) =>
      write(stand, desk, folder, await handOver(stand, desk, 5)),
    );
    fs.writeFileSync(path.join(folder, 'roots.pem'), stand.pki.trustPem);
    say(
      `${packs} packs in ${folder}; check them: npm run verify-pack -- ${folder} --trust ${folder}/roots.pem`,
    );
  } finally {
    await stand.stop();
  }
}

type OfficerId = Parameters<typeof logInAs>[2];

async function withDesk<T>(
  stand: Stand,
  officer: OfficerId,
  work: (desk: Workstation) => Promise<T>,
): Promise<T> {
  const desk = await startWorkstation(stand, { stationId: `station-${officer}` });
  try {
    const answer = await logInAs(desk, stand, officer);
    if (!answer.ok) throw new Error(`${officer} cannot log in: ${JSON.stringify(answer.refusal)}`);
    await desk.core.loop.roundNow();
    return await work(desk);
  } finally {
    await desk.stop();
    fs.rmSync(desk.userDir, { recursive: true, force: true });
  }
}

/** Pending cases of this desk that nothing but the eye stands in the way of. */
async function* pending(desk: Workstation): AsyncGenerator<string> {
  const page = await desk.get('queue.page', { ...QUEUE, held: 'free', limit: 100 });
  for (const { applicationId } of page.rows) {
    if (!(await desk.call('case.claim', { applicationId })).ok) continue;
    await until(async () => {
      const shown = await desk.get('case.open', { applicationId });
      return shown.photo.problem !== 'not-here-yet' && shown.signature.problem !== 'not-here-yet';
    }, 'pictures of the case');
    yield applicationId;
  }
}

async function approve(stand: Stand, desk: Workstation, wanted: number): Promise<string[]> {
  const made: string[] = [];
  for await (const applicationId of pending(desk)) {
    if (made.length === wanted) return made;
    if (!(await reviewByEye(desk, applicationId))) continue;
    const prepared = await desk.call('act.prepareApproval', { applicationId });
    if (prepared.ok) made.push(await sign(stand, desk, prepared.value.intentId));
  }
  if (made.length < wanted) throw new Error(`only ${made.length} cases could be approved`);
  return made;
}

async function annul(stand: Stand, desk: Workstation, wanted: number): Promise<string[]> {
  const made: string[] = [];
  const box = { picture: 'photo' as const, x: 0.1, y: 0.1, w: 0.8, h: 0.3 };
  for await (const applicationId of pending(desk)) {
    if (made.length === wanted) return made;
    const reasons = [{ code: 'PHOTO_BACKGROUND', comment: null, boxes: [box] }];
    const { intentId } = await desk.get('act.prepareAnnulment', { applicationId, reasons });
    made.push(await sign(stand, desk, intentId));
  }
  throw new Error(`only ${made.length} cases could be annulled`);
}

async function handOver(stand: Stand, desk: Workstation, wanted: number): Promise<string[]> {
  const { rows } = await desk.get('issuance.page', {
    view: 'ready',
    search: '',
    after: null,
    limit: 100,
  });
  const made: string[] = [];
  for (const { applicationId } of rows) {
    if (made.length === wanted) break;
    const opened = await desk.get('issuance.open', { applicationId });
    const questions = opened.questions.map(({ code }) => ({ code, outcome: 'right' as const }));
    const { intentId } = await desk.get('issuance.prepareHandOver', {
      applicationId,
      present: true,
      questions,
      oldCard: { outcome: 'surrendered', reason: null, text: opened.oldCard.number },
      card: opened.card.number,
    });
    made.push(await sign(stand, desk, intentId));
  }
  if (made.length < wanted) throw new Error(`only ${made.length} cards could be handed over`);
  return made;
}

const sign = async (stand: Stand, desk: Workstation, intentId: string): Promise<string> =>
  (await desk.get('act.sign', { intentId, pin: stand.pin })).actId;

/** Waits until the node took each act, then writes its pack. */
async function write(
  stand: Stand,
  desk: Workstation,
  folder: string,
  acts: readonly string[],
): Promise<number> {
  const session = desk.core.desk.session;
  if (session === null) throw new Error('nobody is logged in');
  for (const actId of acts) {
    await until(
      async () => (await stand.control.acts()).some((act) => act.actId === actId),
      `act ${actId} at the node`,
    );
    await until(
      () => session.store.evidence.find(actId)?.facts.revocation != null,
      `evidence of act ${actId}`,
    );
    for (const [name, bytes] of actPack(desk.core.desk as OpenDesk, actId) ?? []) {
      const file = path.join(folder, actId, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, bytes);
    }
  }
  say(`${acts.length} acts of ${session.officer.department.nameRu}`);
  return acts.length;
}

await main(path.resolve(out));
process.exit(0);
