// Key handlers of a screen: the newest screen that knows the command gets it.
import { useEffect, useRef } from 'react';
import { commandOf, type KeyCommand } from './keymap.ts';

/** Return `false` to let the next scope have the key. */
export type KeyHandler = (event: KeyboardEvent) => void | false;
export type KeyHandlers = Partial<Record<KeyCommand, KeyHandler>>;

/** Later kinds stand above earlier ones, whatever mounted first. */
const ORDER = { frame: 0, screen: 1, panel: 2, dialog: 3 } as const;
export type KeyScope = keyof typeof ORDER;

interface Entry {
  readonly scope: KeyScope;
  readonly down: { current: KeyHandlers };
  readonly up: { current: KeyHandlers };
}

let entries: Entry[] = [];

const TYPED = new Set(['INPUT', 'TEXTAREA', 'SELECT']);
const QUIET_INPUTS = new Set(['checkbox', 'radio', 'range', 'button', 'submit']);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement && QUIET_INPUTS.has(target.type)) return false;
  return TYPED.has(target.tagName);
}

/** Enter, Space and arrows belong to the control that has the focus. */
function belongsToControl(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (event.ctrlKey) return false;
  if (event.code === 'Enter' || event.code === 'NumpadEnter' || event.code === 'Space') {
    return target.closest('button, a, summary, [role="button"], [role="tab"]') !== null;
  }
  if (event.code.startsWith('Arrow')) {
    return target.closest('[role="radiogroup"], [role="tablist"], input[type="range"]') !== null;
  }
  return false;
}

function dispatch(event: KeyboardEvent, phase: 'down' | 'up'): void {
  if (event.defaultPrevented || event.isComposing || belongsToControl(event)) return;
  const command = commandOf(event, isTyping(event.target));
  if (command === null) return;
  for (const entry of [...entries].reverse()) {
    const handler = entry[phase].current[command];
    if (handler === undefined) continue;
    if (handler(event) === false) continue;
    event.preventDefault();
    return;
  }
}

const onDown = (event: KeyboardEvent): void => dispatch(event, 'down');
const onUp = (event: KeyboardEvent): void => dispatch(event, 'up');

function enter(entry: Entry): () => void {
  if (entries.length === 0) {
    document.addEventListener('keydown', onDown);
    document.addEventListener('keyup', onUp);
  }
  const at = entries.findIndex((each) => ORDER[each.scope] > ORDER[entry.scope]);
  entries = at < 0 ? [...entries, entry] : [...entries.slice(0, at), entry, ...entries.slice(at)];
  return () => {
    entries = entries.filter((each) => each !== entry);
    if (entries.length === 0) {
      document.removeEventListener('keydown', onDown);
      document.removeEventListener('keyup', onUp);
    }
  };
}

/**
 * Listens to the commands while the component is mounted. `up` handlers serve held keys (blink);
 * a `down` handler of a held key should look at `event.repeat`.
 */
export function useKeys(scope: KeyScope, down: KeyHandlers, up: KeyHandlers = {}): void {
  const downRef = useRef(down);
  const upRef = useRef(up);
  useEffect(() => {
    downRef.current = down;
    upRef.current = up;
  });
  useEffect(() => enter({ scope, down: downRef, up: upRef }), [scope]);
}
