// Tickets and numbers in tabular figures; a ticket is opaque and never parsed.
import { formatIin } from '../format/format.ts';
import styles from './ui.module.css';

export function TicketText({ ticket }: { readonly ticket: string }) {
  return <span className={styles['ticket']}>{ticket}</span>;
}

export function IinText({ iin }: { readonly iin: string }) {
  return <span className={styles['number']}>{formatIin(iin)}</span>;
}
