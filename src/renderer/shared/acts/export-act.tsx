// One signed act as a pack for an auditor: a small key that answers where the file lies, or why it does not.
import { IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '../bridge.ts';
import { fill, refusalText, useTexts } from '../i18n/language.ts';
import styles from './export-act.module.css';

interface Props {
  readonly actId: string;
  readonly ticket: string;
}

export function ExportAct({ actId, ticket }: Props) {
  const t = useTexts().outbox;
  const [answer, setAnswer] = useState<string | null>(null);
  const label = `${t.actions.export}: ${ticket}`;
  const run = async (): Promise<void> => {
    const result = await call('act.export', { actId });
    setAnswer(
      result.ok
        ? fill(t.done.exported, { ticket, path: result.value.path })
        : refusalText(result.refusal).title,
    );
  };
  return (
    <span className={styles['box']}>
      <button
        type="button"
        className={styles['key']}
        aria-label={label}
        title={label}
        data-testid={`export-act-${actId}`}
        onClick={() => void run()}
      >
        <IconFileExport size={17} aria-hidden />
      </button>
      {answer !== null && (
        <span className={styles['answer']} role="status" title={answer}>
          {answer}
        </span>
      )}
    </span>
  );
}
