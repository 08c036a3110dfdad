// The case screen: pictures in the middle, findings on the right, six keys below.
import { IconFileAlert } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { CaseDto } from '../../../shared/contract/case.ts';
import { onPush } from '../../shared/bridge.ts';
import { formatDateTime } from '../../shared/format/format.ts';
import { byLanguage, refusalText, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { SignPanel } from '../../shared/signing/sign-panel.tsx';
import { navigate } from '../../shared/state/navigation.ts';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState } from '../../shared/ui/empty-state.tsx';
import {
  afterSigning,
  closePanel,
  followSigned,
  nextUrgent,
  openCase,
  prepareAnnulment,
  prepareApproval,
  refreshCase,
} from './case-deeds.ts';
import { useCase } from './case-store.ts';
import { ActionBar } from './parts/action-bar.tsx';
import { CaseHeader, HolderLine, RefusedLine } from './parts/case-header.tsx';
import { RightColumn } from './parts/right-column.tsx';
import { SignatureStrip } from './picture/signature-strip.tsx';
import { Workbench } from './picture/workbench.tsx';
import { RefusalComposer } from './refusal/refusal-composer.tsx';
import styles from './parts/case.module.css';

export function CasePage({ applicationId }: { readonly applicationId: string | null }) {
  const { dto, damaged, refusal } = useCase();
  const shown = dto?.applicationId === applicationId ? dto : null;

  useEffect(() => {
    if (applicationId !== null) void openCase(applicationId);
  }, [applicationId]);

  useEffect(
    () =>
      onPush((message) => {
        if (message.topic === 'outbox') void followSigned();
        if (message.topic !== 'cases') return;
        void followSigned();
        const open = useCase.getState().applicationId;
        if (open !== null && (message.ids === null || message.ids.includes(open))) {
          void refreshCase(open);
        }
      }),
    [],
  );

  if (applicationId === null) return <NoCase />;
  if (shown !== null) return <OpenCase dto={shown} />;
  if (damaged !== null) return <Damaged />;
  if (refusal !== null) return <Failed applicationId={applicationId} />;
  return <Opening />;
}

function OpenCase({ dto }: { readonly dto: CaseDto }) {
  return (
    <div
      className={styles['screen']}
      data-testid="case-screen"
      data-application-id={dto.applicationId}
      data-stage={dto.stage}
      data-measuring={dto.measured.pending}
      data-open-findings={dto.checks.filter((row) => row.open).length}
    >
      <CaseHeader dto={dto} />
      <HolderLine dto={dto} />
      <RefusedLine dto={dto} />
      <div className={styles['columns']}>
        <div className={styles['pictures']}>
          <Workbench dto={dto} />
          <SignatureStrip dto={dto} />
        </div>
        <div className={styles['right']}>
          <RightColumn dto={dto} />
          <Panels dto={dto} />
        </div>
      </div>
      <ActionBar dto={dto} />
    </div>
  );
}

/** Stands over the right column only: the pictures stay in sight while deciding. */
function Panels({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts().act.panel;
  const { panel, reasons } = useCase();
  if (panel.kind === 'none') return null;
  if (panel.kind === 'compose') return <RefusalComposer dto={dto} />;
  return (
    <SignPanel
      key={panel.intent?.intentId ?? 'preparing'}
      title={`${t[panel.act]} · ${dto.ticket}`}
      intent={panel.intent}
      refusal={panel.refusal}
      reasonName={(code) => {
        const reason = reasons.find((each) => each.code === code);
        return reason === undefined ? code : byLanguage(reason.nameRu, reason.nameKz);
      }}
      onClose={closePanel}
      onAgain={() => void (panel.act === 'approval' ? prepareApproval(dto) : prepareAnnulment(dto))}
      onSigned={(answer) => afterSigning(dto, panel.act, answer)}
    />
  );
}

function Opening() {
  const t = useTexts().casework;
  const [late, setLate] = useState(false);
  useEffect(() => {
    // A case opens from the cache in a few milliseconds; words would only flicker.
    const timer = setTimeout(() => setLate(true), 400);
    return () => clearTimeout(timer);
  }, []);
  return <div className={styles['alone']}>{late && <EmptyState title={t.opening} />}</div>;
}

function NoCase() {
  const t = useTexts().casework.noCase;
  useKeys('screen', { nextUrgent: () => void nextUrgent() });
  const note = useCase((s) => s.note);
  return (
    <div className={styles['alone']}>
      <EmptyState title={t.title} text={note?.text ?? t.text}>
        <Button look="primary" command="nextUrgent" onClick={() => void nextUrgent()}>
          {t.action}
        </Button>
      </EmptyState>
    </div>
  );
}

function Failed({ applicationId }: { readonly applicationId: string }) {
  const t = useTexts().casework.openFailed;
  const refusal = useCase((s) => s.refusal);
  useKeys('screen', { nextUrgent: () => void nextUrgent() });
  const words = refusal === null ? null : refusalText(refusal);
  return (
    <div className={styles['alone']} data-testid="case-failed">
      <EmptyState
        title={words?.title ?? t.title}
        text={words?.todo ?? ''}
        icon={<IconFileAlert size={32} stroke={1.4} aria-hidden />}
      >
        <Button onClick={() => navigate({ screen: 'queue' })}>{t.toQueue}</Button>
        <Button look="primary" onClick={() => void openCase(applicationId)}>
          {t.retry}
        </Button>
      </EmptyState>
    </div>
  );
}

/** A case in an unreadable form: what could be read and what was wrong, nothing to decide. */
function Damaged() {
  const t = useTexts().casework;
  const damaged = useCase((s) => s.damaged);
  useKeys('screen', { nextUrgent: () => void nextUrgent() });
  if (damaged === null) return null;
  return (
    <div className={styles['alone']} data-testid="case-damaged">
      <EmptyState
        title={damaged.ticket === null ? t.damaged.title : `${t.damaged.title}: ${damaged.ticket}`}
        text={t.damaged.text}
        icon={<IconFileAlert size={32} stroke={1.4} aria-hidden />}
      >
        <div className={styles['damage']}>
          <p>
            {t.damaged.received}: {formatDateTime(damaged.receivedAt)}
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.damaged.place}</th>
                <th scope="col">{t.damaged.problem}</th>
              </tr>
            </thead>
            <tbody>
              {damaged.problems.map((problem) => (
                <tr key={`${problem.path}-${problem.message}`}>
                  <td>{problem.path}</td>
                  <td>{problem.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Button command="nextUrgent" onClick={() => void nextUrgent()}>
            {t.noCase.action}
          </Button>
        </div>
      </EmptyState>
    </div>
  );
}
