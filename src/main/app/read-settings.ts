// Settings of the person and, beside them, what the administrator's file fixes.
import type { RequestOf } from '../../shared/contract/channels.ts';
import type { SettingsDto } from '../../shared/contract/settings.ts';
import { journal, type Desk, type OpenDesk } from './desk.ts';

export async function readSettings(desk: Desk): Promise<SettingsDto> {
  const { files, station, token, versions } = desk.deps;
  const listing = await token.listTokens();
  const states = new Map(
    listing.ok ? listing.modules.map((module) => [module.moduleId, module.state]) : [],
  );
  return {
    ...files.readSettings(),
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
    versions,
  };
}

export function writeSettings(
  desk: Desk,
  change: RequestOf<'settings.write'>,
): Promise<SettingsDto> {
  const before = desk.deps.files.readSettings();
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  desk.deps.files.writeSettings({ ...before, ...given });
  if (desk.session !== null)
    journal(desk as OpenDesk, 'settings-changed', null, given as Record<string, string | number>);
  return readSettings(desk);
}
