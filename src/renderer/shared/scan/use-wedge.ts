// Listens for a scanner on the whole screen and keeps its keys from acting as key commands.
import { useEffect, useRef } from 'react';
import {
  BURST_GAP_MS,
  GS,
  LINE_GAP_MS,
  NO_BURST,
  addChar,
  addKey,
  charOf,
  isTerminator,
  scanned,
  zoneGoesOn,
  type Burst,
} from './wedge.ts';

const TEXT = 'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea';

type Field = HTMLInputElement | HTMLTextAreaElement;

const fieldOf = (target: EventTarget | null): Field | null =>
  target instanceof Element && target.matches(TEXT) ? (target as Field) : null;

/** Gives a field back what stood in it before the scanner typed; React must hear of it. */
function restore(field: Field, value: string): void {
  const prototype =
    field instanceof HTMLTextAreaElement
      ? HTMLTextAreaElement.prototype
      : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** `onScan` gets the text as the scanner meant it; the three lines of a card's zone come as one. */
export function useWedge(onScan: (text: string) => void): void {
  const heard = useRef(onScan);
  useEffect(() => {
    heard.current = onScan;
  });
  useEffect(() => {
    let burst: Burst = NO_BURST;
    let before: { field: Field; value: string } | null = null;
    let held: {
      event: KeyboardEvent;
      timer: ReturnType<typeof setTimeout>;
      released: boolean;
    } | null = null;
    /** Lines of a zone that came so far, and the timer that stops waiting for more. */
    let lines: string[] = [];
    let patience: ReturnType<typeof setTimeout> | undefined;
    const passed = new WeakSet<Event>();

    const tell = (): void => {
      clearTimeout(patience);
      const text = lines.join('\n');
      lines = [];
      if (text !== '') heard.current(text);
    };

    /** The single key was a hand's: it goes on its way, a moment later than it came. */
    const letGo = (event: KeyboardEvent): void => {
      const released = held?.released ?? false;
      held = null;
      // A key that was let go meanwhile must also be heard as let go (held keys: show the answers).
      for (const type of released ? ['keydown', 'keyup'] : ['keydown']) {
        const again = new KeyboardEvent(type, {
          key: event.key,
          code: event.code,
          shiftKey: event.shiftKey,
          bubbles: true,
          cancelable: true,
        });
        passed.add(again);
        (event.target ?? document).dispatchEvent(again);
      }
    };
    const onUp = (event: KeyboardEvent): void => {
      if (held !== null && held.event.code === event.code) held.released = true;
    };

    const onDown = (event: KeyboardEvent): void => {
      const now = event.timeStamp;
      if (event.ctrlKey && event.code === 'BracketRight' && now - burst.lastAt <= BURST_GAP_MS) {
        burst = addChar(burst, GS, now); // how a scanner types the separator of GS1
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      if (passed.has(event) || event.ctrlKey || event.altKey || event.metaKey) return;
      const field = fieldOf(event.target);
      // The PIN is nobody's ticket and is never looked at.
      if (field instanceof HTMLInputElement && field.type === 'password') return;
      if (isTerminator(event.code)) {
        const text = scanned(burst, now);
        burst = NO_BURST;
        if (text === null) return;
        event.preventDefault();
        event.stopPropagation();
        if (held !== null) clearTimeout(held.timer);
        held = null;
        if (before !== null) restore(before.field, before.value);
        before = null;
        lines.push(text);
        clearTimeout(patience);
        if (zoneGoesOn(lines.join(''))) patience = setTimeout(tell, LINE_GAP_MS);
        else tell();
        return;
      }
      if (event.repeat || charOf(event.code, event.shiftKey) === null) return;
      const first = now - burst.lastAt > BURST_GAP_MS;
      burst = addKey(burst, event.code, event.shiftKey, now);
      if (first) before = field === null ? null : { field, value: field.value };
      if (field !== null || event.code === 'Space') return;
      event.preventDefault();
      event.stopPropagation();
      if (held !== null) clearTimeout(held.timer);
      held = first
        ? { event, timer: setTimeout(() => letGo(event), BURST_GAP_MS + 5), released: false }
        : null;
    };
    document.addEventListener('keydown', onDown, true);
    document.addEventListener('keyup', onUp, true);
    return () => {
      document.removeEventListener('keydown', onDown, true);
      document.removeEventListener('keyup', onUp, true);
      if (held !== null) clearTimeout(held.timer);
      clearTimeout(patience);
    };
  }, []);
}
