// The PIN of the token: from a file that only its owner reads, or typed; never from the command line, which others see.
import fs from 'node:fs';
import process from 'node:process';

/** @throws Error when there is neither file nor terminal, or others may read the file */
export async function askPin(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const file = env['KUALIK_UPDATE_PIN_FILE'];
  if (file !== undefined) {
    if (process.platform !== 'win32' && (fs.statSync(file).mode & 0o077) !== 0)
      throw new Error(`${file}: others may read it (chmod 600)`);
    return fs.readFileSync(file, 'utf8').trimEnd();
  }
  const { stdin } = process;
  if (!stdin.isTTY) throw new Error('No terminal to ask the PIN on: say KUALIK_UPDATE_PIN_FILE.');
  process.stderr.write('PIN of the token: ');
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  let typed = '';
  try {
    for await (const part of stdin as AsyncIterable<string>)
      for (const key of part) {
        if (key === '\r' || key === '\n') return typed;
        if (key === '\u0003') throw new Error('Stopped.');
        typed = key === '\u007f' || key === '\b' ? typed.slice(0, -1) : typed + key;
      }
    return typed;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    process.stderr.write('\n');
  }
}
