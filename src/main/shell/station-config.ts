// The station by its policy, certificate files read; a wrong policy never starts a half-configured program.
import fs from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { FIXED_NAMES, SHOWN_NAMES, type PolicyFile } from '../../shared/contract/policy.ts';
import type { StationStart } from '../../shared/contract/core-messages.ts';
import type { PolicyRow } from '../../shared/contract/diagnostics.ts';
import { isRunnable } from './install-update.ts';
import { captureBlocked } from './policy/capture.ts';
import { effectivePolicy, type Effective, type Mistake } from './policy/effective.ts';
import { officerLanguage } from './policy/officer-language.ts';
import { policyFileIn, policyFolder, readPolicyFile } from './policy/policy-file.ts';
import { policyRows } from './policy/policy-rows.ts';
import { mistakesOfPlaces } from './policy/named-files.ts';
import { readRegistry } from './policy/registry.ts';
import { writableByOthers } from './policy/roots-only.ts';

export interface Station {
  readonly start: StationStart;
  readonly env: PolicyFile['env'];
  /** The window is black in pictures of the screen. */
  readonly captureBlocked: boolean;
  /** Every value as it holds, with its source. */
  readonly policy: readonly PolicyRow[];
}

/**
 * Where the file stands: in a shipped program only where administrators write, in development by the
 * environment. The file names PKCS#11 modules, so who writes it gets the officer's PIN.
 */
export const stationFilePath = (): string =>
  (app.isPackaged ? undefined : process.env['KUALIK_CONFIG']) ?? policyFileIn(policyFolder());

/** The policy that holds on this machine, its certificate files looked into; or all mistakes. */
export function readPolicy(): Effective {
  const file = stationFilePath();
  const guarded = app.isPackaged && process.platform === 'linux';
  const effective = effectivePolicy({
    file,
    fromFile: readPolicyFile(file, guarded),
    fromRegistry: process.platform === 'win32' ? readRegistry() : { values: {}, faults: [] },
  });
  if (!effective.ok) return effective;
  const { policy, origins } = effective;
  const names = ['tlsCaFile', 'trustFile', 'trustListSignerFile'] as const;
  const mistakes = names.flatMap((name): Mistake[] => {
    const value = policy[name];
    if (value === undefined || pemOf(file, value) !== null) return [];
    const where = origins[name]?.where ?? file;
    return [{ code: 'certificates-unreadable', where, name, expects: null }];
  });
  const program = policy.updates?.command?.program;
  if (program !== undefined && !isRunnable(program, guarded))
    mistakes.push({
      code: 'program-unsafe',
      where: origins.updates?.where ?? file,
      name: 'updates.command.program',
      expects: null,
    });
  if (guarded) mistakes.push(...mistakesOfPlaces(effective, file, writableByOthers));
  return mistakes.length === 0 ? effective : { ok: false, mistakes };
}

/** Text of a PEM file beside the policy's; null when it is not one. */
function pemOf(policy: string, name: string): string | null {
  try {
    const text = fs.readFileSync(path.resolve(path.dirname(policy), name), 'utf8');
    return text.includes('-----BEGIN CERTIFICATE-----') ? text : null;
  } catch {
    return null;
  }
}

/** What the processes start with. */
export function stationOf(effective: Extract<Effective, { ok: true }>): Station {
  const { policy, origins } = effective;
  const file = stationFilePath();
  const read = (name: string): string => pemOf(file, name) ?? '';
  const pin = policy.trustListSignerFile;
  const fixed = Object.fromEntries(
    FIXED_NAMES.flatMap((name) => (policy[name] === undefined ? [] : [[name, policy[name]]])),
  ) as NonNullable<StationStart['fixed']>;
  return {
    env: policy.env,
    captureBlocked: captureBlocked(policy, app.isPackaged),
    policy: policyRows(effective, officerLanguage(app.getPath('userData'))),
    start: {
      file,
      nodeUrl: policy.nodeUrl,
      stationId: policy.stationId,
      training: policy.training,
      modules: policy.modules,
      tlsCaPem: read(policy.tlsCaFile),
      trustPem: read(policy.trustFile),
      ...(pin === undefined ? {} : { trustListPinPem: read(pin) }),
      ...(policy.updates === undefined ? {} : { updates: updatesOf(policy.updates, file) }),
      fixed,
      origins: Object.fromEntries(
        SHOWN_NAMES.flatMap((name) => (origins[name] === undefined ? [] : [[name, origins[name]]])),
      ),
    },
  };
}

type Updates = NonNullable<PolicyFile['updates']>;

/** A relative folder counts from the policy's own, like its other files. */
const updatesOf = ({ source, ...rest }: Updates, policy: string): Updates => ({
  ...rest,
  source:
    source === 'node' ? source : { folder: path.resolve(path.dirname(policy), source.folder) },
});
