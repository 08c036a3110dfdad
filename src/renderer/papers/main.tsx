// The print page: draws the one paper that stands in it as data, before the page counts as loaded; no bridge here.
import '@fontsource-variable/inter';
import './print.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { PaperDto, PaperFormat } from '../../shared/contract/papers.ts';
import { PaperSheet } from '../shared/papers/paper-sheet.tsx';

const data = document.getElementById('data')?.textContent ?? 'null';
const job = JSON.parse(data) as { paper: PaperDto; format: PaperFormat } | null;
const root = document.getElementById('root');
if (root !== null && job !== null)
  flushSync(() => createRoot(root).render(<PaperSheet paper={job.paper} format={job.format} />));
