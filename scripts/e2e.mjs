// `npm run test:e2e [-- --grep …]`: sets up, builds what changed, and runs the end-to-end tests alone.
import { setUp } from './setup.mjs';
import { step, stopWith } from './setup/say.mjs';

main().catch(stopWith);

async function main() {
  const runtime = await setUp({ purpose: 'test' });
  const { build } = await import('./run/build.mjs');
  const { runE2e } = await import('./run/e2e.mjs');
  await step('program', () => build());
  process.exitCode = await runE2e(runtime, process.argv.slice(2));
}
