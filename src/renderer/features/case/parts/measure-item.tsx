// A measure of the pictures: value and norm in the row; limits, scale, standard and what to think of it inside.
import type { CaseDto, CheckRow } from '../../../../shared/contract/case.ts';
import {
  formatMeasure,
  formatRange,
  isMeasure,
  measureLine,
} from '../../../shared/format/measure-words.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { FindingAnswer } from './finding-answer.tsx';
import { GaugeView } from './gauge-view.tsx';
import { gaugeOf } from './gauge.ts';
import { Item } from './item.tsx';
import styles from './checks.module.css';

type MeasureRow = CheckRow & { readonly measure: NonNullable<CheckRow['measure']> };
interface Props {
  readonly dto: CaseDto;
  readonly row: MeasureRow;
}

export const isMeasureRow = (row: CheckRow): row is MeasureRow => row.measure !== null;

/** Two faces say their zone in words; the number stands inside only. */
const ZONES: readonly string[] = ['same-person', 'same-as-earlier'];
const AT_ALL: readonly string[] = ['photo-measured', 'signature-measured'];

export function MeasureItem({ dto, row }: Props) {
  const t = useTexts().measures;
  const { code } = row;
  if (!isMeasure(code)) return null;
  // What agrees says its value at the right, in one line; the rest has room for its norm.
  const brief = row.state === 'agrees' && !row.measure.linesMoved && !ZONES.includes(code);
  const line = <Line dto={dto} row={row} />;
  const word = row.open
    ? t.answer.open
    : row.answer !== null
      ? t.answer.answered
      : brief
        ? line
        : undefined;
  return (
    <Item
      row={row}
      title={t.name[code]}
      {...(brief ? {} : { line })}
      {...(word === undefined ? {} : { word })}
    >
      <Facts dto={dto} row={row} />
      <FindingAnswer dto={dto} row={row} />
    </Item>
  );
}

function Line({ dto, row }: Props) {
  const t = useTexts().measures;
  const { code, measure, state } = row;
  if (!isMeasure(code)) return null;
  if (AT_ALL.includes(code)) {
    if (measure.value !== null) return t.yes;
    return measure.failure === null && dto.measured.pending ? t.pending : t.byEye;
  }
  if (!ZONES.includes(code)) {
    return (
      <>
        {state === 'agrees'
          ? formatMeasure(code, measure.value)
          : measureLine(code, measure.value, measure.agrees)}
        {measure.linesMoved && ` · ${t.linesMoved}`}
      </>
    );
  }
  const found = code === 'same-person' ? dto.measured.similarity : dto.measured.earlier?.similarity;
  const passed = found?.digitalIdPassed ?? null;
  const refused = found?.refused ?? null;
  return (
    <>
      {refused === null ? t.zone[state] : t.refused[refused]}
      {passed !== null && ` · ${passed ? t.digitalId.passed : t.digitalId.failed}`}
    </>
  );
}

function Facts({ dto, row }: Props) {
  const t = useTexts().measures;
  const { code, measure } = row;
  if (!isMeasure(code)) return null;
  const gauge = AT_ALL.includes(code)
    ? null
    : gaugeOf(measure.value, measure.agrees, measure.tolerated);
  const norm = AT_ALL.includes(code) ? null : formatRange(code, measure.agrees);
  const allowed = norm === null ? null : formatRange(code, measure.tolerated);
  const pending = measure.value === null && measure.failure === null && dto.measured.pending;
  return (
    <>
      {gauge !== null && <GaugeView gauge={gauge} state={row.state} />}
      {norm !== null && (
        <dl className={styles['values']}>
          {ZONES.includes(code) && (
            <div>
              <dt>{t.distance}</dt>
              <dd>{formatMeasure(code, measure.value)}</dd>
            </div>
          )}
          <div>
            <dt>{t.wanted}</dt>
            <dd>{norm}</dd>
          </div>
          {allowed !== null && allowed !== norm && (
            <div>
              <dt>{t.allowed}</dt>
              <dd>{allowed}</dd>
            </div>
          )}
          {measure.component !== null && (
            <div>
              <dt>{t.standard}</dt>
              <dd>
                {fill(t.componentOf100, {
                  name: measure.component.name,
                  value: measure.component.value,
                })}
              </dd>
            </div>
          )}
        </dl>
      )}
      {code === 'same-person' && dto.measured.similarity?.disagree === true && (
        <p className={styles['warn']}>{t.disagreement}</p>
      )}
      {measure.failure !== null && <p className={styles['hint']}>{t.failure[measure.failure]}</p>}
      <p className={styles['hint']}>{pending ? t.pendingHint : t.hint[code]}</p>
    </>
  );
}
