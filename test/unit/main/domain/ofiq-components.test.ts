// The curves of ISO/IEC 29794-5: on a small table here, and on all 784 published cases where they are at hand.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { OFIQ_MEASURES, ofiqComponent } from '../../../../src/main/domain/ofiq-components.ts';
import { OFIQ_CASES } from './ofiq-cases.ts';

const table = path.resolve('../shared/ofiq/expected_results.csv');
const there = fs.existsSync(table);

describe('ofiqComponent', () => {
  it.each(OFIQ_CASES)('%s of %d is %d', (name, native, value) => {
    expect(ofiqComponent(name, native)).toEqual({ name, native, value });
  });

  it('knows a case of every measure', () => {
    expect(new Set(OFIQ_CASES.map(([name]) => name))).toEqual(new Set(OFIQ_MEASURES));
  });

  it('stays within 0 and 100 for any number and answers null for none', () => {
    for (const name of OFIQ_MEASURES) {
      for (const native of [-1e9, -1, 0, 0.5, 1, 100, 1e9, -Infinity]) {
        const component = ofiqComponent(name, native);
        if (component === null) continue;
        expect(component.value).toBeGreaterThanOrEqual(0);
        expect(component.value).toBeLessThanOrEqual(100);
      }
      expect(ofiqComponent(name, NaN)).toBeNull();
    }
  });

  if (!there) console.warn(`SKIPPED: ${table} is not here, the 784 published cases were not tried`);
  it.skipIf(!there)('agrees with all 784 published cases', () => {
    const [head = [], ...rows] = fs
      .readFileSync(table, 'utf8')
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(';'));
    let tried = 0;
    for (const name of OFIQ_MEASURES) {
      const [native, value] = [head.indexOf(name), head.indexOf(`${name}.scalar`)];
      for (const row of rows) {
        expect(ofiqComponent(name, Number(row[native]))?.value, `${name} ${row[native]}`).toBe(
          Number(row[value]),
        );
        tried += 1;
      }
    }
    expect(tried).toBe(784);
  });
});
