// Reads the administrator-owned station file; a wrong file never starts a half-configured program.
import fs from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { stationFile, type StationFile } from '../../shared/contract/station-file.ts';
import type { StationStart } from '../../shared/contract/core-messages.ts';

export interface Station {
  readonly start: StationStart;
  readonly env: StationFile['env'];
}

/**
 * Where the file stands: in a shipped program only where administrators write, in development by the
 * environment. The file names PKCS#11 modules, so who writes it gets the officer's PIN.
 */
export const stationFilePath = (): string =>
  (app.isPackaged ? undefined : process.env['KUALIK_CONFIG']) ??
  (process.platform === 'win32'
    ? path.join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'Kualik', 'station.json')
    : '/etc/kualik/station.json');

/** The station, or a sentence that tells the administrator what to mend. */
export function readStation(file: string): Station | string {
  let json: unknown;
  try {
    json = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'это не JSON' : 'файл не читается';
    return `${file}: ${why}. Создайте файл станции по образцу из README.`;
  }
  const parsed = stationFile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return `${file}: поле «${issue?.path.join('.') ?? ''}»: ${issue?.message ?? ''}`;
  }
  const { tlsCaFile, trustFile, trustListSignerFile: pin, env, modules, ...rest } = parsed.data;
  const folder = path.dirname(path.resolve(file));
  const read = (name: string): string => fs.readFileSync(path.resolve(folder, name), 'utf8');
  try {
    return {
      env,
      start: {
        ...rest,
        modules,
        file,
        tlsCaPem: read(tlsCaFile),
        trustPem: read(trustFile),
        ...(pin === undefined ? {} : { trustListPinPem: read(pin) }),
      },
    };
  } catch (error) {
    return `${file}: ${error instanceof Error ? error.message : 'файл сертификатов не читается'}`;
  }
}
