// `npm run build`: builds the program when a source has changed; `--force` builds in any case.
import { build } from './run/build.mjs';
import { step, stopWith } from './setup/say.mjs';

step('build', () => build({ force: process.argv.includes('--force') })).catch(stopWith);
