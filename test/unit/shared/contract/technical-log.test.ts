// The technical log's line form: what fits is kept, and nothing else can be written, whoever hands it over.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TRUST_LIST_REFUSALS } from '../../../../src/shared/cades/trust-list.ts';
import { UPDATE_FAULTS } from '../../../../src/shared/contract/updates.ts';
import {
  TECHNICAL_EVENTS,
  framesOf,
  readTechnicalLine,
  technicalLine,
} from '../../../../src/shared/contract/technical-log.ts';
import { CKR } from '../../../../src/main/adapters/token/ckr.ts';

const AT = new Date('2026-07-01T08:00:00.000Z');
const line = (event: string, details: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  JSON.parse(technicalLine(AT, 'core', event, details)) as Record<string, unknown>;

describe('a line', () => {
  it('keeps codes, numbers, versions, channels and places in the code', () => {
    const details = {
      number: '0a1b2c3d',
      channel: 'case.open',
      kind: 'TypeError',
      issues: 3,
      stack: 'core-Ab1_.js:1:2345 read-case.ts:40:7',
    };
    expect(line('incident', details)).toEqual({
      at: AT.toISOString(),
      from: 'core',
      event: 'incident',
      ...details,
    });
    expect(line('core-process-died', { code: 0xc0000005 })['code']).toBe(0xc0000005);
    expect(line('update', { state: 'ready', version: '1.20.3', code: '' })).not.toHaveProperty(
      'code',
    );
  });

  it.each([
    ['a name as a code', 'sync-round-failed', { kind: 'Иванова Айгүл' }],
    ['a Latin name as a code', 'cache-not-opened', { failure: 'aigul' }],
    ['an IIN as a number', 'package-damaged', { count: 101_000_000 }],
    ['an IIN as text', 'package-damaged', { count: '900101300123' }],
    ['a phone as the end of a process', 'core-process-died', { code: 77_012_345_678 }],
    ['a PIN as an incident', 'batch-failed', { number: '123456' }],
    ['a ticket as a channel', 'incident', { channel: 'KZ-2026-000123' }],
    ['a home folder in a stack', 'incident', { stack: '/home/aigul/core.js:1:2' }],
    ['a sentence as an answer of a token', 'token-refused', { answer: 'CKR_ pin 1234' }],
  ])('takes %s for nothing', (_what, event, details) => {
    const [[field, value]] = Object.entries(details) as [[string, unknown]];
    expect(line(event, details)[field]).toBe('?');
    expect(technicalLine(AT, 'core', event, details)).not.toContain(String(value));
  });

  it('has no room for events and fields that nobody listed', () => {
    expect(line('Иванова', { kind: 'Error' })).toEqual({
      at: AT.toISOString(),
      from: 'core',
      event: 'unlisted-event',
    });
    expect(line('cache-opened', { who: 'Error' })).not.toHaveProperty('who');
    expect(line('constructor', {})['event']).toBe('unlisted-event');
  });

  it('is read back as written, and not when a sign was changed', () => {
    const events = fc.constantFrom(...Object.keys(TECHNICAL_EVENTS));
    const details = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.object()));
    fc.assert(
      fc.property(events, details, (event, given) => {
        const text = technicalLine(AT, 'imaging', event, given);
        expect(readTechnicalLine(text)).toBe(text);
        expect(text).not.toContain('\n');
      }),
    );
    const text = technicalLine(AT, 'core', 'cache-opened', {});
    expect(readTechnicalLine(text.replace('}', ',"who":"aigul"}'))).toBeNull();
    expect(readTechnicalLine(text.replace('core', 'aigul'))).toBeNull();
    for (const other of ['', 'null', '[]', '{}', text.slice(1), ` ${text}`])
      expect(readTechnicalLine(other)).toBeNull();
  });
});

describe('words', () => {
  it.each([
    ['trust-list-refused', 'code', TRUST_LIST_REFUSALS],
    ['update', 'code', UPDATE_FAULTS],
  ] as const)('know every code of %s', (event, field, codes) => {
    expect(codes.length).toBeGreaterThan(3);
    for (const code of codes) expect(line(event, { [field]: code })[field]).toBe(code);
  });
  it('know every answer a PKCS#11 module gives a name', () => {
    for (const { name, refusal } of Object.values(CKR)) {
      const told = { call: 'sign', code: refusal, answer: name };
      expect(line('token-refused', told)).toMatchObject(told);
    }
  });
});

describe('frames of a stack', () => {
  it('are file, line and column without folders, functions and messages', () => {
    const stack = [
      'TypeError: no application of Иванова',
      '    at readCase (file:///home/aigul/kualik/out/main/core.js:12:3456)',
      '    at async file:///C:/Users/aigul/chunks/route-Ab_1.js:1:20',
      '    at node:internal/process/task_queues:95:5',
    ].join('\n');
    expect(framesOf(stack)).toBe('core.js:12:3456 route-Ab_1.js:1:20');
    expect(framesOf(undefined)).toBe('');
    expect(line('incident', { stack: framesOf(stack) })['stack']).toBe(framesOf(stack));
  });
});
