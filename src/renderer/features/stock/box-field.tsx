// The box that is being filled: each card scanned from now on gets its name.
import { useState } from 'react';
import { useTexts } from '../../shared/i18n/language.ts';
import { KeyCap } from '../../shared/ui/kbd.tsx';
import { setBox } from './dispatch-deeds.ts';
import own from './cards.module.css';

export function Box(props: {
  readonly place: string | null;
  readonly field: React.Ref<HTMLInputElement>;
}) {
  const t = useTexts().stock.dispatch;
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <form
      className={own['box']}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== null) void setBox(typed);
        setTyped(null);
        (document.activeElement as HTMLElement | null)?.blur(); // the keys are the table's again
      }}
    >
      <label>
        <span>
          {t.box}
          <KeyCap>B</KeyCap>
        </span>
        <input
          ref={props.field}
          value={typed ?? props.place ?? ''}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          placeholder={t.noBox}
          aria-describedby="box-hint"
          data-testid="stock-box"
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => {
            if (typed !== null) void setBox(typed);
            setTyped(null);
          }}
        />
      </label>
      <p id="box-hint">{t.boxHint}</p>
    </form>
  );
}
