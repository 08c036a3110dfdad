// The paper as it will be, with the format, the printer and the two ways out: print, or save as PDF.
import { IconDeviceFloppy, IconPrinter, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import {
  PAPER_FORMATS,
  type PaperDto,
  type PaperFormat,
  type PaperRef,
  type PrinterDto,
} from '../../../shared/contract/papers.ts';
import { call, type AnyRefusal } from '../bridge.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { useKeys } from '../keys/use-keys.ts';
import { Button } from '../ui/button.tsx';
import { Notice, RefusalNotice } from '../ui/notice.tsx';
import { Segmented } from '../ui/segmented.tsx';
import ui from '../ui/ui.module.css';
import styles from './dialog.module.css';
import { PaperSheet } from './paper-sheet.tsx';

/** The last choice of this session: a point has one kind of printer. */
let lastFormat: PaperFormat = 'a4';
let lastPrinter: string | null = null;

/** Told, in order: the paper, the printers, how the last deed ended. */
function usePaper(asked: PaperRef) {
  const [paper, setPaper] = useState<PaperDto | null>(null);
  const [printers, setPrinters] = useState<readonly PrinterDto[] | null>(null);
  const [refusal, setRefusal] = useState<AnyRefusal | null>(null);
  const key = JSON.stringify(asked);
  useEffect(() => {
    let here = true;
    void call('papers.show', JSON.parse(key) as PaperRef).then((answer) => {
      if (!here) return;
      if (answer.ok) setPaper(answer.value);
      else setRefusal(answer.refusal);
    });
    void call('papers.printers', {}).then((answer) => {
      if (here) setPrinters(answer.ok ? answer.value.printers : []);
    });
    return () => {
      here = false;
    };
  }, [key]);
  return { paper, printers, refusal, setRefusal };
}

export function PaperDialog(props: { readonly asked: PaperRef; readonly onClose: () => void }) {
  const { asked, onClose } = props;
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const { paper, printers, refusal, setRefusal } = usePaper(asked);
  const [format, setFormat] = useState<PaperFormat>(lastFormat);
  const [chosen, setChosen] = useState<string | null>(lastPrinter);
  const [busy, setBusy] = useState<'print' | 'save' | null>(null);
  const [done, setDone] = useState<string | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useKeys('dialog', { back: onClose });

  const printer =
    printers?.find(({ name }) => name === chosen) ??
    printers?.find(({ usual }) => usual) ??
    printers?.[0] ??
    null;
  const begin = (what: 'print' | 'save'): void => {
    setBusy(what);
    setDone(null);
    setRefusal(null);
  };
  const print = async (): Promise<void> => {
    if (paper === null || printer === null || busy !== null) return;
    begin('print');
    const answer = await call('papers.print', { paper: asked, format, printer: printer.name });
    setBusy(null);
    if (!answer.ok) return setRefusal(answer.refusal);
    lastPrinter = printer.name;
    setDone(fill(t.papers.printed, { printer: printer.title }));
  };
  const save = async (): Promise<void> => {
    if (paper === null || busy !== null) return;
    begin('save');
    const answer = await call('papers.save', { paper: asked, format });
    setBusy(null);
    if (!answer.ok) return setRefusal(answer.refusal);
    setDone(fill(t.papers.saved, { path: answer.value.path }));
  };

  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-label={t.papers.titles[asked.kind]}
      data-testid="paper-dialog"
      onClose={onClose}
    >
      <div className={styles['inside']}>
        <header className={styles['head']}>
          <h2>{t.papers.titles[asked.kind]}</h2>
          <Button
            look="quiet"
            aria-label={t.common.close}
            data-testid="paper-close"
            onClick={onClose}
            icon={<IconX size={18} aria-hidden />}
          />
        </header>
        <div className={styles['tools']}>
          <Segmented
            label={t.papers.format}
            value={format}
            testId="paper-format"
            options={PAPER_FORMATS.map((value) => ({ value, label: t.papers.formats[value] }))}
            onChange={(value) => {
              lastFormat = value;
              setFormat(value);
            }}
          />
          {printers !== null && printers.length > 0 && (
            <select
              className={ui['input']}
              aria-label={t.papers.printer}
              value={printer?.name ?? ''}
              onChange={(event) => setChosen(event.currentTarget.value)}
            >
              {printers.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </div>
        <div
          className={styles['desk']}
          tabIndex={0}
          role="region"
          aria-label={t.papers.preview}
          data-format={format}
        >
          {paper !== null ? (
            <div className={styles['scaled']} data-testid="paper-preview">
              <PaperSheet paper={paper} format={format} />
            </div>
          ) : (
            refusal === null && <p role="status">{t.papers.loading}</p>
          )}
        </div>
        <footer className={styles['foot']}>
          <div className={styles['said']}>
            {refusal !== null && <RefusalNotice refusal={refusal} />}
            {done !== null && (
              <Notice tone="accent" testId="paper-done">
                {done}
              </Notice>
            )}
            {printers?.length === 0 && done === null && refusal === null && (
              <p className={styles['quiet']}>{t.papers.noPrinter}</p>
            )}
          </div>
          <Button
            busy={busy === 'save'}
            aria-disabled={paper === null}
            data-testid="paper-save"
            icon={<IconDeviceFloppy size={18} stroke={1.6} aria-hidden />}
            onClick={() => void save()}
          >
            {busy === 'save' ? t.papers.saving : t.papers.save}
          </Button>
          <Button
            look="primary"
            size="large"
            busy={busy === 'print'}
            aria-disabled={paper === null || printer === null}
            data-testid="paper-print"
            icon={<IconPrinter size={18} stroke={1.6} aria-hidden />}
            onClick={() => void print()}
          >
            {busy === 'print' ? t.papers.printing : t.papers.print}
          </Button>
        </footer>
      </div>
    </dialog>
  );
}
