// The camera beside the approved photo: film or still of the same size, and what the comparison advises.
import { IconCamera, IconCameraOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { LiveAdvice } from '../../../shared/contract/issuance.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { Button } from '../../shared/ui/button.tsx';
import { RefusalNotice } from '../../shared/ui/notice.tsx';
import { StateMark } from '../../shared/ui/state-mark.tsx';
import { KeyCap } from '../../shared/ui/kbd.tsx';
import { useDesk, type LiveView } from './issuance-store.ts';
import { closeLive, liveKey } from './live-picture.ts';
import styles from './issuance.module.css';
import own from './camera-panel.module.css';

/** Film and still are elements of their own, so that no address of theirs exists anywhere. */
function Frame({ view }: { readonly view: LiveView }) {
  const node = view.still ?? view.video;
  const t = useTexts().issuance.camera;
  if (node === null)
    return (
      <div className={own['liveFrame']}>
        <IconCameraOff size={56} stroke={1.2} aria-hidden />
      </div>
    );
  return (
    <div
      className={own['liveFrame']}
      role="img"
      aria-label={view.still === null ? t.film : t.still}
      data-testid={view.still === null ? 'live-film' : 'live-still'}
      ref={(place) => place?.replaceChildren(node)}
    />
  );
}

function Advice({ advice }: { readonly advice: LiveAdvice }) {
  const all = useTexts();
  const t = all.issuance.camera;
  const zone = advice.refused ?? advice.zone;
  return (
    <div className={own['liveAdvice']} data-testid="live-advice" data-zone={zone} role="status">
      <p>
        <StateMark state={advice.refused === null ? advice.zone : 'no-data'} bare size={20} />
        <strong>{all.pictures.advice.zones[zone]}</strong>
      </p>
      {advice.refused !== null && advice.of !== null && <p>{t.of[advice.of]}</p>}
      {(advice.facesFound ?? 0) > 1 && <p>{fill(t.several, { n: advice.facesFound ?? 0 })}</p>}
      <p className={styles['hint']}>{all.pictures.advice.eye}</p>
    </div>
  );
}

export function CameraPanel({ view }: { readonly view: LiveView }) {
  const t = useTexts().issuance.camera;
  const busy = view.step === 'starting' || view.step === 'comparing';
  useEffect(() => closeLive, []);
  return (
    <section
      className={own['live']}
      data-testid="live-camera"
      data-step={view.step}
      aria-label={t.title}
    >
      <figure>
        <Frame view={view} />
        <figcaption>{view.still === null ? t.film : t.still}</figcaption>
      </figure>
      <div className={own['liveSide']}>
        <h2>{t.title}</h2>
        {busy && <p role="status">{view.step === 'starting' ? t.starting : t.comparing}</p>}
        {view.step === 'filming' && <p>{t.aim}</p>}
        {view.advice !== null && <Advice advice={view.advice} />}
        {view.refusal !== null && <RefusalNotice refusal={view.refusal} />}
        {view.problem !== null && (
          <div className={own['liveAdvice']} data-testid={`camera-${view.problem}`} role="alert">
            <p>
              <strong>{t.problems[view.problem].title}</strong>
            </p>
            <p>{t.problems[view.problem].text}</p>
          </div>
        )}
        <Button
          look={view.step === 'filming' ? 'primary' : 'plain'}
          size="counter"
          busy={busy}
          icon={<IconCamera size={22} stroke={1.6} aria-hidden />}
          data-testid="live-take"
          onClick={liveKey}
        >
          {view.step === 'filming' ? t.take : t.again}
          <KeyCap>K</KeyCap>
        </Button>
        <Button size="large" command="back" data-testid="live-close" onClick={closeLive}>
          {t.close}
        </Button>
        <p className={styles['hint']}>{t.kept}</p>
      </div>
    </section>
  );
}

/** Opens the panel; absent where the policy allows no camera. */
export function CameraButton() {
  const t = useTexts().issuance.camera;
  const allowed = useDesk((s) => s.card?.liveCamera ?? false);
  if (!allowed) return null;
  return (
    <Button
      look="quiet"
      icon={<IconCamera size={20} stroke={1.6} aria-hidden />}
      data-testid="live-open"
      onClick={liveKey}
    >
      {t.open}
      <KeyCap>K</KeyCap>
    </Button>
  );
}
