// Settings: how the screens look, changed at once; what the administrator fixed is shown with its file.
import { IconLock, IconMinus, IconPlus } from '@tabler/icons-react';
import type { SettingsDto } from '../../../shared/contract/settings.ts';
import { formatCoded } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import {
  changeSettings,
  useLanguageFixed,
  useSession,
  useSettings,
} from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Page } from '../../shared/ui/page.tsx';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { Line } from './line.tsx';
import { UpdateCard } from './update-card.tsx';
import styles from './settings.module.css';

const ZOOM_STEP = 10;

/** Lock and words: a colour alone would not be read out. */
function FixedMark() {
  const t = useTexts().settings;
  return (
    <span className={styles['fixed']} data-testid="settings-language-fixed">
      <IconLock size={16} stroke={1.7} aria-hidden="true" />
      {t.fixedHere}
    </span>
  );
}

function Looks({ settings }: { readonly settings: SettingsDto }) {
  const t = useTexts().settings;
  const zoom = settings.zoomPercent;
  const fixed = useLanguageFixed();
  const zoomTo = (to: number): void => {
    void changeSettings({ zoomPercent: Math.max(80, Math.min(200, to)) });
  };
  return (
    <SectionCard title={t.yours}>
      <dl>
        <Line label={t.language}>
          <Segmented
            label={t.language}
            value={settings.language}
            testId="settings-language"
            disabled={fixed}
            options={[
              { value: 'kk', label: <span lang="kk">{t.languages.kk}</span> },
              { value: 'ru', label: <span lang="ru">{t.languages.ru}</span> },
            ]}
            onChange={(language) => void changeSettings({ language })}
          />
          {fixed && <FixedMark />}
        </Line>
        <Line label={t.theme}>
          <Segmented
            label={t.theme}
            value={settings.theme}
            testId="settings-theme"
            options={[
              { value: 'light', label: t.themes.light },
              { value: 'dark', label: t.themes.dark },
              { value: 'contrast', label: t.themes.contrast },
            ]}
            onChange={(theme) => void changeSettings({ theme })}
          />
        </Line>
        <Line label={t.density}>
          <Segmented
            label={t.density}
            value={settings.density}
            testId="settings-density"
            options={[
              { value: 'comfortable', label: t.densities.comfortable },
              { value: 'compact', label: t.densities.compact },
            ]}
            onChange={(density) => void changeSettings({ density })}
          />
        </Line>
        <Line label={t.zoom}>
          <span className={styles['zoom']}>
            <Button
              aria-label={t.zoomOut}
              aria-disabled={zoom <= 80}
              onClick={() => zoomTo(zoom - ZOOM_STEP)}
              icon={<IconMinus size={16} aria-hidden="true" />}
            />
            <output data-testid="settings-zoom">{zoom} %</output>
            <Button
              aria-label={t.zoomIn}
              aria-disabled={zoom >= 200}
              onClick={() => zoomTo(zoom + ZOOM_STEP)}
              icon={<IconPlus size={16} aria-hidden="true" />}
            />
          </span>
        </Line>
      </dl>
    </SectionCard>
  );
}

function Fixed({ settings }: { readonly settings: SettingsDto }) {
  const t = useTexts().settings;
  const { fixed, versions } = settings;
  return (
    <SectionCard title={t.fixed}>
      <p className={styles['note']}>{t.fixedText}</p>
      <dl data-testid="settings-fixed">
        <Line label={t.file}>
          <code>{fixed.file}</code>
        </Line>
        <Line label={t.nodeUrl}>
          <code>{fixed.nodeUrl}</code>
        </Line>
        <Line label={t.stationId}>{fixed.stationId}</Line>
        <Line label={t.mode}>{fixed.training ? t.training : t.working}</Line>
        <Line label={t.modules}>
          <ul className={styles['modules']}>
            {fixed.modules.map((each) => (
              <li key={each.id} data-state={each.state}>
                <strong>{each.title}</strong> <span>{t.moduleState[each.state]}</span>
                <code>{each.path}</code>
              </li>
            ))}
          </ul>
        </Line>
        {settings.policy.map(({ name, value, where }) => (
          <Line key={name} label={t.policy[name]}>
            <span className={styles['fixed']} data-testid={`policy-${name}`}>
              <IconLock size={16} stroke={1.7} aria-hidden="true" />
              {name === 'language' ? t.languages[value === 'kk' ? 'kk' : 'ru'] : value}
            </span>
            <code>{where}</code>
          </Line>
        ))}
        <Line label={t.versions}>
          {t.app} {versions.app} · Electron {versions.electron} · {versions.runtime}
        </Line>
      </dl>
    </SectionCard>
  );
}

function Account() {
  const t = useTexts();
  const session = useSession();
  const officer = session?.officer;
  if (session === null || officer === null || officer === undefined) return null;
  return (
    <SectionCard title={t.settings.account}>
      <dl>
        <Line label={officer.fullName}>
          {officer.roles.map((role) => t.common.roles[role]).join(', ')}
        </Line>
        <Line label={t.settings.department}>{formatCoded(officer.department)}</Line>
        <Line label={t.settings.region}>{formatCoded(officer.region)}</Line>
        {officer.registrationPoint !== null && (
          <Line label={t.settings.point}>{formatCoded(officer.registrationPoint)}</Line>
        )}
        <Line label={t.settings.lockAfter}>
          {fill(t.settings.minutes, { n: session.lockAfterMinutes })}
        </Line>
      </dl>
    </SectionCard>
  );
}

export function SettingsPage() {
  const t = useTexts().settings;
  const settings = useSettings();
  return (
    <Page title={t.title} testId="settings-page">
      {settings !== null && (
        <div className={styles['cards']}>
          <Looks settings={settings} />
          <Account />
          <UpdateCard />
          <Fixed settings={settings} />
        </div>
      )}
    </Page>
  );
}
