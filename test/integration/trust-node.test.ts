// Revocation and evidence at the node: what its CA says decides, a dead service stops nobody for long.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPglite } from '../../stand/central/database-pglite.ts';
import { signatureValue } from '../../src/shared/cades/cades-t.ts';
import { readOcspAnswer } from '../../src/shared/cades/ocsp.ts';
import { verifyTimeStamp } from '../../src/shared/cades/timestamp.ts';
import { openTrustList } from '../../src/shared/cades/trust-list.ts';
import { readPemCertificates } from '../../src/shared/cades/trust.ts';
import type { PkiKeys } from '../../stand/pki/pki-keys.ts';
import { anApplication, POINT } from '../support/central/an-application.ts';
import { acceptance } from '../support/central/custody-statements.ts';
import { actBody, type NodeClient } from '../support/central/node-client.ts';
import { approval } from '../support/central/statements.ts';
import { startTestNode, testAuthorities, type TestNode } from '../support/central/test-node.ts';
import { readOwn } from '../support/soft-token.ts';
import { testServices } from '../support/trust-services.ts';
import { until } from '../support/workstation.ts';

let test: TestNode;
let keys: PkiKeys;
let client: NodeClient;
const applications = Array.from({ length: 8 }, () => anApplication());
const travelling = anApplication({ head: { stage: 'in-production' } });
const officer = 'reviewer-almaty';
const serial = (): string => readOwn(test.signer(officer).certDer).serialHex;

beforeAll(async () => {
  const { authorities, now } = await testAuthorities();
  keys = await testServices(authorities, now);
  test = await startTestNode({
    database: (await openPglite(null)).database,
    applications: [...applications, travelling],
    services: keys,
  });
  client = await test.loggedIn(officer);
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.control.setServices({ ocsp: 'on', crl: 'on', tsa: 'on', trustList: 'good' });
  await test.control.setCertificate({ serial: serial(), state: 'good' });
});

let next = 0;
/** Claims the next case and approves it. */
async function approve() {
  const { dossier } = applications[next++]!;
  const claim = await client.get('claim', { body: { applicationId: dossier.applicationId } });
  const statement = approval(dossier, claim, test.officer(officer), client.stationId);
  const body = actBody(test.signer(officer), statement);
  return { body, reply: await client.call('submitAct', { body }) };
}
const evidence = (actId: string) => client.get('actEvidence', { params: { actId } });

