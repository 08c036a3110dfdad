// With what a package does not start: switches and variables by which others could read, drive or deceive it.

export interface Beginning {
  /** Without the program's own name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The fuse of the inspector is open and somebody uses it: a package made for tests. */
  readonly driven: boolean;
  /** Does Chromium have the switch, wherever it came from? */
  has(name: string): boolean;
}

export interface RefusedStart {
  readonly by: 'switch' | 'environment';
  /** `--no-sandbox`, `NODE_OPTIONS`: never its value. */
  readonly name: string;
}

const NOTHING = /^$/;
/**
 * Chromium knows a thousand switches and gets new ones each month, so those that may stand are named, each with
 * its values. Neither our packages nor the desktops add any; these are for administrators and old machines.
 */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  'check-policy': NOTHING,
  'self-test': NOTHING,
  diagnostics: /^.*$/, // the folder
  'ozone-platform': /^(headless|x11|wayland)$/,
  'ozone-platform-hint': /^(auto|x11|wayland)$/,
  'password-store': /^(gnome-libsecret|kwallet[56]?)$/, // never `basic`, which is plain text
  'disable-gpu': NOTHING,
  'force-device-scale-factor': /^[1-4](\.\d{1,2})?$/,
  'force-renderer-accessibility': NOTHING,
};
/** What Playwright adds; where the inspector is open a second way in opens nothing more. */
const OF_TESTS = ['inspect', 'remote-debugging-port'];
/** A variable, or a runtime of tomorrow, may set these without any argument. */
const WALLS = [
  'no-sandbox',
  'disable-web-security',
  'ignore-certificate-errors',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'use-fake-device-for-media-stream',
  'use-file-for-fake-video-capture',
  'use-fake-ui-for-media-stream',
];

/** Node's, Electron's and Chromium's own levers, keys of TLS written to a file, libraries pushed in. */
const LEVERS =
  /^(NODE|ELECTRON)_|^CHROME_(DEVEL_SANDBOX|SANDBOX_DEBUGGING|CONFIG_HOME|HEADLESS)$|^BREAKPAD_DUMP_LOCATION$|^SSLKEYLOGFILE$|^OPENSSL_CONF$|^LD_(PRELOAD|AUDIT)$/i;
/** How the desktop shows windows and throws files away. */
const HARMLESS =
  /^(NODE_ENV|ELECTRON_(OZONE_PLATFORM_HINT|TRASH|FORCE_WINDOW_MENU_BAR|USE_UBUNTU_NOTIFIER|NO_ATTACH_CONSOLE))$/i;

/** The first thing for which this start ends, or null. */
export function refusedStart(beginning: Beginning): RefusedStart | null {
  const { argv, env, platform, driven, has } = beginning;
  // Chromium takes -x for --x everywhere, and /x on Windows; what is no switch is read by nobody.
  const dashes = platform === 'win32' ? /^(--?|\/)/ : /^--?/;
  for (const argument of argv.filter((each) => dashes.test(each))) {
    const [name = '', ...value] = argument.replace(dashes, '').split('=');
    const known = Object.hasOwn(ALLOWED, name) && ALLOWED[name]!.test(value.join('='));
    if (!known && !(driven && OF_TESTS.includes(name)))
      return { by: 'switch', name: `--${name.slice(0, 60)}` };
  }
  // Before the walls: a variable that takes one away is the cause to be told.
  const lever = Object.keys(env).find((name) => LEVERS.test(name) && !HARMLESS.test(name));
  if (lever !== undefined) return { by: 'environment', name: lever };
  const wall = WALLS.find((name) => has(name) && !(driven && OF_TESTS.includes(name)));
  return wall === undefined ? null : { by: 'switch', name: `--${wall}` };
}

/** What a box shows before any language is known. */
export const refusedWords = ({ name }: RefusedStart): string =>
  `Бағдарлама іске қосылмады: оны «${name}» мәнімен бастауға болмайды. Әкімшіге хабарлаңыз.\n` +
  `Программа не запущена: с «${name}» её начинать нельзя. Сообщите администратору.`;
