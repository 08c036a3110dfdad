// The slip of cl. 12: which service failed, since when, who saw it, and that one applies through the centre.
import type { PaperOf } from '../../shared/contract/papers.ts';
import type { OutageDto } from '../../shared/contract/services.ts';
import { made, qrText, type Making } from './papers.ts';

/** Says nothing of any person. An end nobody watched is no answer of the service and is left open. */
export function outageSlipOf(
  outage: OutageDto,
  thresholdMinutes: number,
  making: Making,
): PaperOf<'outage'> {
  return {
    kind: 'outage',
    ...made(making),
    outageId: outage.id,
    service: outage.service,
    thresholdMinutes,
    since: outage.since,
    until: outage.until,
    answeredAt: outage.ended === 'answered' ? outage.endedAt : null,
    by: outage.by,
    sha256: outage.sha256,
    qr: qrText('outage', null, outage.sha256),
  };
}
