// The card in the hand against the record: which card it is, and field by field whether it is that one (step 19).
import type { Dossier, Head } from '../../shared/central/application.ts';
import type { HandOverStatement } from '../../shared/central/statement.ts';
import type { CardCheckDto, CardField } from '../../shared/contract/issuance.ts';
import { mrzDate, readTd1, type Td1 } from '../../shared/kernel/mrz.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';

export interface CardRecord {
  readonly dossier: Dossier;
  readonly head: Head;
}

export interface CardRead {
  readonly check: CardCheckDto;
  /** What the statement says of it; null for the old card. */
  readonly said: HandOverStatement['cardCheck'] | null;
}

/** Letters only, parts apart by one blank: «ABILKASYM-OVA» and «ABILKASYM OVA» are one. */
const parts = (name: string | null): string[] =>
  (name ?? '')
    .toUpperCase()
    .replace(/['’]/g, '')
    .split(/[^A-Z]+/)
    .filter((part) => part !== '');

/**
 * True when the zone's names are the record's. More given names than the record has are let be (a
 * patronymic may stand there); where the thirty signs were all used, parts may be cut short. Null =
 * the record has no Latin names, nothing to compare.
 */
export function sameNames(read: Td1, surname: string | null, name: string | null): boolean | null {
  const wanted = [parts(surname), parts(name)] as const;
  if (wanted.every((each) => each.length === 0)) return null;
  const found = [parts(read.surname), parts(read.givenNames)] as const;
  const same = (a: string | undefined, b: string | undefined): boolean =>
    a === b || (read.namesCut && a !== undefined && b !== undefined && a.startsWith(b));
  return wanted.every((each, i) => {
    const others = found[i] ?? [];
    const open = i === 1 || read.namesCut;
    if (!open && others.length !== each.length) return false;
    const all = each.every((part, n) => same(part, others[n]) || (read.namesCut && !others[n]));
    return all && (each.length === 0 || others.length > 0 || read.namesCut);
  });
}

/** Text of a scanner or of a hand: a zone, or the nine digits of a number. */
export function readCard(
  record: CardRecord,
  text: string,
): Result<CardRead, 'not-a-card' | 'mrz-unreadable' | 'wrong-stage'> {
  const { dossier, head } = record;
  const old = dossier.document;
  if (head.card === null) return no('wrong-stage');
  const typed = text.replace(/[\s-]/g, '');
  if (/^\d{9}$/.test(typed)) {
    const which = typed === old.number ? 'old-card' : 'card';
    const agrees = which === 'old-card' || typed === head.card.number;
    return ok({
      check: { which, way: 'by-eye', agrees, fields: [field('number', agrees)], corrected: 0 },
      said: which === 'card' ? { way: 'by-eye', number: typed } : null,
    });
  }
  const zone = readTd1(text);
  if (!zone.ok)
    return zone.refusal.code === 'not-td1'
      ? no('not-a-card')
      : no('mrz-unreadable', zone.refusal.params);
  const read = zone.value;
  const which = read.number === old.number ? 'old-card' : 'card';
  const person = dossier.authoritative ?? dossier.declared;
  const wanted = which === 'old-card' ? old : head.card;
  const fields = [
    field('issuer', read.issuer === 'KAZ' && /^[ACI]/.test(read.code)),
    field('number', read.number === wanted.number),
    field('iin', read.iin === person.iin),
    field('birth-date', read.birth === mrzDate(person.birthDate)),
    field('sex', read.sex === person.sex),
    field('end-date', read.expiry === mrzDate(wanted.endDate)),
    // The old card may carry a name of before; the number and the IIN tell whose it was.
    field(
      'names',
      which === 'old-card' ? null : sameNames(read, person.latinSurname, person.latinName),
    ),
  ];
  const { number, iin, birth, sex, expiry, corrected } = read;
  return ok({
    check: {
      which,
      way: 'mrz',
      agrees: fields.every(({ state }) => state !== 'differs'),
      fields,
      corrected,
    },
    // Without an IIN or a sex the fields above differ, and nothing is said of such a card.
    said:
      which === 'card' && iin !== null && sex !== null
        ? { way: 'mrz', number, iin, birth, sex, expiry, corrected }
        : null,
  });
}

const field = (code: CardField, agrees: boolean | null): CardCheckDto['fields'][number] => ({
  field: code,
  state: agrees === null ? 'no-data' : agrees ? 'agrees' : 'differs',
});

/** The fields that differ, for refusals and the journal: codes only. */
export const differing = (check: CardCheckDto): string =>
  check.fields.flatMap(({ field: code, state }) => (state === 'differs' ? [code] : [])).join(' ');
