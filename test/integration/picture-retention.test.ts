// Pictures and measures leave a real encrypted cache after the node's days, never those that are still needed.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteOpener } from '../../src/main/adapters/sqlite/open-store.ts';
import { facesKey, portraitKey } from '../../src/main/app/case-measured.ts';
import type { OpenDesk } from '../../src/main/app/desk.ts';
import { dropOldPictures } from '../../src/main/app/drop-old-pictures.ts';
import { initialCase } from '../../src/main/domain/case-machine.ts';
import type { CaseColumns } from '../../src/main/ports/case-store.ts';
import type { Store } from '../../src/main/ports/store.ts';
import { standConfig } from '../../stand/central/config-data.ts';
import { anApplication } from '../support/an-application.ts';
import { SQLITE_BINDING } from '../support/workstation.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-22T10:00:00.000Z');
const daysAgo = (days: number): string => new Date(NOW - days * DAY_MS).toISOString();
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

let dir: string;
let store: Store;
let now: number;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-retention-'));
  const opened = sqliteOpener({ nativeBinding: SQLITE_BINDING }).open(
    path.join(dir, 'cache.db'),
    randomBytes(32),
  );
  if (!opened.ok) throw new Error(opened.failure);
  store = opened.store;
  now = NOW;
});
afterEach(() => {
  store.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

const drop = (one: OpenDesk) => dropOldPictures(one, new AbortController().signal);

/** What happens while the officer is let in between. */
let breath = (): void => undefined;

function desk(roles: string[] = ['reviewer']): OpenDesk {
  const session = {
    store,
    officer: { roles, iin: '991332300002', fullName: 'Ә' },
    config: standConfig({ picturesKeptDays: 30 }),
  };
  const clock = {
    now: () => new Date(now),
    breathe: () => Promise.resolve(breath()),
    sha256: (b: Uint8Array) => sha(Buffer.from(b).toString('hex')),
  };
  return { session, deps: { clock, push: () => undefined } } as unknown as OpenDesk;
}

const columns: CaseColumns = {
  view: 'done',
  attention: false,
  name: 'n',
  nameFolded: 'n',
  iinMasked: '',
  phoneKey: '',
  searchText: '',
  dueAt: daysAgo(0),
  mine: false,
  findings: { disagrees: 0, look: 0, noData: 0 },
};

/** A case of one photo and one signature, whose pictures were fetched so many days ago. */
function aCase(
  name: string,
  fetched: number,
  own: Partial<CaseColumns> = {},
  mine = false,
): string {
  const applicationId = randomUUID();
  const dossier = anApplication({
    applicationId,
    photo: { sha256: sha(`${name} photo`), mime: 'image/jpeg', bytes: 10 },
    signature: { sha256: sha(`${name} signature`), mime: 'image/png', bytes: 10 },
    referencePhoto: null,
    referenceSignature: null,
    earlier: [],
  });
  const lease = { leaseId: randomUUID(), until: daysAgo(-1) };
  const state = mine
    ? { ...initialCase, stage: 'in-review' as const, lease }
    : { ...initialCase, stage: 'annulled' as const };
  const head = {
    stage: 'annulled',
    revision: 1,
    timeline: [],
    holder: null,
    card: null,
    decision: null,
  };
  store.cases.save(
    {
      applicationId,
      seq: 1,
      dossier,
      dossierSha256: sha(name),
      head,
      state,
      signature: null,
    } as never,
    { ...columns, ...own },
  );
  const verdict = { ok: true, mime: 'image/jpeg', width: 1, height: 1 } as never;
  for (const { sha256 } of [dossier.photo, dossier.signature])
    store.pictures.save(sha256, { bytes: new Uint8Array(10), verdict }, daysAgo(fetched));
  const failed = { ok: false, failure: 'died' } as const;
  store.measures.save(portraitKey(dossier.photo), 'e', failed, daysAgo(0));
  store.measures.save(facesKey(dossier.photo, { sha256: sha('other') }), 'e', failed, daysAgo(0));
  return applicationId;
}
const has = (name: string) => ({
  picture: store.pictures.has(sha(`${name} photo`)),
  signature: store.pictures.has(sha(`${name} signature`)),
  measure: store.measures.find(portraitKey({ sha256: sha(`${name} photo`) }), 'e') !== null,
  faces:
    store.measures.find(
      facesKey({ sha256: sha(`${name} photo`) }, { sha256: sha('other') }),
      'e',
    ) !== null,
});
const all = { picture: true, signature: true, measure: true, faces: true };
const none = { picture: false, signature: false, measure: false, faces: false };

function act(applicationId: string, state: 'queued' | 'accepted', at: string): void {
  const body = new TextEncoder().encode('{}');
  store.outbox.add({
    ...{ id: randomUUID(), applicationId, kind: 'approval', state, body, sha256: sha('{}') },
    ...{ cms: null, createdAt: at, stateAt: at, attempts: 0, maybeSeen: false, nextTryAt: null },
    ...{ lastAnswer: null, acceptedAt: state === 'accepted' ? at : null },
  });
}

describe('pictures of decided cases', () => {
  it('go with their measures after the days, counted in the journal; younger ones stay', async () => {
    aCase('old', 31);
    aCase('young', 29);
    expect(await drop(desk())).toBe(2);
    expect([has('old'), has('young')]).toEqual([none, all]);
    const [row] = store.journal.page({ kinds: [], text: '', before: null, limit: 10 }).rows;
    expect(row).toMatchObject({ kind: 'pictures-dropped', details: { pictures: 2, days: 30 } });
  });

  it('stay while an act is open, or was accepted within the days, or the case is held', async () => {
    act(aCase('open act', 90), 'queued', daysAgo(80));
    act(aCase('decided lately', 90), 'accepted', daysAgo(5));
    act(aCase('decided long ago', 90), 'accepted', daysAgo(40));
    aCase('held', 90, { view: 'pending', mine: true }, true);
    expect(await drop(desk())).toBe(2);
    expect(['open act', 'decided lately', 'decided long ago', 'held'].map(has)).toEqual([
      all,
      all,
      none,
      all,
    ]);
  });

  it('are let be where a case came in hand while they were looked for; the officer waits for no search', async () => {
    for (let n = 0; n < 101; n += 1) act(aCase(`lately ${n}`, 90), 'accepted', daysAgo(5));
    const late = aCase('late', 90);
    let breaths = 0;
    breath = () => {
      breaths += 1;
      if (breaths === 1) act(late, 'queued', daysAgo(0));
    };
    aCase('old', 90);
    expect(await drop(desk())).toBe(2);
    breath = () => undefined;
    expect([has('late'), has('old')]).toEqual([all, none]);
    expect(breaths).toBeGreaterThan(3);
  });

  it('are looked through once an hour', async () => {
    const one = desk();
    expect(await drop(one)).toBe(0);
    aCase('old', 31);
    now += 59 * 60_000;
    expect(await drop(one)).toBe(0);
    now += 60_000;
    expect(await drop(one)).toBe(2);
  });
});
