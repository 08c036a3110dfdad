// Settings of the person and, beside them, what the administrator fixes.
import type { RequestOf } from '../../shared/contract/channels.ts';
import type { SettingsDto } from '../../shared/contract/settings.ts';
import { SHOWN_NAMES } from '../../shared/contract/policy.ts';
import type { StationConfig } from '../ports/station.ts';
import { journal, type Desk, type OpenDesk } from './desk.ts';

/** Each value of the policy that is set, with its place. */
const policyOf = ({ fixed = {}, updates, origins = {} }: StationConfig): SettingsDto['policy'] =>
  SHOWN_NAMES.flatMap((name) => {
    const [value, origin] = [name === 'updates' ? sourceOf(updates) : fixed[name], origins[name]];
    return value === undefined || origin === undefined
      ? []
      : [{ name, value: Array.isArray(value) ? value.join(', ') : String(value), ...origin }];
  });

/** Ring and place of new versions; the program that installs them where there is one. */
const sourceOf = (updates: StationConfig['updates']): string[] | undefined =>
  updates && [
    updates.ring,
    updates.source === 'node' ? 'node' : updates.source.folder,
    ...(updates.command === undefined ? [] : [updates.command.program]),
  ];

export async function readSettings(desk: Desk): Promise<SettingsDto> {
  const { files, station, token, versions } = desk.deps;
  const listing = await token.listTokens();
  const states = new Map(
    listing.ok ? listing.modules.map((module) => [module.moduleId, module.state]) : [],
  );
  return {
    ...files.readSettings(),
    ...(station.fixed?.language === undefined ? {} : { language: station.fixed.language }),
    fixed: {
      file: station.file,
      nodeUrl: station.nodeUrl,
      stationId: station.stationId,
      training: station.training,
      modules: station.modules.map(({ id, title, path }) => ({
        id,
        title,
        path,
        state: states.get(id) ?? 'unknown',
      })),
    },
    policy: policyOf(station),
    versions,
  };
}

export function writeSettings(
  desk: Desk,
  change: RequestOf<'settings.write'>,
): Promise<SettingsDto> {
  const { station } = desk.deps;
  const before = desk.deps.files.readSettings();
  const given = Object.fromEntries(
    Object.entries(change).filter(
      // What the policy fixes is nobody's to change; the rest of the change stands.
      ([name, value]) =>
        value !== undefined && !(name === 'language' && station.fixed?.language !== undefined),
    ),
  );
  desk.deps.files.writeSettings({ ...before, ...given });
  if (desk.session !== null)
    journal(desk as OpenDesk, 'settings-changed', null, given as Record<string, string | number>);
  return readSettings(desk);
}
