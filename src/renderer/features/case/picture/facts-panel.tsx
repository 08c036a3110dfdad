// Histogram and facts of the files of both photos, with what they may mean; they prove nothing.
import type { CaseDto } from '../../../../shared/contract/case.ts';
import type { FileFacts, Histogram } from '../../../../shared/contract/measured.ts';
import { formatBytes, formatDate } from '../../../shared/format/format.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import type { Beside } from './advice.ts';
import { allowedMonths, dateOf, histogramPath, notesOf } from './facts.ts';
import styles from './picture-tools.module.css';
import own from './facts.module.css';

const HEIGHT = 64;

type Words = ReturnType<typeof useTexts>['pictures']['facts'];
type RowName = keyof Words['rows'];

const written = (moment: string | null, none: string): string => {
  const date = dateOf(moment);
  if (date === null) return moment?.trim() || none;
  return `${formatDate(date)} ${/\d\d:\d\d/.exec(moment?.slice(10) ?? '')?.[0] ?? ''}`.trim();
};

const valueOf: Record<RowName, (facts: FileFacts, t: Words) => string> = {
  format: (f) => f.format.toUpperCase(),
  size: (f) => `${f.width} × ${f.height}`,
  bytes: (f) => formatBytes(f.bytes),
  dpi: (f, t) => (f.dpi === null ? t.absent : String(Math.round(f.dpi))),
  colourSpace: (f, t) => fill(t.bits, { space: f.colourSpace, n: f.bitsPerSample }),
  icc: (f, t) => f.iccProfile ?? t.absent,
  quality: (f, t) =>
    f.lastSaveQuality === null ? t.absent : fill(t.quality, { n: f.lastSaveQuality }),
  progressive: (f, t) => (f.progressive ? t.yes : t.no),
  camera: (f, t) => f.camera ?? t.absent,
  software: (f, t) => f.software ?? t.absent,
  takenAt: (f, t) => written(f.takenAt, t.absent),
  changedAt: (f, t) => written(f.changedAt, t.absent),
  location: (f, t) => (f.hasLocation ? t.location : t.absent),
};

const NOTED: Partial<Record<RowName, ReturnType<typeof notesOf>[number]>> = {
  software: 'edited',
  quality: 'saved-small',
  takenAt: 'taken-long-ago',
};

export function FactsPanel(props: { readonly dto: CaseDto; readonly beside: Beside }) {
  const all = useTexts().pictures;
  const t = all.facts;
  const { dto } = props;
  const { photo, reference, earlier } = dto.measured;
  const other = props.beside === 'earlier' ? (earlier?.photo ?? null) : reference;
  const rule = { months: allowedMonths(dto), filedAt: dto.filedAt };
  const names = Object.keys(valueOf) as RowName[];
  const columns = [photo, other];
  const notes = columns.map((findings) => (findings === null ? [] : notesOf(findings.file, rule)));
  // The reference is years old by nature: only the new photo is held against the rule of age.
  const said = [...new Set([...(notes[0] ?? []), ...(notes[1] ?? []).filter(isOfAnyAge)])];
  const heads = [t.fresh, all.beside[props.beside]];

  return (
    <section className={own['facts']} aria-label={t.label} data-testid="photo-facts" tabIndex={0}>
      {photo === null ? (
        <p className={styles['dim']}>{t.none}</p>
      ) : (
        <HistogramChart histogram={photo.histogram} />
      )}
      {said.map((note) => (
        <p key={note} className={own['factNote']} data-note={note}>
          {t.notes[note]}
        </p>
      ))}
      <table>
        <thead>
          <tr>
            <td />
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{t.rows[name]}</th>
              {columns.map((findings, index) => {
                const note = NOTED[name];
                const noted =
                  note !== undefined &&
                  (notes[index] ?? []).includes(note) &&
                  (index === 0 || isOfAnyAge(note));
                return (
                  <td key={heads[index]} data-noted={noted}>
                    {findings === null ? t.absent : valueOf[name](findings.file, t)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const isOfAnyAge = (note: ReturnType<typeof notesOf>[number]): boolean => note !== 'taken-long-ago';

function HistogramChart({ histogram }: { readonly histogram: Histogram }) {
  const t = useTexts().pictures.facts;
  return (
    <svg
      className={own['histogram']}
      viewBox={`0 0 255 ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t.histogramAlt}
    >
      <path className={own['binsLight']} d={histogramPath(histogram.light, HEIGHT)} />
      {(['red', 'green', 'blue'] as const).map((colour) => (
        <path
          key={colour}
          className={own['binsColour']}
          data-colour={colour}
          d={histogramPath(histogram[colour], HEIGHT)}
        />
      ))}
    </svg>
  );
}
