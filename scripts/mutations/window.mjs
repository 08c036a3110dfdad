// Weaknesses of the window and the shell: what a hostile page, user or start could use.

const security = (title) => ({ test: 'test/e2e/security.spec.ts', title });

export const WINDOW_WEAKNESSES = [
  {
    name: 'the window has no sandbox',
    row: 'a hostile page gets Node',
    file: 'src/main/shell/safe-preferences.ts',
    change: [['sandbox: true', 'sandbox: false']],
    ...security('every web contents has the safe preferences'),
  },
  {
    name: 'the page shares the world of the preload',
    row: 'a hostile page gets Node',
    file: 'src/main/shell/safe-preferences.ts',
    change: [['contextIsolation: true', 'contextIsolation: false']],
    ...security('every web contents has the safe preferences'),
  },
  {
    name: 'the page has Node',
    row: 'a hostile page gets Node',
    file: 'src/main/shell/safe-preferences.ts',
    change: [
      ['nodeIntegration: false', 'nodeIntegration: true'],
      ['sandbox: true', 'sandbox: false'],
      ['contextIsolation: true', 'contextIsolation: false'],
    ],
    ...security('the page sees no Node'),
  },
  {
    name: 'the page may embed webviews',
    row: 'a hostile page gets Node',
    file: 'src/main/shell/safe-preferences.ts',
    change: [['webviewTag: false', 'webviewTag: true']],
    ...security('every web contents has the safe preferences'),
  },
  {
    name: 'the bridge has a third function',
    row: 'a hostile page gets Node',
    file: 'src/preload/index.ts',
    change: [
      [
        "contextBridge.exposeInMainWorld('kualik', bridge)",
        "contextBridge.exposeInMainWorld('kualik', { ...bridge, send: ipcRenderer.send })",
      ],
    ],
    ...security('the page sees no Node'),
  },
  {
    name: 'inline scripts are allowed',
    row: 'injected script or style',
    file: 'src/main/shell/protocols.ts',
    change: [[`"script-src 'self'"`, `"script-src 'self' 'unsafe-inline' 'unsafe-eval'"`]],
    ...security('inline script, eval and every way out'),
  },
  {
    name: 'the page may go elsewhere',
    row: 'navigation, new windows, downloads',
    file: 'src/main/shell/guard.ts',
    change: [['if (!isOurPage(event.url)) event.preventDefault()', 'isOurPage(event.url)']],
    ...security('navigation away and new windows'),
  },
  {
    name: 'the page may open windows',
    row: 'navigation, new windows, downloads',
    file: 'src/main/shell/guard.ts',
    change: [["({ action: 'deny' })", "({ action: 'allow' })"]],
    ...security('navigation away and new windows'),
  },
  {
    name: 'every permission asked for is given',
    row: 'USB, place, sound and other permissions',
    file: 'src/main/shell/guard.ts',
    change: [
      ["answer(permission === 'media' && videoOnly && ours && mayFilm())", 'answer(true)'],
      ['return video && details.isMainFrame', 'return true || video && details.isMainFrame'],
    ],
    ...security('permissions are denied'),
  },
  {
    name: 'the window films whenever it likes',
    row: 'a window that films',
    file: 'src/main/shell/guard.ts',
    change: [['videoOnly && ours && mayFilm()', 'videoOnly && ours']],
    ...security('permissions are denied'),
  },
  {
    name: 'messages of any frame are taken',
    row: 'calls from a foreign frame',
    file: 'src/main/shell/index.ts',
    change: [['if (!ours || processes === null)', 'if (processes === null)']],
    ...security('a message from a frame that is not ours'),
  },
  {
    name: 'two programs run at once',
    row: 'two programs on one cache',
    file: 'src/main/shell/index.ts',
    change: [['else if (app.requestSingleInstanceLock()) {', 'else if (app.isReady() || true) {']],
    ...security('a second start of the same user'),
  },
  {
    name: 'the session of the window is kept on the disk',
    row: 'traces of the browser engine',
    file: 'src/main/shell/index.ts',
    change: [
      [
        "session.fromPartition('officer', { cache: false })",
        "session.fromPartition('persist:officer', { cache: true })",
      ],
    ],
    ...security('every web contents has the safe preferences'),
  },
  {
    name: 'app:// reads beside its folder',
    row: 'path tricks in `app://`',
    file: 'src/main/shell/protocols.ts',
    change: [
      ['const name = decodePath(url.pathname);', 'const name = decodeURIComponent(url.pathname);'],
      ['|| !file.startsWith(folder + path.sep)', ''],
    ],
    test: 'test/unit/main/shell/protocols.test.ts',
  },
  {
    name: 'app:// answers for any host',
    row: 'path tricks in `app://`',
    file: 'src/main/shell/protocols.ts',
    change: [['if (!HOSTS.has(url.host) || name === null)', 'if (name === null)']],
    test: 'test/unit/main/shell/protocols.test.ts',
  },
  {
    name: 'case-image:// takes any address',
    row: 'path tricks in `app://`',
    file: 'src/shared/contract/picture-address.ts',
    change: [['([0-9a-f]{64})', '([^?]*)']],
    test: 'test/unit/main/shell/protocols.test.ts',
  },
  {
    name: 'the window that prints has no sandbox',
    row: 'a paper printed that nobody made',
    file: 'src/main/shell/safe-preferences.ts',
    change: [['sandbox: true', 'sandbox: false']],
    test: 'test/e2e/papers.spec.ts',
    title: 'the page that prints has no way out',
  },
  {
    name: 'a package starts with any switch',
    row: 'the program run as plain Node, driven or debugged',
    file: 'src/main/shell/start-gate.ts',
    change: [["return { by: 'switch', name: `--${name.slice(0, 60)}` };", 'continue;']],
    test: 'test/unit/main/shell/start-gate.test.ts',
  },
  {
    name: 'a film may stand in place of the camera',
    row: 'a film in place of the citizen',
    file: 'src/main/shell/start-gate.ts',
    change: [
      [
        '  diagnostics: /^.*$/, // the folder',
        "  diagnostics: /^.*$/,\n  'use-file-for-fake-video-capture': /^.*$/,",
      ],
    ],
    test: 'test/unit/main/shell/start-gate.test.ts',
  },
  {
    name: 'a package starts with the levers of Node and Electron',
    row: 'the program run as plain Node, driven or debugged',
    file: 'src/main/shell/start-gate.ts',
    change: [['(name) => LEVERS.test(name) &&', '(name) => name === "" &&']],
    test: 'test/unit/main/shell/start-gate.test.ts',
  },
  {
    name: 'the processes inherit every variable',
    row: 'the program run as plain Node, driven or debugged',
    file: 'src/main/shell/child-env.ts',
    change: [
      ['each[1] !== undefined && kept.test(each[0])', 'each[1] !== undefined && kept !== null'],
    ],
    test: 'test/unit/main/shell/start-gate.test.ts',
  },
  {
    name: 'changed files of the package pass',
    row: 'files of the program changed',
    file: 'src/main/shell/self-test.ts',
    change: [['!== wanted) damaged.push(name)', '=== null) damaged.push(name)']],
    test: 'test/unit/main/shell/self-test.test.ts',
  },
  {
    name: 'a policy file that others may write is taken',
    row: 'a station file that a user planted',
    file: 'src/main/shell/policy/policy-file.ts',
    change: [['uid === 0 && (mode & 0o022) === 0', 'uid === 0 || (mode & 0o022) === 0']],
    test: 'test/unit/main/shell/policy/effective.test.ts',
  },
  {
    name: 'the runtime for development goes into a package',
    row: 'a package on the wrong runtime',
    file: 'scripts/dist/runtime-files.mjs',
    change: [['if (marked && !devRuntime)', 'if (marked && devRuntime === null)']],
    test: 'test/unit/house/dist.test.ts',
  },
];
