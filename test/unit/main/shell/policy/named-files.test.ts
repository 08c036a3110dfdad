// Each file that the policy names and others may write is one mistake, at its line, in words; and who may picture the window.
import { expect, it } from 'vitest';
import { captureBlocked } from '../../../../../src/main/shell/policy/capture.ts';
import { effectivePolicy } from '../../../../../src/main/shell/policy/effective.ts';
import { mistakesOfPlaces } from '../../../../../src/main/shell/policy/named-files.ts';
import { mistakeLine } from '../../../../../src/main/shell/policy/words.ts';
import { jsonWithLines } from '../../../../../src/shared/kernel/json-lines.ts';

const FILE = '/etc/kualik/policy.json';
const TEXT = `{
 "nodeUrl": "https://node.example:8443",
 "tlsCaFile": "node-ca.pem",
 "trustFile": "/srv/trust.pem",
 "trustListSignerFile": "pin/list.pem",
 "stationId": "almaty-07",
 "modules": [
  { "id": "a", "title": "A", "path": "/usr/lib/a.so" },
  { "id": "b", "title": "B", "path": "libb.so" }
 ]
}`;
function policy() {
  const read = jsonWithLines(TEXT);
  if (!read.ok) throw new Error('not JSON');
  const values = read.value as Record<string, unknown>;
  const fromFile = { ok: true as const, values, lineOf: read.lineOf };
  const found = effectivePolicy({
    file: FILE,
    fromFile,
    fromRegistry: { values: {}, faults: [] },
  });
  if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
  return found;
}

it('asks about every file, certificates by the folder of the policy, libraries as they stand', () => {
  const asked: string[] = [];
  const none = mistakesOfPlaces(policy(), FILE, (file) => {
    asked.push(file);
    return null;
  });
  expect(none).toEqual([]);
  expect(asked).toEqual([
    '/etc/kualik/node-ca.pem',
    '/srv/trust.pem',
    '/etc/kualik/pin/list.pem',
    '/usr/lib/a.so',
    'libb.so',
  ]);
});

it('tells the line of the name and the place that others write, in both languages', () => {
  const found = mistakesOfPlaces(policy(), FILE, (file) =>
    file === '/srv/trust.pem' ? '/srv' : file === 'libb.so' ? file : null,
  );
  const lines = found.map((mistake) => mistakeLine(mistake, 'ru'));
  expect(lines[0]).toMatch(/^\/etc\/kualik\/policy\.json:4: trustFile: .*не только root/);
  expect(lines[0]).toContain('root:root go-w /srv');
  expect(lines[1]).toMatch(/^\/etc\/kualik\/policy\.json:7: modules\.1\.path: .*libb\.so\)$/);
  expect(mistakeLine(found[0]!, 'kk')).toMatch(/root-тан басқалар да/);
  expect(found).toHaveLength(2);
});

it.each([
  [{ training: false }, true, true],
  [{ training: true }, true, false],
  [{ training: false }, false, false],
  [{ training: true, screenCapture: false }, false, true],
  [{ training: false, screenCapture: true }, true, false],
])('pictures of the screen: %j, packaged %s: blocked %s', (given, packaged, blocked) => {
  expect(captureBlocked(given, packaged)).toBe(blocked);
});
