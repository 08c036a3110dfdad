// A workstation in a process of its own that pulls until it is killed: `tsx pull-child.ts <options as JSON>`.
import fs from 'node:fs';
import { probeOnly } from '../../src/main/adapters/imaging/local-imaging.ts';
import { openPkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import { createCore } from '../../src/main/core/compose.ts';
import { LOOP_TIMES } from '../../src/main/core/sync-loop.ts';
import type { StationConfig } from '../../stand/station-config.ts';

const { config, configPath, userDir, logIn, binding } = JSON.parse(process.argv[2]!) as {
  config: StationConfig;
  configPath: string;
  userDir: string;
  binding: string;
  logIn: unknown;
};
Object.assign(process.env, config.env);
const token = await openPkcs11Token(config.modules);
const core = createCore({
  station: {
    file: configPath,
    nodeUrl: config.nodeUrl,
    tlsCaPem: fs.readFileSync(config.tlsCaFile, 'utf8'),
    trustPem: fs.readFileSync(config.trustFile, 'utf8'),
    ...(config.trustListSignerFile === undefined
      ? {}
      : { trustListPinPem: fs.readFileSync(config.trustListSignerFile, 'utf8') }),
    stationId: config.stationId,
    training: true,
    modules: config.modules,
  },
  userDir,
  token: {
    listTokens: () => token.listTokens(),
    provePin: (request) => token.provePin(request),
    sign: (request) => token.sign(request),
    hold: (request) => token.hold(request),
    signHeld: (request) => token.signHeld(request),
    release: () => token.release(),
    renew: () => undefined,
    onPresence: () => () => undefined,
  },
  imaging: probeOnly(),
  systemVault: null,
  sqliteBinding: binding,
  versions: { app: '0', electron: '', runtime: 'test' },
  times: LOOP_TIMES,
  onPush: (push) => {
    if (push.topic === 'line' && push.line.syncing?.phase === 'applications')
      process.stdout.write(`${push.line.syncing.done}\n`);
  },
  log: () => undefined,
});
const answer = await core.call('session.logIn', logIn);
if (!answer.ok) throw new Error(`log-in refused: ${answer.refusal.code}`);
