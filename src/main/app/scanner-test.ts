// The scanner on the morning card: a keyboard wedge tells nothing of itself, so a test scan of this session speaks for it.
import type { ReadinessStep, ScanSeen } from '../../shared/contract/settings.ts';
import type { OpenDesk } from './desk.ts';
import { finding, type Finding } from './step.ts';

/** The last test scan of each session; its facts alone, the text never comes here. */
const seenBy = new WeakMap<OpenDesk['session'], ScanSeen>();

/** Who hands cards out needs one; others are only told that none was tried. */
export function scannerStep({ session }: OpenDesk): Finding {
  const seen = seenBy.get(session);
  if (seen === undefined)
    return session.officer.roles.includes('issuer')
      ? finding('look', 'scanner-not-tried')
      : finding('ok', 'scanner-not-tried');
  const params = { length: seen.length };
  return seen.layout === 'cyrillic'
    ? finding('look', 'scanner-layout', params)
    : finding('ok', `scanner-${seen.terminator}`, params);
}

/** Notes a test scan and answers the step as it is now. */
export function testScanner(desk: OpenDesk, seen: ScanSeen): ReadinessStep {
  seenBy.set(desk.session, seen);
  return { name: 'scanner', ...scannerStep(desk), tookMs: 0 };
}
