// Declared data beside the authoritative record (ГБД ФЛ), field by field, differences marked.
import type { Person } from '../../shared/central/application.ts';
import type { CaseDto } from '../../shared/contract/case.ts';
import { sameText } from './rules.ts';

type Compared = CaseDto['compared'][number];
type Both = { ru: string | null; kz: string | null };

const SEX: Readonly<Record<Person['sex'], Both>> = {
  male: { ru: 'мужской', kz: 'ер' },
  female: { ru: 'женский', kz: 'әйел' },
};

const same = (value: string | null): Both => ({ ru: value, kz: value });

const FIELDS: Readonly<Record<Compared['field'], (person: Person) => Both>> = {
  iin: (p) => same(p.iin),
  surname: (p) => same(p.surname),
  name: (p) => same(p.name),
  patronymic: (p) => same(p.patronymic),
  latinSurname: (p) => same(p.latinSurname),
  latinName: (p) => same(p.latinName),
  birthDate: (p) => same(p.birthDate),
  sex: (p) => SEX[p.sex],
  nationality: (p) => ({ ru: p.nationality.nameRu, kz: p.nationality.nameKz }),
  citizenship: (p) => ({ ru: p.citizenship.nameRu, kz: p.citizenship.nameKz }),
  birthPlace: (p) => same(p.birthPlace.text), // cl. 5.4: as received, never modernised
  regAddress: (p) => same(p.regAddress?.text ?? null),
};

/** Rows in reading order; `same` is null where there is no record to compare with. */
export const comparePersons = (declared: Person, record: Person | null): Compared[] =>
  (Object.keys(FIELDS) as Compared['field'][]).map((field) => {
    const left = FIELDS[field](declared);
    const right = record === null ? same(null) : FIELDS[field](record);
    return {
      field,
      declaredRu: left.ru,
      declaredKz: left.kz,
      recordRu: right.ru,
      recordKz: right.kz,
      same: record === null ? null : sameText(left.ru ?? '', right.ru ?? ''),
    };
  });

/** Surname, name and patronymic as one line; every part may be absent. */
export const fullName = (person: Pick<Person, 'surname' | 'name' | 'patronymic'>): string =>
  [person.surname, person.name, person.patronymic].filter(Boolean).join(' ');
