// Outcome of one card by hand: place of one that came, what is wrong with a damaged one (obligatory).
import { useEffect, useRef } from 'react';
import { useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { Button } from '../../shared/ui/button.tsx';
import { RefusalNotice } from '../../shared/ui/notice.tsx';
import ui from '../../shared/ui/ui.module.css';
import { saveForm } from './dispatch-deeds.ts';
import { useStock, type CardForm as Form } from './stock-store.ts';
import styles from './card-form.module.css';

const close = (): void => useStock.setState({ form: null });

export function CardForm({ form }: { readonly form: Form }) {
  const t = useTexts().stock.dispatch.form;
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  useKeys('panel', { back: close, sign: () => void saveForm() });
  const write = (change: Partial<Form>): void =>
    useStock.setState({ form: { ...form, ...change, refusal: null } });
  const damaged = form.outcome === 'damaged';
  return (
    <form
      className={styles['cardForm']}
      data-testid="card-form"
      onSubmit={(event) => {
        event.preventDefault();
        void saveForm();
      }}
    >
      {form.outcome === 'arrived' && (
        <label>
          {t.place}
          <input
            ref={first}
            className={ui['input']}
            value={form.place}
            maxLength={40}
            data-testid="card-place"
            onChange={(event) => write({ place: event.currentTarget.value })}
          />
        </label>
      )}
      <label className={styles['wide']}>
        {damaged ? t.damaged : t.note}
        <input
          ref={form.outcome === 'arrived' ? undefined : first}
          className={ui['input']}
          value={form.note}
          maxLength={500}
          aria-required={damaged}
          placeholder={damaged ? t.noteWanted : ''}
          data-testid="card-note"
          onChange={(event) => write({ note: event.currentTarget.value })}
        />
      </label>
      <Button type="submit" look="primary" data-testid="card-save">
        {t.save}
      </Button>
      <Button look="quiet" command="back" onClick={close}>
        {t.cancel}
      </Button>
      {form.refusal !== null && <RefusalNotice refusal={form.refusal} />}
    </form>
  );
}
