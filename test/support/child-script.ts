// How a test starts one of the processes beside it: packed by the global set-up, or through tsx where there was none.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

type ChildName =
  | 'batch-child'
  | 'core-process'
  | 'imaging-process'
  | 'lease-child'
  | 'pull-child'
  | 'token-process';

/** The file to run and what Node needs in front of it. */
export function childScript(name: ChildName): { file: string; execArgv: string[] } {
  const packed = process.env['KUALIK_TEST_CHILDREN'];
  if (packed) return { file: path.join(packed, `${name}.mjs`), execArgv: [] };
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return { file: path.join(import.meta.dirname, `${name}.ts`), execArgv: ['--import', loader] };
}
