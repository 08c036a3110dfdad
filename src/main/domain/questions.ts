// In-person questions drawn from the record: asked aloud, answers for the officer's eyes only (cl. 4.3).
import type { Dossier } from '../../shared/central/application.ts';
import type { HandOverDto } from '../../shared/contract/issuance.ts';

const shown = (date: string): string => date.split('-').reverse().join('.');

/** Questions with something to compare; a missing address is not asked for. */
export function inPersonQuestions(dossier: Dossier): HandOverDto['questions'] {
  const person = dossier.authoritative ?? dossier.declared;
  const both = (text: string) => ({ answerRu: text, answerKz: text });
  return [
    { code: 'birth-date', ...both(shown(person.birthDate)) },
    { code: 'birth-place', ...both(person.birthPlace.text) },
    ...(person.regAddress === null
      ? []
      : [{ code: 'address' as const, ...both(person.regAddress.text) }]),
    { code: 'old-card-end', ...both(shown(dossier.document.endDate)) },
  ];
}
