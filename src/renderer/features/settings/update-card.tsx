// New versions of the program: what is known, the file with its hash for the administrator, or the key that installs it.
import { useState } from 'react';
import { formatBytes, formatDateTime } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import { InstallKey, isOffered } from '../../shared/updates/update-offer.tsx';
import { useUpdate } from '../../shared/updates/use-update.ts';
import { Line } from './line.tsx';
import styles from './settings.module.css';

export function UpdateCard() {
  const t = useTexts().settings.update;
  const update = useUpdate();
  const [opened] = useState(() => Date.now());
  if (update === null || update.state === 'off') return null;
  const { state, version, file, refused, minimum, checkedAt, outcome } = update;
  const offered = isOffered(update);
  const past = minimum !== null && Date.parse(minimum.from) <= opened;
  return (
    <SectionCard title={t.title}>
      <dl data-testid="settings-update" data-state={state}>
        <Line label={t.state}>
          {fill(offered ? t.readyHere : t.states[state], { version: version ?? '' })}
          {refused !== null && ` ${t.refused[refused]}`}
        </Line>
        {outcome !== null && (
          <Line label={t.outcome}>
            <span data-testid="update-outcome" data-state={outcome.state}>
              {fill(t.outcomes[outcome.state], { ...outcome })}
            </span>
          </Line>
        )}
        {minimum !== null && (
          <Line label={t.required}>
            {fill(past ? t.requiredSince : t.requiredBy, {
              version: minimum.version,
              at: formatDateTime(minimum.from),
            })}
          </Line>
        )}
        {file !== null && (
          <>
            <Line label={t.file}>
              <code>{file.path}</code> {formatBytes(file.size)}
            </Line>
            <Line label={t.hash}>
              <code>{file.sha256}</code>
            </Line>
          </>
        )}
        {checkedAt !== null && <Line label={t.checked}>{formatDateTime(checkedAt)}</Line>}
      </dl>
      {offered && (
        <div className={styles['offer']}>
          <p>{t.offer.text}</p>
          <InstallKey />
        </div>
      )}
    </SectionCard>
  );
}
