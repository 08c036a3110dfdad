// Spoils an answer on purpose, for the tests of a workstation's defences.
import type { Fault } from './fault-schema.ts';

type Malformed = Extract<Fault, { kind: 'malformed' }>;
type Item = Record<string, unknown>;

/** The answer's text and type after the fault; JSON text in. */
export function spoil(json: string, fault: Malformed): { text: string; type: string } {
  const type = 'application/json; charset=utf-8';
  switch (fault.how) {
    case 'broken-json':
      return { text: `${json.slice(0, -1)},,`, type };
    case 'truncated':
      return { text: json.slice(0, Math.floor(json.length / 2)), type };
    case 'html':
      return { text: '<html><body>502 Bad Gateway</body></html>', type: 'text/html' };
    case 'wrong-shape':
      return { text: JSON.stringify({ unexpected: true, items: 'none' }), type };
    case 'unknown-enum':
    case 'oversize-text':
    case 'wrong-type':
      return { text: spoilOne(json, fault), type };
  }
}

/** One application of a page of changes; other answers stay as they are. */
function spoilOne(json: string, { how, applicationId }: Malformed): string {
  const reply = JSON.parse(json) as { items?: Item[] };
  const victim = reply.items?.find((item) => {
    const head = item['head'] as Item | undefined;
    return applicationId === undefined
      ? item['dossier'] != null
      : head?.['applicationId'] === applicationId;
  });
  if (victim === undefined) return json;
  const head = victim['head'] as Item;
  const dossier = victim['dossier'] as Item | null;
  if (how === 'unknown-enum') head['stage'] = 'teleported';
  else if (how === 'wrong-type') head['revision'] = '1; drop table';
  else if (dossier === null) head['timeline'] = [{ at: '', event: 'filed', note: 'А'.repeat(2_000_000) }];
  else (dossier['declared'] as Item)['surname'] = 'А'.repeat(2_000_000);
  return JSON.stringify(reply);
} // prettier-ignore
