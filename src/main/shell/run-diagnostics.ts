// `kualik --diagnostics [folder]`: the bundle without a log-in, for the day when nobody can log in.
import { app } from 'electron';
import { namedFolder } from './named-folder.ts';
import { EXIT_NOT_READY } from './policy/test-report.ts';
import type { Language } from './policy/words.ts';
import type { Processes } from './processes.ts';
import type { Station } from './station-config.ts';
import { inTerminal, say, within } from './terminal.ts';

const WORDS: Readonly<Record<Language, { readonly saved: string; readonly failed: string }>> = {
  ru: {
    saved: 'Диагностика сохранена:',
    failed: 'Диагностика не сохранена, проверьте папку и место на диске:',
  },
  kk: {
    saved: 'Диагностика сақталды:',
    failed: 'Диагностика сақталмады, қалта мен дискідегі орынды тексеріңіз:',
  },
};

/** Prints the path; answers the exit code: 0 written, 1 not written, 2 the policy is wrong. */
export const saveDiagnostics = (
  start: (station: Station, folder: string | null) => Processes,
): Promise<number> => {
  const folder = namedFolder(process.argv, process.cwd());
  return inTerminal(
    (station) => start(station, folder),
    async (processes, language) => {
      const answer = await within(processes.call('diagnostics.save', {}));
      if (answer.ok) {
        say(`${WORDS[language].saved} ${(answer.value as { readonly path: string }).path}`);
        return 0;
      }
      const where = folder ?? app.getPath('documents');
      say(`${WORDS[language].failed} ${where} (${answer.refusal.code})`);
      return EXIT_NOT_READY;
    },
  );
};
