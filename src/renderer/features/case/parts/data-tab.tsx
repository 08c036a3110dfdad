// Declared beside the register's record: differences marked, what is equal folded; document, fee, identification.
import { useState } from 'react';
import type { CaseDto } from '../../../../shared/contract/case.ts';
import {
  formatCoded,
  formatDate,
  formatDateTime,
  formatDay,
  formatIin,
  formatMoney,
} from '../../../shared/format/format.ts';
import { byLanguage, fill, texts, useTexts } from '../../../shared/i18n/language.ts';
import { StateMark } from '../../../shared/ui/state-mark.tsx';
import styles from './data.module.css';

type Compared = CaseDto['compared'][number];

/** Dates, sex and IIN come as codes; the rest is text as the register gave it. */
function wordsOf(
  field: Compared['field'],
  value: string | null,
  sexes: { male: string; female: string },
): string | null {
  if (value === null) return null;
  if (field === 'birthDate') return formatDate(value);
  if (field === 'iin') return formatIin(value);
  if (field === 'sex') return value === 'male' || value === 'female' ? sexes[value] : value;
  return value;
}

function ComparedRows({ rows }: { readonly rows: readonly Compared[] }) {
  const t = useTexts().casework;
  return (
    <table className={styles['compared']}>
      <thead>
        <tr>
          <th scope="col">{t.data.compared}</th>
          <th scope="col">{t.data.declared}</th>
          <th scope="col">{t.data.record}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const declared = wordsOf(
            row.field,
            byLanguage(row.declaredRu ?? '', row.declaredKz ?? '') || null,
            t.sex,
          );
          const record = wordsOf(
            row.field,
            byLanguage(row.recordRu ?? '', row.recordKz ?? '') || null,
            t.sex,
          );
          return (
            <tr key={row.field} data-same={String(row.same)} data-testid={`compared-${row.field}`}>
              <th scope="row">
                {row.same === false && <StateMark state="disagrees" bare size={13} />}
                {t.field[row.field]}
              </th>
              <td>{declared ?? <span className={styles['dim']}>{t.data.absent}</span>}</td>
              <td>{record ?? <span className={styles['dim']}>{t.data.absent}</span>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Facts(props: {
  readonly title: string;
  readonly rows: readonly (readonly [string, React.ReactNode])[];
  readonly mark?: React.ReactNode;
}) {
  return (
    <section className={styles['facts']}>
      <h2>
        {props.title}
        {props.mark}
      </h2>
      <dl>
        {props.rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function DataTab({ dto }: { readonly dto: CaseDto }) {
  const { casework: t, login } = useTexts();
  const [all, setAll] = useState(false);
  const equal = dto.compared.filter((row) => row.same === true);
  const other = dto.compared.filter((row) => row.same !== true);
  const noRecord = dto.compared.length > 0 && dto.compared.every((row) => row.same === null);
  const signature = dto.applicantSignature;
  return (
    <div className={styles['data']}>
      <section>
        {noRecord && <p className={styles['warn']}>{t.data.noRecord}</p>}
        {(other.length > 0 || all) && <ComparedRows rows={all ? dto.compared : other} />}
        {equal.length > 0 && (
          <button
            type="button"
            className={styles['fold']}
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            <StateMark
              state="agrees"
              label={fill(other.length === 0 ? t.data.allSame : t.data.same, { n: equal.length })}
            />
          </button>
        )}
      </section>
      <Facts
        title={t.data.birthPlace}
        rows={[
          [t.data.birthPlaceFull, dto.birthPlace.text],
          [
            fill(t.data.birthPlacePrinted, { country: '' }).replace(/[:\s]+$/, ''),
            <strong key="country">
              {byLanguage(dto.birthPlace.printedRu, dto.birthPlace.printedKz)}
            </strong>,
          ],
        ]}
      />
      <Facts
        title={t.data.document}
        rows={[
          [t.data.docNumber, `${formatCoded(dto.document.type)}, № ${dto.document.number}`],
          [
            t.data.docValid,
            `${formatDate(dto.document.beginDate)} – ${formatDate(dto.document.endDate)}`,
          ],
          [t.data.docIssuer, formatCoded(dto.document.issuer)],
          [t.data.docStatus, formatCoded(dto.document.status)],
        ]}
      />
      <Facts
        title={t.data.fee}
        rows={[
          [
            t.data.feeKinds[dto.fee.kind],
            [
              dto.fee.amountTenge === 0 ? null : formatMoney(dto.fee.amountTenge),
              dto.fee.paidAt === null ? null : formatDay(dto.fee.paidAt),
            ]
              .filter((part) => part !== null)
              .join(', ') || '–',
          ],
          ...(dto.fee.basis === null ? [] : [[t.data.feeBasis, dto.fee.basis] as const]),
        ]}
      />
      <Facts
        title={t.data.digitalId}
        rows={
          dto.digitalId === null
            ? [[t.data.digitalIdNone, '–']]
            : [
                [
                  dto.digitalId.provider,
                  fill(t.data.score, {
                    score: dto.digitalId.score.toFixed(3),
                    threshold: dto.digitalId.threshold.toFixed(3),
                  }),
                ],
                [formatDateTime(dto.digitalId.at), t.data.liveness[dto.digitalId.liveness]],
              ]
        }
      />
      <Facts
        title={t.data.applicantSignature}
        mark={
          <StateMark
            state={
              signature.verdict === 'valid'
                ? 'agrees'
                : signature.verdict === 'invalid'
                  ? 'disagrees'
                  : signature.verdict === 'cannot-check'
                    ? 'look'
                    : 'no-data'
            }
            label={t.data.verdict[signature.verdict]}
          />
        }
        rows={[
          [
            t.data.signedAt,
            `${t.data.signatureKind[signature.kind]}, ${formatDateTime(signature.signedAt)}`,
          ],
          ...(signature.signer === null ? [] : [[t.data.signer, signature.signer] as const]),
          ...(signature.key === null
            ? []
            : [
                [
                  t.data.signerKey,
                  `${login.algorithm[signature.key.algorithm]}, ${t.data.keyStorage[signature.key.storage ?? 'unnamed']}`,
                ] as const,
              ]),
          ...(signature.reason === null
            ? []
            : [[t.row.computed, reasonWords(signature.reason)] as const]),
        ]}
      />
      <Facts
        title={t.data.filing}
        rows={[
          [t.data.filedAt, formatDateTime(dto.filedAt)],
          [t.data.registeredAt, formatDateTime(dto.registeredAt)],
          [t.data.point, formatCoded(dto.registrationPoint)],
          [t.data.phone, dto.phone],
          [
            t.data.documentingCode,
            dto.documentingCode.entry === null
              ? `${dto.documentingCode.code} – ${t.data.documentingUnknown}`
              : `${dto.documentingCode.code} – ${formatCoded(dto.documentingCode.entry)}`,
          ],
        ]}
      />
    </div>
  );
}

/** Words for a code of the check; a code without words is still better than silence. */
const reasonWords = (code: string): string =>
  (texts().casework.data.signatureReason as Readonly<Record<string, string>>)[code] ?? code;
