// New versions of the program: what is known, and the file with its hash for the administrator. Nothing is installed here.
import { useEffect, useState } from 'react';
import type { UpdateDto } from '../../../shared/contract/updates.ts';
import { call, onPush } from '../../shared/bridge.ts';
import { formatBytes, formatDateTime } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import { Line } from './line.tsx';

function useUpdate(): UpdateDto | null {
  const [update, setUpdate] = useState<UpdateDto | null>(null);
  useEffect(() => {
    const read = async (): Promise<void> => {
      const answer = await call('updates.read', {});
      if (answer.ok) setUpdate(answer.value);
    };
    void read();
    return onPush(({ topic }) => {
      if (topic === 'updates') void read();
    });
  }, []);
  return update;
}

export function UpdateCard() {
  const t = useTexts().settings.update;
  const update = useUpdate();
  if (update === null || update.state === 'off') return null;
  const { state, version, file, refused, minimum, checkedAt } = update;
  return (
    <SectionCard title={t.title}>
      <dl data-testid="settings-update" data-state={state}>
        <Line label={t.state}>
          {fill(t.states[state], { version: version ?? '' })}
          {refused !== null && ` ${t.refused[refused]}`}
        </Line>
        {minimum !== null && (
          <Line label={t.required}>
            {fill(t.requiredBy, { version: minimum.version, at: formatDateTime(minimum.from) })}
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
    </SectionCard>
  );
}
