// Channel → use case: one line each; guards (signed out, locked) stand in the router.
import type { ChannelName, RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { exportAct } from '../app/act-pack.ts';
import { readBatch, stopBatch } from '../app/batch-desk.ts';
import { keepDraft, readDraft } from '../app/case-draft.ts';
import { claimCase, claimNext, releaseCase } from '../app/claim-case.ts';
import { readDispatch, readDispatches } from '../app/custody-desk.ts';
import { journal, nowText, type Desk, type OpenDesk } from '../app/desk.ts';
import {
  breakIssueLease,
  giveBackIssueLease,
  readIssueLeases,
  takeIssueLease,
} from '../app/issue-leases.ts';
import { installUpdate } from '../app/install-update.ts';
import { prepareNow } from '../app/measure-pictures.ts';
import { exportRegister } from '../app/export-register.ts';
import {
  allowByEye,
  checkCard,
  investigationSeen,
  openByTicket,
  openCard,
  refuseHandOver,
} from '../app/hand-over-card.ts';
import { askCamera, compareLive } from '../app/live-camera.ts';
import { lock, logOut, unlock } from '../app/lock-session.ts';
import { saveDiagnostics } from '../app/diagnostics.ts';
import { listTokens, logIn } from '../app/log-in.ts';
import {
  cancelIntent,
  prepareAnnulment,
  prepareApproval,
  prepareHandOver,
} from '../app/prepare-act.ts';
import { batchStatement, dropBatch, prepareBatch } from '../app/prepare-batch.ts';
import { cancelCustody, prepareAcceptance, prepareReturn } from '../app/prepare-custody.ts';
import { placeCard } from '../app/place-card.ts';
import { printPaper, savePaper, showPaper } from '../app/papers.ts';
import { pictureUrls, readCase } from '../app/read-case.ts';
import { readCards } from '../app/read-issuance.ts';
import { readLine } from '../app/read-line.ts';
import { readMonitoring } from '../app/read-monitoring.ts';
import { backToReview, readOutbox } from '../app/read-outbox.ts';
import { readCounts, readQueue } from '../app/read-queue.ts';
import { readRegister } from '../app/read-register.ts';
import { readProof, readServiceHistory, readServices } from '../app/read-services.ts';
import { readSession } from '../app/read-session.ts';
import { readSettings, writeSettings } from '../app/read-settings.ts';
import { readReturns, readStock } from '../app/read-stock.ts';
import { runReadiness } from '../app/readiness.ts';
import { testScanner } from '../app/scanner-test.ts';
import { testStation } from '../app/station-steps.ts';
import {
  answerChecklist,
  answerFinding,
  confirmGroup,
  moveLines,
  overrideCheck,
} from '../app/review-case.ts';
import { fillBox, markCard, scanCard } from '../app/scan-dispatch.ts';
import { sendNow } from '../app/send-outbox.ts';
import { signAct, signaturesEnded, takeBack } from '../app/sign-act.ts';
import { signBatch } from '../app/sign-batch.ts';
import { signCustody } from '../app/sign-custody.ts';
import { beginCount, closeCount, readCount, scanInCount } from '../app/stock-count.ts';
import type { SyncLoop } from './sync-loop.ts';

type Answer<N extends ChannelName> = ResultOf<N> | Promise<ResultOf<N>>;
type OpenHandler<N extends ChannelName> = (desk: OpenDesk, request: RequestOf<N>) => Answer<N>;
type AnyHandler<N extends ChannelName> = (
  desk: Desk,
  request: RequestOf<N>,
  loop: SyncLoop,
) => Answer<N>;

/** The case that each session looks at; forgotten at lock, so that unlocking records the opening anew. */
const onScreen = new WeakMap<OpenDesk['session'], string>();

/** Channels that answer without anybody logged in, or while the screen is locked. */
export const openToAll: {
  readonly [
    N in
      | 'session.read'
      | 'session.tokens'
      | 'session.logIn'
      | 'session.lock'
      | 'session.unlock'
      | 'session.logOut'
      | 'session.touch'
      | 'line.read'
      | 'settings.read'
      | 'settings.write'
      | 'readiness.station'
      | 'diagnostics.save'
      | 'updates.read'
      | 'updates.install'
  ]: AnyHandler<N>;
} = {
  'session.read': (desk) => ok(readSession(desk)),
  'session.tokens': (desk) => listTokens(desk),
  'session.logIn': async (desk, request, loop) => {
    loop.touch();
    return logIn(desk, request);
  },
  'session.lock': (desk) => ok(lock(desk, 'key')),
  'session.unlock': async (desk, request, loop) => {
    const result = await unlock(desk, request);
    if (desk.session !== null) onScreen.delete(desk.session);
    loop.touch();
    return result;
  },
  'session.logOut': async (desk, _request, loop) => {
    await loop.quiet();
    stopBatch(desk);
    await signaturesEnded(desk);
    try {
      return ok(logOut(desk));
    } finally {
      loop.resume();
    }
  },
  'session.touch': (_desk, _request, loop) => {
    loop.touch();
    return ok({});
  },
  'line.read': (desk) => ok(readLine(desk)),
  'settings.read': async (desk) => ok(await readSettings(desk)),
  'updates.read': (desk) => ok(desk.deps.updates.state()),
  'updates.install': (desk) => installUpdate(desk),
  'settings.write': async (desk, request) => ok(await writeSettings(desk, request)),
  'diagnostics.save': async (desk) =>
    desk.asleep !== null || (desk.session?.locked ?? null) !== null
      ? no('locked')
      : saveDiagnostics(desk),
  'readiness.station': async (desk) => ok({ steps: await testStation(desk) }),
};

/** After a change answers the case as it is now. */
const thenCase = async (
  desk: OpenDesk,
  result: Result<{ applicationId: string }, string>,
): Promise<never> => {
  if (!result.ok) return result as never;
  const shown = readCase(desk, result.value.applicationId);
  return (shown === null ? no('not-in-cache') : ok(shown)) as never;
};

/** Channels for an officer at an unlocked desk. */
export const forOfficer: {
  readonly [
    N in Exclude<ChannelName, keyof typeof openToAll | 'line.syncNow' | 'outbox.sendNow'>
  ]: OpenHandler<N>;
} & {
  readonly [N in 'line.syncNow' | 'outbox.sendNow']: (
    desk: OpenDesk,
    request: RequestOf<N>,
    loop: SyncLoop,
  ) => Answer<N>;
} = {
  'line.syncNow': async (desk, _request, loop) => {
    await loop.roundNow();
    return ok(readLine(desk));
  },
  'queue.page': (desk, query) => ok(readQueue(desk, query)),
  'queue.counts': (desk) => ok(readCounts(desk)),
  'queue.next': (desk, { after }) => claimNext(desk, after),
  'case.open': (desk, { applicationId }) => {
    const shown = readCase(desk, applicationId);
    if (shown === null)
      return desk.session.store.cases.findDamaged(applicationId) === null
        ? no('not-in-cache')
        : no('case-damaged');
    // Opening is itself a recorded event; reading again what stands open after a push is not another one.
    if (onScreen.get(desk.session) !== applicationId) {
      onScreen.set(desk.session, applicationId);
      desk.session.store.transaction(() => journal(desk, 'case-opened', shown.ticket, {}));
    }
    void prepareNow(desk, applicationId);
    return ok(shown);
  },
  'case.damage': (desk, { applicationId }) => {
    const damaged = desk.session.store.cases.findDamaged(applicationId);
    if (damaged === null) return no('not-in-cache');
    const { ticket, receivedAt, problems } = damaged;
    return ok({ applicationId, ticket, receivedAt, problems: [...problems] });
  },
  'case.claim': async (desk, { applicationId }) =>
    thenCase(desk, await claimCase(desk, applicationId)),
  'case.release': async (desk, { applicationId }) =>
    thenCase(desk, await releaseCase(desk, applicationId)),
  'case.confirm': (desk, request) => thenCase(desk, confirmGroup(desk, request)),
  'case.override': (desk, request) => thenCase(desk, overrideCheck(desk, request)),
  'case.answer': (desk, request) => thenCase(desk, answerFinding(desk, request)),
  'case.checklist': (desk, request) => thenCase(desk, answerChecklist(desk, request)),
  'case.lines': (desk, request) => thenCase(desk, moveLines(desk, request)),
  'case.reasons': (desk) => ok({ reasons: desk.session.config.annulmentReasons }),
  'case.pictures': (desk, { applicationId }) => {
    const urls = pictureUrls(desk, applicationId);
    return urls === null ? no('not-in-cache') : ok({ urls });
  },
  'act.prepareApproval': (desk, request) => prepareApproval(desk, request),
  'act.prepareAnnulment': (desk, request) => prepareAnnulment(desk, request),
  'act.sign': (desk, request) => signAct(desk, request),
  'act.cancel': (desk, { intentId }) => {
    cancelIntent(desk, intentId);
    return ok({});
  },
  'act.export': (desk, request) => exportAct(desk, request),
  'act.takeBack': (desk, { actId }) => takeBack(desk, actId),
  'draft.read': (desk, request) => readDraft(desk, request),
  'draft.keep': (desk, request) => keepDraft(desk, request),
  'place.keep': (desk, request) => {
    desk.session.store.transaction(() => desk.session.store.meta.set('place', request));
    return ok({});
  },
  'batch.read': (desk) => ok(readBatch(desk)),
  'batch.prepare': (desk, request) => prepareBatch(desk, request),
  'batch.statement': (desk, request) => batchStatement(desk, request),
  'batch.sign': (desk, request) => signBatch(desk, request),
  'batch.stop': (desk) => {
    stopBatch(desk);
    return ok(readBatch(desk));
  },
  'batch.drop': (desk) => dropBatch(desk),
  'issuance.page': (desk, request) => ok(readCards(desk, request)),
  'issuance.openByTicket': (desk, { ticket }) => openByTicket(desk, ticket),
  'issuance.open': (desk, { applicationId }) => openCard(desk, applicationId),
  'issuance.refuse': (desk, request) => refuseHandOver(desk, request),
  'issuance.checkCard': (desk, request) => checkCard(desk, request),
  'issuance.allowByEye': (desk, request) => allowByEye(desk, request),
  'issuance.camera': (desk, request) => askCamera(desk, request),
  'issuance.compareLive': (desk, request) => compareLive(desk, request),
  'issuance.seen': (desk, request) => investigationSeen(desk, request),
  'issuance.prepareHandOver': (desk, request) => prepareHandOver(desk, request),
  'papers.show': (desk, ref) => showPaper(desk, ref),
  'papers.printers': async (desk) => ok({ printers: await desk.deps.printer.printers() }),
  'papers.print': (desk, request) => printPaper(desk, request),
  'papers.save': (desk, request) => savePaper(desk, request),
  'register.page': (desk, request) => readRegister(desk, request),
  'register.export': (desk, request) => exportRegister(desk, request),
  'stock.dispatches': (desk) => readDispatches(desk),
  'stock.dispatch': (desk, request) => readDispatch(desk, request),
  'stock.scan': (desk, request) => scanCard(desk, request),
  'stock.mark': (desk, request) => markCard(desk, request),
  'stock.box': (desk, request) => fillBox(desk, request),
  'stock.prepareAcceptance': (desk, request) => prepareAcceptance(desk, request),
  'stock.prepareReturn': (desk, request) => prepareReturn(desk, request),
  'stock.cards': (desk, request) => readStock(desk, request),
  'stock.returns': (desk) => readReturns(desk),
  'stock.sign': (desk, request) => signCustody(desk, request),
  'stock.cancel': (desk, { intentId }) => {
    cancelCustody(desk, intentId);
    return ok({});
  },
  'stock.place': (desk, request) => placeCard(desk, request),
  'stock.count': (desk) => readCount(desk),
  'stock.beginCount': (desk) => beginCount(desk),
  'stock.countScan': (desk, request) => scanInCount(desk, request),
  'stock.closeCount': (desk) => closeCount(desk),
  'leases.read': (desk) => readIssueLeases(desk),
  'leases.take': (desk) => takeIssueLease(desk),
  'leases.giveBack': (desk) => giveBackIssueLease(desk),
  'leases.break': (desk, request) => breakIssueLease(desk, request),
  'services.read': (desk) => ok(readServices(desk)),
  'services.history': (desk) => ok(readServiceHistory(desk)),
  'services.proof': (desk, { outageId }) => readProof(desk, outageId),
  'outbox.read': (desk) => ok(readOutbox(desk)),
  'outbox.sendNow': async (desk, _request, loop) => {
    sendNow(desk);
    await loop.roundNow();
    return ok(readOutbox(desk));
  },
  'outbox.backToReview': (desk, { id }) => backToReview(desk, id),
  'journal.page': (desk, { kinds, text, before, limit }) => {
    const page = desk.session.store.journal.page({ kinds, text, before, limit });
    return ok({ ...page, chain: null });
  },
  'journal.verify': (desk) => {
    const state = desk.session.store.journal.verify();
    desk.session.store.transaction(() =>
      journal(desk, 'journal-verified', null, { ok: state.ok, rows: state.rows }),
    );
    return ok({ ...state, verifiedAt: nowText(desk) });
  },
  'readiness.scanned': (desk, seen) => ok(testScanner(desk, seen)),
  'readiness.run': async (desk) => ok({ steps: await runReadiness(desk) }),
  'monitoring.read': (desk) =>
    desk.session.officer.roles.includes('head') ? ok(readMonitoring(desk)) : no('not-allowed'),
};
