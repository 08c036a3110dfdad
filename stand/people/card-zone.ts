// The machine-readable zone of a synthetic card (TD1), for trying the counter without a printed one.
import type { Dossier, Head } from '../../src/shared/central/application.ts';
import { mrzCheckDigit, mrzDate } from '../../src/shared/kernel/mrz.ts';

const LINE = 30;
const pad = (text: string, size: number): string => text.slice(0, size).padEnd(size, '<');
const checked = (text: string): string => text + String(mrzCheckDigit(text));
const letters = (name: string | null): string =>
  (name ?? '')
    .toUpperCase()
    .replace(/['’]/g, '')
    .replace(/[^A-Z]+/g, '<')
    .replace(/^<+|<+$/g, '');

export interface ZoneFacts {
  readonly number: string;
  readonly iin: string;
  readonly birthDate: string;
  readonly sex: 'male' | 'female';
  readonly endDate: string;
  readonly surname: string | null;
  readonly name: string | null;
}

/** Three lines of thirty signs as ICAO Doc 9303 part 5 lays them out, the IIN in line one. */
export function cardZone(facts: ZoneFacts): [string, string, string] {
  const line1 = pad(`IDKAZ${checked(pad(facts.number, 9))}${facts.iin}`, LINE);
  const dates = [checked(mrzDate(facts.birthDate)), checked(mrzDate(facts.endDate))] as const;
  const line2 = pad(`${dates[0]}${facts.sex === 'male' ? 'M' : 'F'}${dates[1]}KAZ`, LINE - 1);
  const all = line1.slice(5) + line2.slice(0, 7) + line2.slice(8, 15) + line2.slice(18);
  return [
    line1,
    line2 + String(mrzCheckDigit(all)),
    pad(`${letters(facts.surname)}<<${letters(facts.name)}`, LINE),
  ];
}

/** The zones of an application's new card and of the old one; the new one only once it was made. */
export function zonesOf({ dossier, head }: { dossier: Dossier; head: Head }): {
  readonly card: string | null;
  readonly oldCard: string;
} {
  const person = dossier.authoritative ?? dossier.declared;
  const zone = ({ number, endDate }: { number: string; endDate: string }): string =>
    cardZone({
      number,
      endDate,
      iin: person.iin,
      birthDate: person.birthDate,
      sex: person.sex,
      surname: person.latinSurname,
      name: person.latinName,
    }).join('\n');
  return { card: head.card === null ? null : zone(head.card), oldCard: zone(dossier.document) };
}
