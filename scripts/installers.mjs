// `npm run test:installers`: the contents of the RPM, and the Windows installers under Wine; not a part of `npm test`.
import { prepareTools } from './dist/tools.mjs';
import { setUp } from './setup.mjs';
import { step, stopWith } from './setup/say.mjs';

main().catch(stopWith);

async function main() {
  await setUp({ purpose: 'test' });
  const uses = ['rpm', 'nsis', 'msi', 'signingInToken', 'windows'];
  await step('tools', (announce) => prepareTools(uses, announce));
  const { build } = await import('./run/build.mjs');
  const { run, tool } = await import('./run/child.mjs');
  await step('program', () => build());
  const args = ['run', '--project', 'installers', ...process.argv.slice(2)];
  process.exitCode = (await run(tool('vitest/vitest.mjs', ...args))).code;
}
