// Parts of every paper: what is said in both languages, facts, sentences, the code with its hash.
import type { ReactNode } from 'react';
import { kk } from '../i18n/texts/kk.ts';
import { ru } from '../i18n/texts/ru.ts';
import { QrCode } from './qr-code.tsx';
import styles from './paper.module.css';

type Words = typeof ru.papers.sheet;
/** The same words of both trees; what stands on paper never follows the language of the screen. */
export type Pick2 = (tree: Words) => string;
export const both = (pick: Pick2): { kk: string; ru: string } => ({
  kk: pick(kk.papers.sheet as Words),
  ru: pick(ru.papers.sheet),
});

/** Two columns on A4, one under the other on the roll. */
export function Both({ kk: left, ru: right }: { readonly kk: string; readonly ru: string }) {
  return (
    <>
      <span lang="kk">{left}</span>
      <span lang="ru">{right}</span>
    </>
  );
}

export function Fact({ label, children }: { readonly label: Pick2; readonly children: ReactNode }) {
  const words = both(label);
  return (
    <div className={styles['fact']}>
      <dt lang="kk">{words.kk}</dt>
      <dd>{children}</dd>
      <dt lang="ru">{words.ru}</dt>
    </div>
  );
}

export function TwoWords({ pick }: { readonly pick: Pick2 }) {
  const words = both(pick);
  return (
    <>
      <span lang="kk">{words.kk}</span> / <span lang="ru">{words.ru}</span>
    </>
  );
}

export function Sentence({ pick }: { readonly pick: Pick2 }) {
  return (
    <div className={styles['sentence']}>
      <Both {...both(pick)} />
    </div>
  );
}

const grouped = (sha256: string): string => sha256.match(/.{1,8}/g)?.join(' ') ?? '';

export function Code(props: {
  readonly qr: string;
  readonly sha256: string;
  readonly caption: Pick2;
}) {
  const words = both(props.caption);
  return (
    <div className={styles['code']}>
      <QrCode text={props.qr} label={words.ru} />
      <div>
        <Both {...words} />
        <code>{grouped(props.sha256)}</code>
      </div>
    </div>
  );
}
