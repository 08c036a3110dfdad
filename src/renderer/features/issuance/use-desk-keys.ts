// Keys of the person at the counter: they stand on this screen only, so they are no part of the common table.
import { useEffect, useRef } from 'react';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { nobody, prepareHandOver, presentAndRight, turnAnswer, turnOldCard } from './desk-deeds.ts';
import { useDesk } from './issuance-store.ts';
import { closeLive, liveKey } from './live-picture.ts';

export interface DeskKeys {
  /** No statement waits for its PIN. */
  readonly idle: boolean;
  readonly handOver: boolean;
  readonly refuse: boolean;
  readonly onProxy: () => void;
  readonly onNotThePerson: () => void;
}

/** A key of a disabled action goes to the action, which says why. */
const goTo = (testId: string): void =>
  document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.focus();

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(target.type));

/** Y here and all right · 1–4 one question · C card · K camera · O old card · H hand over · P proxy · X not the person. */
export function useDeskKeys(keys: DeskKeys): void {
  const now = useRef(keys);
  useEffect(() => {
    now.current = keys;
  });
  const when = (deed: () => void) => (event: KeyboardEvent) => {
    if (!keys.idle || event.repeat) return false;
    deed();
  };
  const handOver = (): void =>
    now.current.handOver ? void prepareHandOver() : goTo('action-hand-over');
  useKeys('screen', {
    group1: when(() => turnAnswer(0)),
    group2: when(() => turnAnswer(1)),
    group3: when(() => turnAnswer(2)),
    group4: when(() => turnAnswer(3)),
    inOrder: when(presentAndRight),
    approve: when(handOver),
    annul: when(() => (keys.refuse ? keys.onNotThePerson() : goTo('refuse-not-the-person'))),
    back: when(() => (useDesk.getState().live === null ? nobody() : closeLive())),
  });
  useEffect(() => {
    const deeds: Readonly<Record<string, () => void>> = {
      KeyH: handOver,
      KeyO: turnOldCard,
      KeyK: liveKey,
      KeyC: () => goTo('card-text'),
      KeyP: () => (now.current.refuse ? now.current.onProxy() : goTo('refuse-proxy')),
    };
    const onKey = (event: KeyboardEvent): void => {
      const deed = deeds[event.code];
      if (deed === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.repeat || event.defaultPrevented || !now.current.idle) return;
      if (typing(event.target)) return;
      event.preventDefault();
      deed();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
