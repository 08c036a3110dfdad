// The actions table: every "no" has its reason, and approval needs all four groups and nothing blocking.
import { describe, expect, it } from 'vitest';
import {
  STAGE_ACTIONS,
  actionFor,
  caseActions,
  counterActions,
  type ActionContext,
} from '../../../../src/main/domain/actions.ts';
import { initialCase, type CaseState } from '../../../../src/main/domain/case-machine.ts';
import { checklistItems } from '../../../../src/main/domain/checklist.ts';
import { checkRows, proposedReasons } from '../../../../src/main/domain/checks.ts';
import { measureRows } from '../../../../src/main/domain/measure-rows.ts';
import { computeRules } from '../../../../src/main/domain/rules.ts';
import type { Dossier } from '../../../../src/shared/central/application.ts';
import { ROLES } from '../../../../src/shared/central/messages.ts';
import { CHECK_GROUPS } from '../../../../src/shared/central/statement.ts';
import { ACTIONS } from '../../../../src/shared/contract/case.ts';
import { CASE_STAGES } from '../../../../src/shared/contract/queue.ts';
import { standConfig } from '../../../../stand/central/config-data.ts';
import { aCaseMeasured } from '../../../support/a-case-measured.ts';
import { anApplication, checksWith } from '../../../support/an-application.ts';

const config = standConfig();
const lease = {
  leaseId: 'l',
  since: '2026-11-20T04:00:00.000Z',
  until: '2026-11-20T04:30:00.000Z',
  challenge: { value: 'c'.repeat(43), expiresAt: '2026-11-23T04:00:00.000Z' },
};
const rowsOf = (dossier: Dossier, overrides: Record<string, string> = {}) =>
  checkRows(
    dossier,
    computeRules(dossier, config, { verdict: 'valid', reason: null, signer: null }),
    overrides,
    config.checkRules,
  );

const reviewed: CaseState = {
  ...initialCase,
  stage: 'in-review',
  lease,
  confirmed: [...CHECK_GROUPS],
};
const context = (change: Partial<ActionContext> = {}): ActionContext => ({
  state: reviewed,
  roles: ['reviewer'],
  rows: rowsOf(anApplication()),
  checklist: checklistItems(config.pictureLimits, {}),
  heldByOther: false,
  damaged: false,
  picturesReady: true,
  cardDamaged: false,
  returning: false,
  takeBack: false,
  ...change,
});

describe('actions table', () => {
  it('answers every action in every stage for every role, with a reason for each "no"', () => {
    for (const stage of CASE_STAGES.filter((one) => one !== 'damaged'))
      for (const role of ROLES)
        for (const action of ACTIONS) {
          const dto = actionFor(action, context({ state: { ...reviewed, stage }, roles: [role] }));
          expect(dto.enabled).toBe(dto.because === null);
          if (dto.enabled) expect(STAGE_ACTIONS[stage]).toContain(action);
        }
  });

  it('hands over neither a damaged card nor one that is signed for return', () => {
    const at = { state: { ...reviewed, stage: 'at-counter' as const }, roles: ['issuer' as const] };
    expect(actionFor('hand-over', context(at)).enabled).toBe(true);
    expect(actionFor('hand-over', context({ ...at, cardDamaged: true })).because?.code).toBe(
      'card-damaged',
    );
    expect(actionFor('hand-over', context({ ...at, returning: true })).because?.code).toBe(
      'card-returning',
    );
  });

  it('approves a clean, confirmed case', () => {
    expect(actionFor('approve', context()).enabled).toBe(true);
  });

  it.each(CHECK_GROUPS)('does not approve while the group «%s» is unconfirmed', (group) => {
    const state = { ...reviewed, confirmed: CHECK_GROUPS.filter((one) => one !== group) };
    expect(actionFor('approve', context({ state })).because).toEqual({
      code: 'groups-unconfirmed',
      clause: '11',
      params: { count: 1 },
    });
  });

  it('does not approve a failed check without an override, and names it', () => {
    const dossier = anApplication({ checks: checksWith('phone-owner', 'failed') });
    expect(actionFor('approve', context({ rows: rowsOf(dossier) })).because).toEqual({
      code: 'check-failed',
      clause: '3.2',
      params: { code: 'phone-owner' },
    });
    const rows = rowsOf(dossier, { 'phone-owner': 'owner is the spouse, seen in the record' });
    expect(actionFor('approve', context({ rows })).enabled).toBe(true);
  });

  it.each(['failed', 'no-data', 'error'] as const)(
    'blocks an obligatory check on «%s»',
    (answer) => {
      const rows = rowsOf(anApplication({ checks: checksWith('legal-capacity', answer) }));
      expect(rows.filter(({ open }) => open).map(({ code }) => code)).toEqual(['legal-capacity']);
    },
  );

  it('counts an obligatory check that did not come at all as no data', () => {
    const checks = anApplication().checks.filter(({ code }) => code !== 'civil-record-change');
    expect(
      actionFor('approve', context({ rows: rowsOf(anApplication({ checks })) })).because,
    ).toEqual({ code: 'check-failed', clause: '3.5', params: { code: 'civil-record-change' } });
  });

  it('never approves without whole pictures, nor a case held by nobody', () => {
    expect(actionFor('approve', context({ picturesReady: false })).because?.code).toBe(
      'picture-missing',
    );
    const state = { ...reviewed, lease: null };
    expect(actionFor('approve', context({ state })).because?.code).toBe('not-held');
  });

  it('keeps the counter to the issuer and the review to the reviewer', () => {
    const state = { ...reviewed, stage: 'at-counter' as const };
    expect(actionFor('hand-over', context({ state })).because?.code).toBe('wrong-role');
    expect(actionFor('hand-over', context({ state, roles: ['issuer'] })).enabled).toBe(true);
    expect(actionFor('approve', context({ roles: ['issuer'] })).because?.code).toBe('wrong-role');
    expect(caseActions(context({ roles: ['head'] })).every(({ enabled }) => !enabled)).toBe(true);
    expect(
      counterActions(context({ state, roles: ['issuer'] })).map(({ action }) => action),
    ).toContain('refuse-hand-over');
  });

  it('stops at a fault the eye found and at a finding without an answer', () => {
    const checklist = checklistItems(config.pictureLimits, { glasses: 'fault' });
    expect(actionFor('approve', context({ checklist })).because).toEqual({
      code: 'checklist-fault',
      clause: '11',
      params: { code: 'glasses' },
    });
    expect(proposedReasons([], checklist)).toEqual(['PHOTO_EYES_GLASSES']);
    const measured = aCaseMeasured({ smile: 0.7 });
    const rows = measureRows(measured, config.pictureLimits, { answers: {}, lines: null });
    expect(actionFor('approve', context({ rows })).because).toEqual({
      code: 'finding-unanswered',
      clause: '11',
      params: { code: 'smile' },
    });
  });

  it('takes back only what was never sent', () => {
    const state = { ...reviewed, stage: 'approval-promised' as const };
    expect(actionFor('take-back', context({ state, takeBack: true })).enabled).toBe(true);
    expect(actionFor('take-back', context({ state })).because?.code).toBe('act-sent');
  });

  it('proposes reasons for what disagrees, and none for a clean case', () => {
    expect(proposedReasons(rowsOf(anApplication()), [])).toEqual([]);
    expect(
      proposedReasons(rowsOf(anApplication({ checks: checksWith('photo-match', 'failed') })), []),
    ).toEqual(['PHOTO_NOT_SAME_PERSON']);
  });
});
