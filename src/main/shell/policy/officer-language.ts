// The officer's own choice of language, as the settings file has it, before any process runs.
import fs from 'node:fs';
import path from 'node:path';
import type { Language } from './words.ts';

/** Undefined when he never chose one, or the file cannot be read. */
export function officerLanguage(userDir: string): Language | undefined {
  try {
    const text = fs.readFileSync(path.join(userDir, 'settings.json'), 'utf8');
    const { language } = JSON.parse(text) as { language?: unknown };
    return language === 'ru' || language === 'kk' ? language : undefined;
  } catch {
    return undefined;
  }
}
