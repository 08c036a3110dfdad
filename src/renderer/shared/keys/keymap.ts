// The one table of keys, by physical key, so that Russian and Kazakh layouts work the same.

export const KEY_COMMANDS = [
  'next',
  'previous',
  'open',
  'nextUrgent',
  'batch',
  'search',
  'group1',
  'group2',
  'group3',
  'group4',
  'finding',
  'inOrder',
  'blinkSignature',
  'blink',
  'sliderLeft',
  'sliderRight',
  'zoomIn',
  'zoomOut',
  'zoomReset',
  'magnifier',
  'guides',
  'align',
  'beside',
  'card',
  'view',
  'facts',
  'signatureView',
  'approve',
  'annul',
  'markPlace',
  'sign',
  'takeBack',
  'lock',
  'help',
  'keys',
  'back',
  'screen1',
  'screen2',
  'screen3',
  'screen4',
  'screen5',
  'screen6',
  'screen7',
  'screen8',
  'screen9',
  'screen10',
] as const;
export type KeyCommand = (typeof KEY_COMMANDS)[number];

export const KEY_GROUPS = ['list', 'case', 'picture', 'decision', 'everywhere'] as const;
export type KeyGroup = (typeof KEY_GROUPS)[number];

export interface KeyBinding {
  /** Physical keys (KeyboardEvent.code), any of them. */
  readonly codes: readonly string[];
  /** What is printed on the key cap. */
  readonly cap: string;
  readonly group: KeyGroup;
  readonly ctrl?: true;
  readonly shift?: true;
  readonly alt?: true;
  /** Fires while typing in a field too. */
  readonly inFields?: true;
}

const digit = (n: number, group: KeyGroup): KeyBinding => ({
  codes: [`Digit${n}`, `Numpad${n}`],
  cap: String(n),
  group,
});
const screen = (n: number): KeyBinding => ({
  codes: [`Digit${n}`],
  cap: `Alt ${n}`,
  group: 'everywhere',
  alt: true,
  inFields: true,
});

export const KEYMAP = {
  next: { codes: ['KeyJ', 'ArrowDown'], cap: 'J', group: 'list' },
  previous: { codes: ['KeyK', 'ArrowUp'], cap: 'K', group: 'list' },
  open: { codes: ['Enter', 'NumpadEnter'], cap: 'Enter', group: 'list' },
  nextUrgent: { codes: ['KeyN'], cap: 'N', group: 'list' },
  batch: { codes: ['KeyA'], cap: 'Shift A', group: 'list', shift: true },
  search: { codes: ['Slash'], cap: '/', group: 'list' },
  group1: digit(1, 'case'),
  group2: digit(2, 'case'),
  group3: digit(3, 'case'),
  group4: digit(4, 'case'),
  finding: { codes: ['KeyF'], cap: 'F', group: 'case' },
  inOrder: { codes: ['KeyY'], cap: 'Y', group: 'case' },
  blinkSignature: { codes: ['Space'], cap: 'Shift Space', group: 'picture', shift: true },
  blink: { codes: ['Space'], cap: 'Space', group: 'picture' },
  sliderLeft: { codes: ['BracketLeft'], cap: '[', group: 'picture' },
  sliderRight: { codes: ['BracketRight'], cap: ']', group: 'picture' },
  zoomIn: { codes: ['Equal', 'NumpadAdd'], cap: '+', group: 'picture' },
  zoomOut: { codes: ['Minus', 'NumpadSubtract'], cap: '−', group: 'picture' },
  zoomReset: { codes: ['Digit0', 'Numpad0'], cap: '0', group: 'picture' },
  magnifier: { codes: ['KeyM'], cap: 'M', group: 'picture' },
  guides: { codes: ['KeyG'], cap: 'G', group: 'picture' },
  align: { codes: ['KeyT'], cap: 'T', group: 'picture' },
  beside: { codes: ['KeyE'], cap: 'E', group: 'picture' },
  card: { codes: ['KeyC'], cap: 'C', group: 'picture' },
  view: { codes: ['KeyV'], cap: 'V', group: 'picture' },
  facts: { codes: ['KeyI'], cap: 'I', group: 'picture' },
  signatureView: { codes: ['KeyB'], cap: 'B', group: 'picture' },
  approve: { codes: ['KeyA'], cap: 'A', group: 'decision' },
  annul: { codes: ['KeyX'], cap: 'X', group: 'decision' },
  markPlace: { codes: ['KeyW'], cap: 'W', group: 'decision' },
  sign: {
    codes: ['Enter', 'NumpadEnter'],
    cap: 'Ctrl Enter',
    group: 'decision',
    ctrl: true,
    inFields: true,
  },
  takeBack: { codes: ['KeyU'], cap: 'U', group: 'decision' },
  lock: { codes: ['KeyL'], cap: 'L', group: 'everywhere' },
  help: { codes: ['F1'], cap: 'F1', group: 'everywhere', inFields: true },
  keys: { codes: ['Slash'], cap: '?', group: 'everywhere', shift: true },
  back: { codes: ['Escape'], cap: 'Esc', group: 'everywhere', inFields: true },
  screen1: screen(1),
  screen2: screen(2),
  screen3: screen(3),
  screen4: screen(4),
  screen5: screen(5),
  screen6: screen(6),
  screen7: screen(7),
  screen8: screen(8),
  screen9: screen(9),
  screen10: screen(0), // the tenth key of the row
} as const satisfies Record<KeyCommand, KeyBinding>;

/** What is read of a keyboard event; a real KeyboardEvent fits. */
export interface KeyPress {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** The command of a key press, or null; `typing` = focus is in a text field. */
export function commandOf(press: KeyPress, typing: boolean): KeyCommand | null {
  for (const command of KEY_COMMANDS) {
    const binding: KeyBinding = KEYMAP[command];
    if (typing && binding.inFields !== true) continue;
    if (!binding.codes.includes(press.code)) continue;
    if (press.ctrlKey !== (binding.ctrl ?? false)) continue;
    if (press.altKey !== (binding.alt ?? false) || press.metaKey) continue;
    // Plus is Shift+Equal on the Russian layout: zoom keys do not ask about Shift.
    const shiftMatters =
      binding.shift === true || (binding.group !== 'picture' && press.code !== 'F1');
    if (shiftMatters && press.shiftKey !== (binding.shift ?? false)) continue;
    return command;
  }
  return null;
}
