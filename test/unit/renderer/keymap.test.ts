// The key table: physical keys, no command twice, quiet while typing.
import { describe, expect, it } from 'vitest';
import {
  commandOf,
  KEY_COMMANDS,
  KEYMAP,
  type KeyBinding,
  type KeyPress,
} from '../../../src/renderer/shared/keys/keymap.ts';

const press = (code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  code,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

describe('keymap', () => {
  it('gives each key of the table back as its own command', () => {
    for (const command of KEY_COMMANDS) {
      const binding: KeyBinding = KEYMAP[command];
      for (const code of binding.codes) {
        const made = press(code, {
          ctrlKey: binding.ctrl ?? false,
          shiftKey: binding.shift ?? false,
          altKey: binding.alt ?? false,
        });
        expect(commandOf(made, false), `${command} ${code}`).toBe(command);
      }
    }
  });

  it('looks at the physical key, so the letter of the layout does not matter', () => {
    // On the Russian layout the key J types «о»; the event still says KeyJ.
    expect(commandOf({ ...press('KeyJ'), key: 'о' } as KeyPress, false)).toBe('next');
    expect(commandOf(press('Slash'), false)).toBe('search');
    expect(commandOf(press('Slash', { shiftKey: true }), false)).toBe('keys');
  });

  it('stays quiet in a text field but for Escape, F1, Ctrl+Enter and Alt with a digit', () => {
    expect(commandOf(press('KeyA'), true)).toBeNull();
    expect(commandOf(press('Slash'), true)).toBeNull();
    expect(commandOf(press('Enter'), true)).toBeNull();
    expect(commandOf(press('Escape'), true)).toBe('back');
    expect(commandOf(press('F1'), true)).toBe('help');
    expect(commandOf(press('Enter', { ctrlKey: true }), true)).toBe('sign');
    expect(commandOf(press('Digit2', { altKey: true }), true)).toBe('screen2');
  });

  it('leaves the shortcuts of the system alone', () => {
    expect(commandOf(press('KeyA', { ctrlKey: true }), false)).toBeNull();
    expect(commandOf(press('KeyL', { metaKey: true }), false)).toBeNull();
    expect(commandOf(press('KeyJ', { altKey: true }), false)).toBeNull();
  });

  it('tells the blink of the signatures from that of the photos by Shift', () => {
    expect(commandOf(press('Space'), false)).toBe('blink');
    expect(commandOf(press('Space', { shiftKey: true }), false)).toBe('blinkSignature');
  });

  it('zooms in with plus on any layout', () => {
    expect(commandOf(press('Equal'), false)).toBe('zoomIn');
    expect(commandOf(press('Equal', { shiftKey: true }), false)).toBe('zoomIn');
    expect(commandOf(press('NumpadAdd'), false)).toBe('zoomIn');
  });
});
