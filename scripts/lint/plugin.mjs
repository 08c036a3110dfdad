// The house's own ESLint rules in one plugin.
import { fileName, firstLine, noBarrel, relativeExtension } from './form.mjs';
import { purity } from './purity.mjs';
import { roomsLaw } from './rooms-law.mjs';

/** @type {import('eslint').ESLint.Plugin} */
export const house = {
  meta: { name: 'house' },
  rules: {
    rooms: roomsLaw,
    pure: purity,
    'first-line': firstLine,
    'no-barrel': noBarrel,
    'file-name': fileName,
    'relative-extension': relativeExtension,
  },
};
