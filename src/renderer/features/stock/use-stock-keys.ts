// Keys that stand on this screen only, by physical key: they are no part of the common table.
import { useEffect, useRef } from 'react';

type Deeds = Readonly<Partial<Record<'KeyD' | 'KeyM' | 'KeyU' | 'KeyB', () => void>>>;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(target.type));

/** D damaged · M missing · U undo · B box or place; silent while a field is typed in. */
export function useStockKeys(deeds: Deeds): void {
  const now = useRef(deeds);
  useEffect(() => {
    now.current = deeds;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const deed = (now.current as Readonly<Record<string, (() => void) | undefined>>)[event.code];
      if (deed === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.repeat || event.defaultPrevented || typing(event.target)) return;
      event.preventDefault();
      deed();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
