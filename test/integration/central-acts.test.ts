// Signed acts at the central node: every field compared, every refusal typed, accepted exactly once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeasureRow } from '../../src/shared/central/statement.ts';
import type { SeededApplication } from '../../stand/central/load.ts';
import { anApplication, atPoint } from '../support/central/an-application.ts';
import { actBody, newId, type NodeClient } from '../support/central/node-client.ts';
import { annulment, approval, handOver } from '../support/central/statements.ts';
import {
  onBothDatabases,
  startTestNode,
  type OfficerId,
  type TestNode,
} from '../support/central/test-node.ts';

const HEX = 'f'.repeat(64);
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

onBothDatabases('acts', (open) => {
  let test: TestNode;
  let reviewer: NodeClient;
  let issuer: NodeClient;
  const clean = Array.from({ length: 12 }, () => anApplication());
  const cards = Array.from({ length: 3 }, () => atPoint());
  const paid = anApplication({
    dossier: { fee: { kind: 'paid', amountTenge: 865, paidAt: anHourAgo(), basis: 'НК РК' } },
  });
  const withReference = (): SeededApplication => {
    const made = anApplication();
    return { ...made, dossier: { ...made.dossier, referencePhoto: made.dossier.photo } };
  };
  const compared = withReference();
  const failed = (code: string) => {
    const made = anApplication();
    const checks = made.dossier.checks.map((check) =>
      check.code === code ? { ...check, outcome: 'failed' as const } : check,
    );
    return { ...made, dossier: { ...made.dossier, checks } };
  };
  const soft = failed('photo-match');
  const hard = failed('legal-capacity');
  let next = 0;
  const fresh = (): SeededApplication => clean[next++] as SeededApplication;

  beforeAll(async () => {
    const applications = [...clean, ...cards, paid, compared, soft, hard];
    test = await startTestNode({ database: await open(), applications });
    reviewer = await test.loggedIn('reviewer-almaty', 'station-1');
    issuer = await test.loggedIn('issuer-almaty', 'counter-1');
  });
  afterAll(() => test.close());

  /** Claims the case and makes the facts of a statement. */
  async function facts(client: NodeClient, id: OfficerId, { dossier }: SeededApplication) {
    const lease = await client.get('claim', { body: { applicationId: dossier.applicationId } });
    return [dossier, lease, test.officer(id), client.stationId] as const;
  }
  const send = (client: NodeClient, id: OfficerId, statement: { actId: string }) =>
    client.call('submitAct', { body: actBody(test.signer(id), statement) });
  const review = (statement: { actId: string }) => send(reviewer, 'reviewer-almaty', statement);

  it('accepts an approval: in production, decided, stored with the very bytes', async () => {
    const one = fresh();
    const statement = approval(...(await facts(reviewer, 'reviewer-almaty', one)));
    const body = actBody(test.signer('reviewer-almaty'), statement);
    const reply = await reviewer.get('submitAct', { body });
    expect(reply).toMatchObject({ actId: statement.actId, stage: 'in-production' });
    expect(await reviewer.get('findAct', { params: { actId: statement.actId } })).toEqual(reply);
    const { head } = await test.control.findApplication({ applicationId: statement.applicationId });
    expect(head).toMatchObject({
      stage: 'in-production',
      holder: null,
      decision: { kind: 'approve' },
    });
    expect(head.timeline.map(({ event }) => event).slice(-2)).toEqual([
      'approved',
      'production-started',
    ]);
    const [stored] = (await test.control.acts()).filter(({ actId }) => actId === statement.actId);
    expect(stored?.cmsBase64).toBe(body.cms);
    expect(Buffer.from(stored?.statement ?? '').toString('base64')).toBe(body.statement);
  });

  describe('refuses each changed field of an approval', () => {
    let right: ReturnType<typeof approval>;
    beforeAll(async () => {
      right = approval(...(await facts(reviewer, 'reviewer-almaty', compared)));
    });
    const checks = () => right.checks;
    const rules = () => right.rules;
    const override = { reason: 'потому что' };
    const without = (code: string) => right.measures.filter((row) => row.code !== code);
    const measureWith = (code: string, change: Partial<MeasureRow>) =>
      right.measures.map((row) => (row.code === code ? { ...row, ...change } : row));
    it.each<[string, string, () => object]>([
      ['ticket', 'ticket', () => ({ ticket: 'other' })],
      ['dossierSha256', 'dossierSha256', () => ({ dossierSha256: HEX })],
      ['photoSha256', 'photoSha256', () => ({ photoSha256: HEX })],
      ['signatureSha256', 'signatureSha256', () => ({ signatureSha256: HEX })],
      ['officerIin', 'officerIin', () => ({ officerIin: '991332300012' })],
      ['departmentBin', 'departmentBin', () => ({ departmentBin: '991340000027' })],
      ['stationId', 'stationId', () => ({ stationId: 'station-2' })],
      [
        'challenge',
        'challenge.value',
        () => ({ challenge: { ...right.challenge, value: 'x'.repeat(43) } }),
      ],
      [
        'challenge expiry',
        'challenge.expiresAt',
        () => ({ challenge: { ...right.challenge, expiresAt: inAnHour() } }),
      ],
      ['at in the future', 'at', () => ({ at: inAnHour() })],
      ['at before the lease', 'at', () => ({ at: anHourAgo() })],
      ['a check left out', 'checks', () => ({ checks: checks().slice(1) })],
      ['checks in another order', 'checks.0.code', () => ({ checks: checks().toReversed() })],
      [
        'a check outcome',
        'checks.fee.outcome',
        () => ({
          checks: checks().map((c) => (c.code === 'fee' ? { ...c, outcome: 'error' } : c)),
        }),
      ],
      [
        'an override nobody needs',
        'checks.photo-match.override',
        () => ({
          checks: checks().map((c) => (c.code === 'photo-match' ? { ...c, override } : c)),
        }),
      ],
      ['a rule left out', 'rules', () => ({ rules: rules().slice(1) })],
      ['rules in another order', 'rules.0.code', () => ({ rules: rules().toReversed() })],
      [
        'a rule the node computes',
        'rules.filing-window.outcome',
        () => ({
          rules: rules().map((r) => (r.code === 'filing-window' ? { ...r, outcome: 'look' } : r)),
        }),
      ],
      [
        'an override of a final rule',
        'rules.iin-check-digit.override',
        () => ({
          rules: rules().map((r) => (r.code === 'iin-check-digit' ? { ...r, override } : r)),
        }),
      ],
      [
        'other limits',
        'measuring.limits',
        () => ({ measuring: { ...right.measuring, limits: 'x' } }),
      ],
      [
        'no engine',
        'measuring.engine',
        () => ({ measuring: { ...right.measuring, engine: null } }),
      ],
      ['a finding left out', 'measures.smile', () => ({ measures: without('smile') })],
      [
        'the comparison with the reference photo left out',
        'measures.same-person',
        () => ({ measures: without('same-person') }),
      ],
      [
        'a finding twice',
        'measures',
        () => ({ measures: [...right.measures.slice(1), ...right.measures.slice(1, 2)] }),
      ],
      [
        'a softer limit',
        'measures.smile.tolerated',
        () => ({ measures: measureWith('smile', { tolerated: { min: null, max: null } }) }),
      ],
      [
        'a value that is not its state',
        'measures.smile.state',
        () => ({ measures: measureWith('smile', { value: 0.99 }) }),
      ],
      [
        'an answer where none was wanted',
        'measures.smile.answer',
        () => ({ measures: measureWith('smile', { answer: { reason: null } }) }),
      ],
      [
        'a fault waved through without a reason',
        'measures.smile.answer',
        () => ({
          measures: measureWith('smile', {
            value: 0.99,
            state: 'disagrees',
            answer: { reason: null },
          }),
        }),
      ],
      ['a question left out', 'checklist', () => ({ checklist: right.checklist.slice(1) })],
      ['a group not confirmed', 'confirmed', () => ({ confirmed: ['register', 'rules', 'photo'] })],
      [
        'a group confirmed twice',
        'confirmed',
        () => ({ confirmed: ['register', 'rules', 'photo', 'photo'] }),
      ],
    ])('%s', async (_title, field, change) => {
      const statement = { ...right, actId: newId(), ...change() };
      expect(await review(statement)).toMatchObject({
        ok: false,
        status: 422,
        code: 'statement-mismatch',
        params: { field },
      });
    });

    it('and the ones with refusals of their own', async () => {
      const changed = (change: object) => ({ ...right, actId: newId(), ...change });
      expect(await review(changed({ revision: 2 }))).toMatchObject({ code: 'revision-mismatch' });
      expect(await review(changed({ applicationId: newId() }))).toMatchObject({
        code: 'not-found',
      });
      expect(await review(changed({ version: 3 }))).toMatchObject({ code: 'statement-malformed' });
      expect(await review(changed({ more: true }))).toMatchObject({ code: 'statement-malformed' });
      const body = actBody(test.signer('reviewer-almaty'), right);
      expect(await reviewer.call('submitAct', { body: { ...body, actId: newId() } })).toMatchObject(
        {
          params: { field: 'actId' },
        },
      );
      const rules = right.rules.map((rule) =>
        rule.code === 'photo-age' ? { ...rule, outcome: 'disagrees' as const } : rule,
      );
      expect(await review(changed({ rules }))).toMatchObject({
        code: 'not-approvable',
        params: { rule: 'photo-age' },
      });
      const measures = measureWith('smile', { value: 0.7, state: 'look' });
      expect(await review(changed({ measures }))).toMatchObject({
        code: 'not-approvable',
        params: { measure: 'smile' },
      });
      const checklist = right.checklist.map((question) =>
        question.code === 'glasses' ? { ...question, answer: null } : question,
      );
      expect(await review(changed({ checklist }))).toMatchObject({
        code: 'not-approvable',
        params: { question: 'glasses' },
      });
      expect((await review(right)).ok).toBe(true); // unchanged it is good
    });
  });

  it('refuses a comparison with a reference photo that there is not', async () => {
    const [dossier, ...rest] = await facts(reviewer, 'reviewer-almaty', fresh());
    const [row] = approval(withReference().dossier, ...rest).measures.filter(
      ({ code }) => code === 'same-person',
    );
    const right = approval(dossier, ...rest);
    const statement = { ...right, measures: [...right.measures, row] };
    expect(await review(statement)).toMatchObject({
      code: 'statement-mismatch',
      params: { field: 'measures.same-person' },
    });
  });

  it('refuses a foreign key, a broken signature and spaces in the JSON', async () => {
    const statement = approval(...(await facts(reviewer, 'reviewer-almaty', fresh())));
    expect(await send(reviewer, 'head-almaty', statement)).toMatchObject({
      code: 'certificate-refused',
      params: { reason: 'iin-mismatch' },
    });
    const signer = test.signer('reviewer-almaty');
    const wrong = { ...actBody(signer, statement), cms: actBody(signer, { actId: newId() }).cms };
    expect(await reviewer.call('submitAct', { body: wrong })).toMatchObject({
      code: 'signature-invalid',
    });
    const spaced = Buffer.from(JSON.stringify(statement, null, 1));
    const body = {
      actId: statement.actId,
      statement: spaced.toString('base64'),
      cms: Buffer.from(signer.cms(spaced)).toString('base64'),
    };
    expect(await reviewer.call('submitAct', { body })).toMatchObject({
      code: 'statement-malformed',
      params: { detail: 'not canonical' },
    });
  });

  it('is idempotent: in parallel, after a lost answer, and against other bytes', async () => {
    const statement = approval(...(await facts(reviewer, 'reviewer-almaty', fresh())));
    const body = actBody(test.signer('reviewer-almaty'), statement);
    await test.control.addFault({ kind: 'drop', when: 'after', operation: 'submitAct', times: 1 });
    await expect(reviewer.call('submitAct', { body })).rejects.toThrow();
    const stored = (await test.control.acts()).filter(({ actId }) => actId === body.actId);
    expect(stored).toHaveLength(1); // the answer was lost, the act was not
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => reviewer.get('submitAct', { body })),
    );
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    const changed = { ...statement, at: inAnHour() };
    const other = actBody(test.signer('reviewer-almaty'), changed);
    expect(await reviewer.call('submitAct', { body: other })).toMatchObject({
      code: 'idempotency-mismatch',
    });
  });

  it('accepts one of two acts sent at once, and one act sent ten times at once', async () => {
    const one = await facts(reviewer, 'reviewer-almaty', fresh());
    const rivals = [approval(...one), annulment(...one)];
    const replies = await Promise.all(rivals.map(review));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    expect(replies.find(({ ok }) => !ok)).toMatchObject({ code: 'stage-mismatch' });
    const body = actBody(
      test.signer('reviewer-almaty'),
      approval(...(await facts(reviewer, 'reviewer-almaty', fresh()))),
    );
    const many = await Promise.all(
      Array.from({ length: 10 }, () => reviewer.call('submitAct', { body })),
    );
    expect(many.every(({ ok }) => ok)).toBe(true);
    const acts = await test.control.acts();
    expect(acts.filter(({ actId }) => actId === body.actId)).toHaveLength(1);
  });

  it('accepts an act signed offline after the lease ran out, unless somebody else came', async () => {
    const kept = approval(...(await facts(reviewer, 'reviewer-almaty', fresh())));
    const lost = approval(...(await facts(reviewer, 'reviewer-almaty', fresh())));
    await test.control.expireLease({ applicationId: kept.applicationId });
    expect(await review(kept)).toMatchObject({ ok: true });
    await test.control.claimAs({ applicationId: lost.applicationId });
    expect(await review(lost)).toMatchObject({ code: 'claimed-by-other' });
    await test.control.expireLease({ applicationId: lost.applicationId });
    expect(await review(lost)).toMatchObject({ code: 'lease-expired' });
    const unclaimed = fresh();
    const lease = { ...kept, leaseId: newId(), since: kept.at, until: kept.at };
    const never = approval(unclaimed.dossier, lease, test.officer('reviewer-almaty'), 'station-1');
    expect(await review(never)).toMatchObject({ code: 'lease-missing' });
  });

  it('refuses an act whose challenge is too old', async () => {
    const statement = approval(...(await facts(reviewer, 'reviewer-almaty', fresh())));
    await test.control.setClock({ offsetMs: 73 * 3_600_000 });
    const late = await test
      .loggedIn('reviewer-almaty', 'station-1')
      .catch((error: unknown) => error);
    expect(String(late)).toContain('statement-mismatch'); // this clock is wrong for a log-in too
    await test.control.setClock({ offsetMs: 0 });
    expect((await review(statement)).ok).toBe(true);
  });

  it('approves over a failed check only with a reason, where the order allows one', async () => {
    const open = approval(...(await facts(reviewer, 'reviewer-almaty', soft)));
    expect(await review(open)).toMatchObject({
      code: 'not-approvable',
      params: { check: 'photo-match' },
    });
    const reason = { reason: 'Сверено глазами с фотографией ГБД ФЛ' };
    const overridden = (statement: typeof open, code: string) => ({
      ...statement,
      actId: newId(),
      checks: statement.checks.map((c) => (c.code === code ? { ...c, override: reason } : c)),
    });
    expect((await review(overridden(open, 'photo-match'))).ok).toBe(true);
    const never = approval(...(await facts(reviewer, 'reviewer-almaty', hard)));
    expect(await review(never)).toMatchObject({ code: 'not-approvable' });
    expect(await review(overridden(never, 'legal-capacity'))).toMatchObject({
      code: 'statement-mismatch',
      params: { field: 'checks.legal-capacity.override' },
    });
    const annulled = {
      ...annulment(...(await facts(reviewer, 'reviewer-almaty', hard))),
      reasons: [{ code: 'EXTRA_CHECK_REQUIRED', comment: null, boxes: [] }],
    };
    expect(await review(annulled)).toMatchObject({ ok: true, value: { stage: 'annulled' } });
  });

  it('annuls for known reasons, with comment and refund as its own record says', async () => {
    const right = annulment(...(await facts(reviewer, 'reviewer-almaty', paid)));
    // Filed in 2026, when nothing was due: the node says "look", so must the statement.
    const rules = right.rules.map((rule) =>
      rule.code === 'fee-by-date' ? { ...rule, outcome: 'look' as const } : rule,
    );
    const changed = (change: object) => ({
      ...right,
      rules,
      refundDue: true,
      actId: newId(),
      ...change,
    });
    const reasons = (...codes: string[]) => ({
      reasons: codes.map((code) => ({ code, comment: null, boxes: [] })),
    });
    const mismatch = (field: string) => ({ code: 'statement-mismatch', params: { field } });
    expect(await review(changed({ refundDue: false }))).toMatchObject(mismatch('refundDue'));
    expect(await review(changed(reasons('NO_SUCH')))).toMatchObject({ code: 'reason-unknown' });
    expect(await review(changed(reasons('OTHER')))).toMatchObject(
      mismatch('reasons.OTHER.comment'),
    );
    expect(await review(changed(reasons('PHOTO_OLD', 'PHOTO_OLD')))).toMatchObject(
      mismatch('reasons'),
    );
    expect(await review(changed(reasons('DATA_MISMATCH')))).toMatchObject(mismatch('refundDue'));
    expect(await review(changed({}))).toMatchObject({ ok: true });
    const { head } = await test.control.findApplication({ applicationId: right.applicationId });
    expect(head).toMatchObject({
      stage: 'annulled',
      decision: { kind: 'annul', reasons: ['PHOTO_LIGHT'] },
    });
  });

  it('hands a card over once, to the person, at its own point, and records refusals before', async () => {
    const [card, rival] = cards as [SeededApplication, SeededApplication];
    const report = {
      reportId: newId(),
      kind: 'hand-over-refused',
      applicationId: card.dossier.applicationId,
      reason: 'proxy',
      clause: '4.3',
      stationId: 'counter-1',
      at: new Date().toISOString(),
    };
    const recorded = await issuer.get('report', { body: report });
    expect(await issuer.get('report', { body: report })).toEqual(recorded);
    expect(await issuer.call('report', { body: { ...report, reason: 'no-ticket' } })).toMatchObject(
      {
        code: 'idempotency-mismatch',
      },
    );
    expect(await reviewer.call('report', { body: report })).toMatchObject({ code: 'forbidden' });
    expect(await test.control.reports()).toMatchObject([{ reason: 'proxy' }]);
    const right = handOver(...(await facts(issuer, 'issuer-almaty', card)));
    const give = (change: object) =>
      send(issuer, 'issuer-almaty', { ...right, actId: newId(), ...change });
    const field = (name: string) => ({ code: 'statement-mismatch', params: { field: name } });
    expect(await give({ cardNumber: '012345679' })).toMatchObject(field('cardNumber'));
    expect(await give({ registrationPoint: '750000000-02' })).toMatchObject(
      field('registrationPoint'),
    );
    expect(await give({ inPerson: false })).toMatchObject({ code: 'statement-malformed' });
    expect(await give({ cardCheck: { way: 'by-eye', number: '012345679' } })).toMatchObject(
      field('cardCheck.number'),
    );
    const person = card.dossier.authoritative ?? card.dossier.declared;
    const zone = {
      way: 'mrz',
      number: right.cardNumber,
      iin: person.iin,
      birth: person.birthDate.slice(2).replaceAll('-', ''),
      sex: person.sex,
      expiry: '000101',
      corrected: 0,
    };
    expect(await give({ cardCheck: zone })).toMatchObject(field('cardCheck.expiry'));
    const other = { ...zone, iin: '991332300323' };
    expect(await give({ cardCheck: other })).toMatchObject(field('cardCheck.iin'));
    const old = (change: object) => give({ oldCard: { ...right.oldCard, ...change } });
    expect(await old({ number: '000000000' })).toMatchObject(field('oldCard.number'));
    expect(await old({ way: null })).toMatchObject(field('oldCard.way'));
    expect(
      await old({ outcome: 'not-presented', number: null, way: null, reason: null }),
    ).toMatchObject(field('oldCard.reason'));
    expect(await send(reviewer, 'reviewer-almaty', right)).toMatchObject({ code: 'forbidden' });
    expect(await give({})).toMatchObject({ ok: true, value: { stage: 'issued' } });
    expect(await give({})).toMatchObject({ code: 'stage-mismatch' });
    const twice = [1, 2].map(async () =>
      handOver(...(await facts(issuer, 'issuer-almaty', rival))),
    );
    const both = await Promise.all(
      (await Promise.all(twice)).map((one) => send(issuer, 'issuer-almaty', one)),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('keeps what happened in its journal, without names', async () => {
    const journal = await test.control.journal();
    const events = new Set(journal.map(({ event }) => event));
    for (const event of [
      'session-opened',
      'claimed',
      'act-accepted',
      'act-refused',
      'hand-over-refused',
    ])
      expect(events).toContain(event);
    expect(JSON.stringify(journal)).not.toContain('ҮЛГІЛІЕВА');
  });
});