describe('an act', () => {
  it('is stamped after it was accepted, with the answer about its certificate beside it', async () => {
    const { body, reply } = await approve();
    expect(reply).toMatchObject({ ok: true });
    const found = await until(async () => {
      const one = await evidence(body.actId);
      return one.timeStamp !== null && one;
    }, 'the stamp');
    const cms = Buffer.from(body.cms, 'base64');
    const now = new Date();
    const stamp = verifyTimeStamp({
      token: Buffer.from(found.timeStamp!, 'base64'),
      stamped: signatureValue(cms),
      nonce: null,
      ...test.authorities,
      between: { from: test.now, to: now },
    });
    expect(stamp).toMatchObject({ ok: true });
    const answer = readOcspAnswer({
      response: Buffer.from(found.ocsp!, 'base64'),
      certificate: readOwn(test.signer(officer).certDer),
      issuer: readOwn(test.authorities.issuing.certDer),
      nonce: null,
      now,
    });
    expect(answer.status).toBe('good');
    expect(found.crl).toBeNull();
  });

  it('of custody is stamped too, and refused of a revoked certificate', async () => {
    const issuer = await test.loggedIn('issuer-almaty', 'counter-1');
    const own = readOwn(test.signer('issuer-almaty').certDer).serialHex;
    const parcel = await test.control.makeDispatch({ point: POINT.code, count: 1 });
    const statement = acceptance(parcel, test.officer('issuer-almaty'), 'counter-1');
    const body = actBody(test.signer('issuer-almaty'), statement);
    await test.control.setCertificate({ serial: own, state: 'revoked', reason: 'key-compromise' });
    expect(await issuer.call('submitCustody', { body })).toMatchObject({
      code: 'certificate-refused',
    });
    await test.control.setCertificate({ serial: own, state: 'good' });
    expect(await issuer.call('submitCustody', { body })).toMatchObject({ ok: true });
    const params = { params: { actId: body.actId } };
    await until(async () => {
      const found = await issuer.get('actEvidence', params);
      return found.timeStamp !== null && found.ocsp !== null;
    }, 'the stamp of the custody act');
    expect(await client.call('actEvidence', params)).toMatchObject({ code: 'out-of-scope' });
  });

  it('is accepted while the time-stamp authority is dead; the stamp follows', async () => {
    await test.control.setServices({ tsa: 'dead' });
    const { body, reply } = await approve();
    expect(reply).toMatchObject({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await evidence(body.actId)).timeStamp).toBeNull();
    await test.control.setServices({ tsa: 'on' });
    await until(async () => (await evidence(body.actId)).timeStamp !== null, 'the late stamp');
  });

  it('is proved by the lists while OCSP is dead, foreign or answers without our nonce', async () => {
    for (const ocsp of ['dead', 'foreign', 'no-nonce'] as const) {
      await test.control.setServices({ ocsp });
      const { body, reply } = await approve();
      expect(reply, ocsp).toMatchObject({ ok: true });
      const found = await evidence(body.actId);
      expect([found.ocsp, typeof found.crl, typeof found.deltaCrl]).toEqual([
        null,
        'string',
        'string',
      ]);
    }
  });

  it('is refused of a revoked certificate, whichever service says so, and of an unknown one', async () => {
    const answer = async (state: 'revoked' | 'unknown', ocsp: 'on' | 'dead') => {
      await test.control.setServices({ ocsp });
      await test.control.setCertificate({ serial: serial(), state, reason: 'key-compromise' });
      next -= 1; // the same case is tried again
      return (await approve()).reply;
    };
    next += 1;
    const refused = (reason: string) => ({
      ok: false,
      code: 'certificate-refused',
      params: { reason },
    });
    expect(await answer('revoked', 'on')).toMatchObject(refused('revoked'));
    expect(await answer('revoked', 'dead')).toMatchObject(refused('revoked'));
    expect(await answer('unknown', 'on')).toMatchObject(refused('status-unknown'));
    const login = await test.client().logIn(test.signer(officer), test.officer(officer).iin);
    expect(login).toMatchObject(refused('status-unknown'));
  });

  it('is accepted on the last good answer when all is dead, and asked to wait without one', async () => {
    await test.control.setServices({ ocsp: 'dead', crl: 'stale' });
    expect((await approve()).reply).toMatchObject({ ok: true });
    // Another officer of whom nothing good was heard: let in, but the act has to wait.
    const fresh = await startTestNode({
      database: (await openPglite(null)).database,
      applications: [applications[7]!],
      services: keys,
    });
    await fresh.control.setServices({ ocsp: 'dead', crl: 'dead' });
    const other = await fresh.loggedIn(officer);
    const { dossier } = applications[7]!;
    const claim = await other.get('claim', { body: { applicationId: dossier.applicationId } });
    const statement = approval(dossier, claim, fresh.officer(officer), other.stationId);
    const body = actBody(fresh.signer(officer), statement);
    expect(await other.call('submitAct', { body })).toMatchObject({
      ok: false,
      code: 'unavailable',
    });
    await fresh.control.setServices({ ocsp: 'on' });
    expect(await other.call('submitAct', { body })).toMatchObject({ ok: true });
    await fresh.close();
  });
});

describe('questions and lists', () => {
  it('are passed on only for the CA the node knows', async () => {
    const request = Buffer.from('x').toString('base64');
    const ask = (issuerSha256: string) =>
      test.client().get('revocation', { body: { kind: 'ocsp', issuerSha256, request } });
    expect(await ask('0'.repeat(64))).toEqual({ kind: 'unavailable', why: 'no-responder' });
    const ours = readOwn(test.authorities.issuing.certDer).sha256;
    expect(await ask(ours)).toMatchObject({ kind: 'ocsp' }); // the responder itself says "malformed"
    await test.control.setServices({ ocsp: 'dead' });
    expect(await ask(ours)).toEqual({ kind: 'unavailable', why: 'no-answer' });
  });

  it('the trust list is signed, and not sent twice under one ETag', async () => {
    const first = await test.client().raw('trustList');
    const { list, signature } = JSON.parse(first.bytes.toString('utf8')) as Record<string, string>;
    const opened = openTrustList({
      list: Buffer.from(list!, 'base64'),
      signature: Buffer.from(signature!, 'base64'),
      pins: readPemCertificates(keys.listCaPem),
      now: new Date(),
      newest: null,
    });
    expect(opened).toMatchObject({ ok: true, stale: false });
    const etag = String(first.headers['etag']);
    const again = await test.client().raw('trustList', { headers: { 'if-none-match': etag } });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
  });
});
