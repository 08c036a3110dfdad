// Parts of Electron that lead out of the program are imported by nobody: by the lint's own configuration.
import path from 'node:path';
import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const eslint = new ESLint({ cwd: root });

async function found(code: string): Promise<string[]> {
  const filePath = path.join(root, 'src/main/shell/index.ts');
  const [result] = await eslint.lintText(`// A shell.\n${code}\n`, { filePath });
  return result!.messages.flatMap(({ ruleId }) =>
    ruleId === 'no-restricted-imports' ? ['x'] : [],
  );
}

it('what is used passes', async () => {
  expect(
    await found(`import { app, session } from 'electron';\napp.quit(); void session;`),
  ).toEqual([]);
});

it.each([
  `import { shell } from 'electron';`, // openExternal, openPath
  `import { app, shell as s } from 'electron';`,
  `import * as electron from 'electron';`,
  `import electron from 'electron';`,
  `export { shell } from 'electron';`,
  `import { clipboard } from 'electron';`,
  `import { crashReporter } from 'electron';`,
  `import { desktopCapturer } from 'electron';`,
  `import { net } from 'electron';`,
])('%s', async (code) => {
  expect(await found(code)).toEqual(['x']);
});
