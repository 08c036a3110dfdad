// The station's revocation desk: what is asked, what is kept, and how often a silent service is troubled.
import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { revocationDesk } from '../../../../src/main/app/revocation-desk.ts';
import type { TrustKeeper } from '../../../../src/main/app/trust-keeper.ts';
import type { KeptAnswer, StationFiles } from '../../../../src/main/ports/station.ts';
import type { NcaCertificate } from '../../../../src/shared/cades/certificate-types.ts';
import { bootstrapTrust } from '../../../../src/shared/cades/trust-list.ts';
import type { RevocationReply } from '../../../../src/shared/central/evidence.ts';
import { createOcspResponder, type OcspResponder } from '../../../../stand/pki/ocsp-responder.ts';
import { makeSoftSigner } from '../../../support/soft-signer.ts';
import { makeAuthorities, readOwn, type TestAuthorities } from '../../../support/soft-token.ts';
import { NOTHING_REVOKED, testService } from '../../../support/trust-services.ts';

const start = new Date('2026-02-10T08:00:00Z');
const MINUTE = 60_000;
let ca: TestAuthorities;
let officer: NcaCertificate;
let responder: OcspResponder;
let now: Date;
let alive: boolean;
let asked: string[];
let kept: KeptAnswer[];
beforeAll(async () => {
  ca = await makeAuthorities(start);
  officer = readOwn((await makeSoftSigner('rsa', ca, start)).certDer);
  const key = await testService(ca, start, 'ocsp');
  responder = createOcspResponder(readOwn(ca.issuing.certDer), key);
});
beforeEach(() => {
  now = start;
  alive = true;
  asked = [];
  kept = [];
});

const desk = () =>
  revocationDesk({
    node: {
      revocation(question) {
        asked.push(question.kind);
        const value: RevocationReply =
          alive && question.kind === 'ocsp'
            ? { kind: 'ocsp', response: answerTo(question.request) }
            : { kind: 'unavailable', why: 'no-answer' };
        return Promise.resolve({ ok: true, value });
      },
    },
    files: {
      readAnswers: () => kept,
      writeAnswers: (next: readonly KeptAnswer[]) => (kept = [...next]),
    } as unknown as StationFiles,
    trust: { current: () => bootstrapTrust(ca) } as TrustKeeper,
    clock: { now: () => now },
    random: randomBytes,
  });
const answerTo = (request: string): string =>
  Buffer.from(
    responder.answer(Buffer.from(request, 'base64'), NOTHING_REVOKED, { now, validSeconds: 600 }),
  ).toString('base64');
const later = (minutes: number): void => {
  now = new Date(now.getTime() + minutes * MINUTE);
};

it('asks once while the answer is fresh, and again when it is not', async () => {
  const one = desk();
  const ask = async () => (await one.ask(officer, 'officer', 5 * MINUTE)).status;
  expect([await ask(), await ask()]).toEqual(['good', 'good']);
  expect(asked).toEqual(['ocsp']);
  later(4);
  await ask();
  later(2);
  await ask();
  expect(asked).toEqual(['ocsp', 'ocsp']);
});

it('two questions at once are one', async () => {
  const one = desk();
  await Promise.all([one.ask(officer, 'officer', 0), one.ask(officer, 'officer', 0)]);
  expect(asked).toEqual(['ocsp']);
});

it('does not trouble a silent service before each signature while a good answer serves', async () => {
  const one = desk();
  await one.ask(officer, 'officer', 5 * MINUTE);
  later(20);
  alive = false;
  for (let i = 0; i < 50; i++)
    expect((await one.ask(officer, 'officer', 5 * MINUTE)).status).toBe('unavailable');
  expect(asked).toEqual(['ocsp', 'ocsp', 'crl']);
  expect(one.known(officer)?.status).toBe('good');
  later(1);
  alive = true;
  expect((await one.ask(officer, 'officer', 5 * MINUTE)).status).toBe('good');
});

it('remembers over a restart only what it can verify again', async () => {
  await desk().ask(officer, 'officer', 0);
  expect(desk().known(officer)).toMatchObject({ status: 'good', asOf: start });
  const [answer] = kept;
  const bent = Buffer.from(answer!.der, 'base64');
  bent[bent.length - 40]! ^= 1;
  kept = [{ ...answer!, der: bent.toString('base64') }];
  expect(desk().known(officer)).toBeNull();
  // Another time written into the file does not make an old answer young: its own date is signed.
  kept = [{ ...answer!, at: new Date(start.getTime() + 60 * MINUTE).toISOString() }];
  expect(desk().known(officer)).toBeNull();
  await desk().ask(officer, 'applicant', 0);
  expect(kept).toHaveLength(1); // applicants' answers are not written down
});
