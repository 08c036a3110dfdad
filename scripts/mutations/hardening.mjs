// Weaknesses of the hardening: what the environment, the engine, the disk and packages of others could do.

export const HARDENING_WEAKNESSES = [
  {
    name: 'the token process sees the whole session of the user',
    row: 'levers in the user’s environment',
    file: 'src/main/shell/child-env.ts',
    change: [
      ['{ ...Object.fromEntries(own), ...more }', '{ ...env, ...more, OWN: `${own.length}` }'],
    ],
    test: 'test/unit/main/shell/start-gate.test.ts',
  },
  {
    name: 'folders above a library are not looked at',
    row: 'certificates or libraries that a user may change',
    file: 'src/main/shell/policy/roots-only.ts',
    change: [
      ['if (!isRoots(stat)) return at;', 'if (!isRoots(stat) && left.length === 0) return at;'],
    ],
    test: 'test/unit/main/shell/policy/roots-only.test.ts',
  },
  {
    name: 'links on the way to a library are anybody’s',
    row: 'certificates or libraries that a user may change',
    file: 'src/main/shell/policy/roots-only.ts',
    change: [['if (stat.uid !== 0 || (links', 'if ((links']],
    test: 'test/unit/main/shell/policy/roots-only.test.ts',
  },
  {
    name: 'the engine resolves names',
    row: 'the engine asks the world by itself',
    file: 'src/main/shell/engine.ts',
    change: [["commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');", '']],
    test: 'test/e2e/security.spec.ts',
    title: 'the engine has no network of its own',
  },
  {
    name: 'calls reach a relay',
    row: 'network from the window',
    file: 'src/main/shell/guard.ts',
    change: [["contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');", '']],
    test: 'test/e2e/security.spec.ts',
    title: 'inline script, eval and every way out',
  },
  {
    name: 'the shell may open anything outside',
    row: 'something is opened outside, copied, pictured',
    file: 'eslint.config.mjs',
    change: [["...['shell', 'clipboard',", "...['clipboard',"]],
    test: 'test/unit/house/electron-parts.test.ts',
  },
  {
    name: 'pictures of the screen show people',
    row: 'pictures of the screen',
    file: 'src/main/shell/policy/capture.ts',
    change: [
      ['screenCapture ?? (training || !packaged)', 'screenCapture ?? (training || packaged)'],
    ],
    test: 'test/unit/main/shell/policy/named-files.test.ts',
  },
  {
    name: 'a crash leaves the memory of the token process',
    row: 'memory written out at a crash',
    file: 'src/main/shell/engine.ts',
    change: [['const CORE_BYTES = 1;', "const CORE_BYTES = 'unlimited';"]],
    test: 'test/e2e/security.spec.ts',
    title: 'a crash leaves no memory behind',
  },
  {
    name: 'a frame inside our page is our page',
    row: 'calls from a foreign frame',
    file: 'src/main/shell/index.ts',
    change: [[' && frame?.parent == null', '']],
    test: 'test/e2e/security.spec.ts',
    title: 'a message from a frame that is not ours',
  },
  {
    name: 'a package comes from any address',
    row: 'a part that is not the one we looked at',
    file: 'scripts/check/dependencies.mjs',
    change: [['if (resolved !== undefined || link === true)', 'if (link === true)']],
    test: 'test/unit/house/dependencies.test.ts',
  },
  {
    name: 'one good licence of two is enough',
    row: 'licences that do not fit',
    file: 'scripts/check/dependencies.mjs',
    change: [['good = one() && good;', 'good = one() || good;']],
    test: 'test/unit/house/dependencies.test.ts',
  },
];
