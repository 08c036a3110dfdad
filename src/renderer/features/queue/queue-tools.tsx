// Search, filters, order and "next most urgent" above the list.
import { IconArrowsSort, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, type Ref } from 'react';
import type { QueueQuery } from '../../../shared/contract/queue.ts';
import { plural, useTexts } from '../../shared/i18n/language.ts';
import { useSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Kbd } from '../../shared/ui/kbd.tsx';
import ui from '../../shared/ui/ui.module.css';
import { ask, openPointed, takeNext, useQueue } from './queue-store.ts';
import styles from './queue.module.css';

/** Short enough not to be felt, long enough to skip half-typed words. */
const DEBOUNCE_MS = 35;

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly words: Readonly<Record<T, string>>;
  readonly testId: string;
  readonly onChoose: (value: T) => void;
}

function Choice<T extends string>({ label, value, words, testId, onChoose }: ChoiceProps<T>) {
  return (
    <select
      className={ui['select']}
      aria-label={label}
      title={label}
      data-testid={testId}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value as T)}
    >
      {(Object.keys(words) as T[]).map((each) => (
        <option key={each} value={each}>
          {words[each]}
        </option>
      ))}
    </select>
  );
}

function Search({ inputRef }: { readonly inputRef: Ref<HTMLInputElement> }) {
  const t = useTexts().queue;
  const search = useQueue((s) => s.question.search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // Cleared from elsewhere (reset of the filters): the field follows.
    if (search === '' && field.current !== null && timer.current === undefined) {
      field.current.value = '';
    }
  }, [search]);
  const soon = (text: string): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void ask({ search: text });
    }, DEBOUNCE_MS);
  };
  /** Enter in the field opens the first find; a search still to come is asked first. */
  const openFirst = async (): Promise<void> => {
    if (timer.current !== undefined) {
      clearTimeout(timer.current);
      timer.current = undefined;
      await ask({ search: field.current?.value.trim() ?? '' });
    }
    openPointed();
  };
  return (
    <div className={styles['search']} role="search">
      <IconSearch size={17} stroke={1.8} aria-hidden="true" />
      <input
        ref={(element) => {
          field.current = element;
          if (typeof inputRef === 'function') inputRef(element);
          else if (inputRef !== null) inputRef.current = element;
        }}
        type="text"
        className={ui['input']}
        data-testid="queue-search"
        aria-label={t.searchLabel}
        placeholder={t.search}
        defaultValue={search}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey) void openFirst();
        }}
        onInput={(event) => soon(event.currentTarget.value.trim())}
      />
      {search === '' ? (
        <Kbd command="search" />
      ) : (
        <button
          type="button"
          className={styles['clear']}
          aria-label={t.clear}
          onClick={() => {
            if (field.current !== null) field.current.value = '';
            void ask({ search: '' });
            field.current?.focus();
          }}
        >
          <IconX size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

export function QueueTools({ searchRef }: { readonly searchRef: Ref<HTMLInputElement> }) {
  const t = useTexts().queue;
  const question = useQueue((s) => s.question);
  const total = useQueue((s) => s.total);
  const taking = useQueue((s) => s.taking);
  const reviewer = useSession()?.officer?.roles.includes('reviewer') ?? false;
  return (
    <div className={styles['tools']}>
      <Search inputRef={searchRef} />
      <Choice<QueueQuery['held']>
        label={t.heldLabel}
        testId="queue-held"
        value={question.held}
        words={t.held}
        onChoose={(held) => void ask({ held })}
      />
      <Choice<QueueQuery['findings']>
        label={t.findingsLabel}
        testId="queue-findings"
        value={question.findings}
        words={t.findings}
        onChoose={(findings) => void ask({ findings })}
      />
      <Choice<QueueQuery['sort']>
        label={t.sortLabel}
        testId="queue-sort"
        value={question.sort}
        words={t.sorts}
        onChoose={(sort) => void ask({ sort })}
      />
      <Button
        look="quiet"
        aria-label={t.descending}
        title={t.descending}
        aria-pressed={question.descending}
        onClick={() => void ask({ descending: !question.descending })}
        icon={<IconArrowsSort size={17} stroke={1.7} aria-hidden="true" />}
      />
      <span className={styles['total']} role="status" data-testid="queue-total">
        {plural(total, t.found)}
      </span>
      {reviewer ? (
        <Button
          look="primary"
          command="nextUrgent"
          busy={taking}
          data-testid="queue-next"
          onClick={() => void takeNext()}
        >
          {taking ? t.taking : t.nextUrgent}
        </Button>
      ) : (
        <span className={styles['readOnly']}>{t.readOnly}</span>
      )}
    </div>
  );
}
