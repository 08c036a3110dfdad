// The folder after `--diagnostics`: with or without `=`, never another switch.
import { expect, it } from 'vitest';
import { namedFolder } from '../../../../src/main/shell/named-folder.ts';

it.each([
  ['kualik --diagnostics', null],
  ['kualik --diagnostics=', null],
  ['kualik --diagnostics /mnt/usb', '/mnt/usb'],
  ['kualik --diagnostics=/mnt/a=b', '/mnt/a=b'],
  ['electron . --diagnostics out --ozone-platform=headless', '/home/who/out'],
  ['kualik --diagnostics --ozone-platform=headless', null],
  ['kualik --self-test out', null],
])('%s', (line, folder) => {
  expect(namedFolder(line.split(' '), '/home/who')).toBe(folder);
});
