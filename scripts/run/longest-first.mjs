// The order of the integration tests: the long files first, so that none of them is left running alone at the end.
import path from 'node:path';
import { BaseSequencer } from 'vitest/node';

/** Measured alone; the first three work on different stands, and none waits for another's faces to be painted. */
const longest = [
  'never-twice',
  'virtual-card',
  'imaging-process',
  'workstation-issuance',
  'batch-signing',
  'token-faults',
  'pin-hygiene',
  'workstation-restart',
  'custody',
  'central-stand',
  'workstation-line',
  'trust-workstation',
].map((name) => `${name}.test.ts`);

export class LongestFirst extends BaseSequencer {
  /** @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    const rank = ({ moduleId }) => {
      const at = longest.indexOf(path.basename(moduleId));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
