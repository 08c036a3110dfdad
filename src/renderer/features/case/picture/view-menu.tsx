// The view menu: a choice in the toolbar, sliders of the levels, and the sign that a view is on.
import { useTexts, fill } from '../../../shared/i18n/language.ts';
import { KEYMAP } from '../../../shared/keys/keymap.ts';
import { look, useLooking } from './picture-store.ts';
import { GAMMA, LEVELS_FILTER, NO_LEVELS, VIEWS, transferOf, type ViewName } from './views.ts';
import styles from './picture-tools.module.css';
import own from './view-menu.module.css';

export function ViewChoice() {
  const t = useTexts().pictures.view;
  const filter = useLooking((s) => s.filter);
  return (
    <label
      className={own['choice']}
      data-on={filter !== 'as-is'}
      title={`${t.label} · ${KEYMAP.view.cap}`}
    >
      <span className={own['choiceWord']}>{t.label}</span>
      <select
        aria-label={t.label}
        value={filter}
        aria-keyshortcuts={KEYMAP.view.cap}
        data-testid="photo-view"
        onChange={(event) => {
          look.filter(event.currentTarget.value as ViewName);
          // The letter keys must go to the screen again, not to the list.
          event.currentTarget.blur();
        }}
      >
        {VIEWS.map((view) => (
          <option key={view} value={view}>
            {t.names[view]}
          </option>
        ))}
      </select>
    </label>
  );
}

export function LevelSliders() {
  const t = useTexts().pictures.view;
  const { filter, levels } = useLooking();
  if (filter !== 'levels') return null;
  const slider = (
    name: 'black' | 'white' | 'gamma',
    range: { min: number; max: number; step: number },
  ) => (
    <label className={own['level']}>
      <span>{t[name]}</span>
      <input
        type="range"
        {...range}
        value={levels[name]}
        data-testid={`level-${name}`}
        onChange={(event) => look.level({ [name]: Number(event.currentTarget.value) })}
      />
      <output>{name === 'gamma' ? levels.gamma.toFixed(2).replace('.', ',') : levels[name]}</output>
    </label>
  );
  return (
    <div className={own['levels']}>
      {slider('black', { min: 0, max: 247, step: 1 })}
      {slider('white', { min: 8, max: 255, step: 1 })}
      {slider('gamma', { ...GAMMA, step: 0.05 })}
    </div>
  );
}

/** The filter the levels view points at; drawn once for all pictures. */
export function LevelFilter() {
  const levels = useLooking((s) => (s.filter === 'levels' ? s.levels : NO_LEVELS));
  const { slope, intercept, exponent } = transferOf(levels);
  return (
    <svg className={styles['defs']} width="0" height="0" aria-hidden>
      <filter id={LEVELS_FILTER} colorInterpolationFilters="sRGB">
        <feComponentTransfer>
          <feFuncR type="linear" slope={slope} intercept={intercept} />
          <feFuncG type="linear" slope={slope} intercept={intercept} />
          <feFuncB type="linear" slope={slope} intercept={intercept} />
        </feComponentTransfer>
        <feComponentTransfer>
          <feFuncR type="gamma" exponent={exponent} />
          <feFuncG type="gamma" exponent={exponent} />
          <feFuncB type="gamma" exponent={exponent} />
        </feComponentTransfer>
      </filter>
    </svg>
  );
}

/** Stands in the corner of every picture while it is not shown as it is. */
export function ViewSign() {
  const t = useTexts().pictures.view;
  const filter = useLooking((s) => s.filter);
  if (filter === 'as-is') return null;
  return (
    <button
      type="button"
      className={own['sign']}
      data-testid="view-sign"
      title={t.asIs}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        look.filter('as-is');
        if (event.detail > 0) event.currentTarget.blur();
      }}
    >
      {fill(t.sign, { view: t.names[filter] })}
    </button>
  );
}
