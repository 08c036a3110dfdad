// Weaknesses of the core: calls, lock, disk, journal, logs, acts and what comes from the node.

export const CORE_WEAKNESSES = [
  {
    name: 'requests reach their use case unparsed',
    row: 'unknown or malformed calls',
    file: 'src/main/core/router.ts',
    change: [
      [
        'if (!parsed.success) return notUnderstood',
        'if (parsed.success && false) return notUnderstood',
      ],
      ['parsed.error.issues.length', '0'],
    ],
    test: 'test/integration/ipc-fuzz.test.ts',
    title: 'queue.page',
  },
  {
    name: 'half a sign in a request is let through',
    row: 'unknown or malformed calls',
    file: 'src/shared/kernel/whole-text.ts',
    change: [['return !HALF.test(value)', 'return !HALF.test("")']],
    test: 'test/unit/shared/kernel/whole-text.test.ts',
  },
  {
    name: 'a locked desk answers',
    row: 'work visible behind the lock',
    file: 'src/main/core/router.ts',
    change: [["return no('locked');", 'desk.tellLine();']],
    test: 'test/integration/ipc-fuzz.test.ts',
    title: 'every channel of an officer says locked',
  },
  {
    name: 'pictures are shown behind the lock',
    row: 'work visible behind the lock',
    file: 'src/main/app/show-picture.ts',
    change: [['&& desk.session === session && !session.locked', '&& desk.session === session']],
    test: 'test/integration/ipc-fuzz.test.ts',
    title: 'every channel of an officer says locked',
  },
  {
    name: 'a removed token does not lock',
    row: 'token removed, officer gone',
    file: 'src/main/core/compose.ts',
    change: [["lock(desk, 'token-removed')", 'desk.tellLine()']],
    test: 'test/integration/workstation-decisions.test.ts',
  },
  {
    name: 'an officer who is gone stays logged in',
    row: 'token removed, officer gone',
    file: 'src/main/core/sync-loop.ts',
    change: [["lock(desk, 'idle')", 'desk.tellLine()']],
    test: 'test/integration/workstation-decisions.test.ts',
  },
  {
    name: 'the cache is not encrypted',
    row: 'data on a stolen disk',
    file: 'src/main/adapters/sqlite/open-store.ts',
    change: [['db.key(raw)', 'raw.length']],
    test: 'test/integration/workstation-decisions.test.ts',
  },
  {
    name: 'a changed row of the journal passes',
    row: 'journal altered',
    file: 'src/main/adapters/sqlite/sqlite-journal.ts',
    change: [
      [
        'row.n !== rows || chained(previous, row.n, entryOf(row)) !== row.hash',
        'row.n !== rows || previous === row.hash',
      ],
    ],
    test: 'test/integration/workstation-restart.test.ts',
  },
  {
    name: 'the journal is chained to nothing',
    row: 'journal altered',
    file: 'src/main/adapters/sqlite/sqlite-journal.ts',
    change: [['.update(previous)', '.update(START)']],
    test: 'test/integration/workstation-restart.test.ts',
  },
  {
    name: 'names and IINs go into the journal',
    row: 'names and IINs in logs',
    file: 'src/main/app/sign-act.ts',
    change: [
      [
        '{ act: item.id, kind, sha256: item.sha256 }',
        '{ act: item.id, kind, sha256: item.sha256, of: JSON.stringify(next.dossier.declared) }',
      ],
    ],
    test: 'test/integration/workstation-decisions.test.ts',
  },
  {
    name: 'cells of the register may be formulas',
    row: 'formulas in an exported register',
    file: 'src/main/domain/register-table.ts',
    change: [["? `'${plain}` : plain", '? plain : plain']],
    test: 'test/unit/main/domain/register-table.test.ts',
  },
  {
    name: 'typed text is index syntax',
    row: 'search text as index syntax',
    file: 'src/main/adapters/sqlite/search-terms.ts',
    change: [['`"${word.replaceAll(\'"\', \'""\')}"`', 'word']],
    test: 'test/unit/main/adapters/sqlite/search-terms.test.ts',
  },
  {
    name: 'other bytes under the number of a taken act pass',
    row: 'an act lost or doubled',
    file: 'stand/central/acts.ts',
    change: [
      [
        "return same ? replyOf(actId, row) : refuse('idempotency-mismatch');",
        'return same ? replyOf(actId, row) : replyOf(actId, row);',
      ],
    ],
    test: 'test/integration/central-acts.test.ts',
    title: 'is idempotent',
  },
  {
    name: 'the camera opens without a card on the counter',
    row: 'a window that films',
    file: 'src/main/app/live-camera.ts',
    change: [
      [
        "return stored.state.stage === 'at-counter' ? { ok: true, stored } : no('wrong-stage')",
        'return { ok: true, stored }',
      ],
    ],
    test: 'test/integration/workstation-issuance.test.ts',
  },
  {
    name: 'any server is the node',
    row: 'false node',
    file: 'src/main/adapters/central/route.ts',
    change: [['rejectUnauthorized: true', 'rejectUnauthorized: false']],
    test: 'test/integration/false-node.test.ts',
  },
  {
    name: 'the name of the server is not looked at',
    row: 'false node',
    file: 'src/main/adapters/central/route.ts',
    change: [
      [
        'const strict = { rejectUnauthorized: true,',
        'const strict = { checkServerIdentity: () => undefined, rejectUnauthorized: true,',
      ],
    ],
    test: 'test/integration/false-node.test.ts',
  },
  {
    name: 'a redirect of the node is followed',
    row: 'false node',
    file: 'src/main/adapters/central/https-central-node.ts',
    change: [["redirect: 'error'", "redirect: 'follow'"]],
    test: 'test/integration/false-node.test.ts',
  },
  {
    name: 'an outside service may be anybody',
    row: 'addresses the node names',
    file: 'src/main/adapters/central/https-service-probe.ts',
    change: [["if (notTrusted(code)) return 'untrusted'", 'if (notTrusted(code)) return null']],
    test: 'test/integration/workstation-outages.test.ts',
  },
  {
    name: 'an endless answer is read to its end',
    row: 'malformed or endless answers',
    file: 'src/main/adapters/central/read-limited.ts',
    change: [['if (length > limit) throw', 'if (length > limit * 900) throw']],
    test: 'test/unit/main/adapters/central/read-limited.test.ts',
  },
  {
    name: 'items of the node are not parsed',
    row: 'malformed or endless answers',
    file: 'src/main/app/pull-cases.ts',
    change: [
      [
        'const id = parsed.success ? take(desk, parsed.data) : takeDamaged(desk, item, parsed.error);',
        'const id = parsed.success ? take(desk, parsed.data) : take(desk, item as Change);',
      ],
    ],
    test: 'test/integration/workstation-line.test.ts',
  },
  {
    name: 'pictures of any size are decoded',
    row: 'hostile pictures',
    file: 'src/main/adapters/imaging/sharp-image-probe.ts',
    change: [["return 'too-large'", 'return null']],
    test: 'test/unit/main/adapters/imaging/image-probe.test.ts',
  },
  {
    name: 'bytes after a picture’s end are let in',
    row: 'hostile pictures',
    file: 'src/main/adapters/imaging/sharp-image-probe.ts',
    change: [["? 'trailing-data' : null", '? null : null']],
    test: 'test/unit/main/adapters/imaging/image-probe.test.ts',
  },
  {
    name: 'any word gets into the technical log',
    row: 'names and IINs in logs',
    file: 'src/shared/contract/technical-log.ts',
    change: [
      [
        "typeof value === 'string' && WORDS.has(value)",
        "typeof value === 'string' && WORDS.size > 0",
      ],
    ],
    test: 'test/unit/shared/contract/technical-log.test.ts',
  },
  {
    name: 'others may read the technical log',
    row: 'names and IINs in logs',
    file: 'src/main/shell/technical-log.ts',
    change: [['{ mode: 0o600 }', '{ mode: 0o644 }']],
    test: 'test/unit/main/shell/technical-log.test.ts',
  },
  {
    name: 'one more package may run a script',
    row: 'scripts of npm packages',
    file: 'package.json',
    change: [['"esbuild": false', '"esbuild": true']],
    test: 'test/unit/house/dependencies.test.ts',
  },
  {
    name: 'a part under AGPL is shipped',
    row: 'scripts of npm packages',
    file: 'scripts/check/dependencies.mjs',
    change: [["'OFL-1.1', 'CC-BY-4.0'", "'OFL-1.1', 'CC-BY-4.0', 'AGPL-3.0-only'"]],
    test: 'test/unit/house/dependencies.test.ts',
  },
  {
    name: 'a package may come from any address',
    row: 'scripts of npm packages',
    file: 'scripts/check/dependencies.mjs',
    change: [['|| link === true)', '&& link === true)']],
    test: 'test/unit/house/dependencies.test.ts',
  },
];
