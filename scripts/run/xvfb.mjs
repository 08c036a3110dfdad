// Gives a screen to programs that need one on a machine without: its own Xvfb on a free display.
import { end, follow } from './child.mjs';
import { Trouble } from '../setup/say.mjs';

/** True when people can see windows on this machine. */
export function hasScreen() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Starts Xvfb, which chooses the first free display itself.
 * Resolves {env, stop}: the variables for the programs, and a function that ends the display.
 */
export async function startXvfb({ size = '1440x900x24' } = {}) {
  const args = ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'];
  const server = follow('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let errors = '';
  server.stderr.on('data', (chunk) => (errors += chunk));
  const display = await new Promise((resolve, reject) => {
    let number = '';
    server.stdio[3].on('data', (chunk) => {
      number += chunk;
      if (number.endsWith('\n')) resolve(number.trim());
    });
    const failed = (why) =>
      reject(
        new Trouble(
          `The virtual display did not start: ${why}. Install it with: sudo apt-get install -y xvfb`,
        ),
      );
    server.on('error', (error) => failed(error.message));
    server.on('exit', () => failed(errors.trim().split('\n').at(-1) || 'Xvfb ended at once'));
  });
  return {
    env: { DISPLAY: `:${display}`, WAYLAND_DISPLAY: '', ELECTRON_OZONE_PLATFORM_HINT: 'x11' },
    stop: () => end(server),
  };
}
