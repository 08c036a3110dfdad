// Tells the core where the officer laid crown and chin; the case it answers with is the truth.
import type { HeadLines } from '../../../../shared/contract/case.ts';
import { call } from '../../../shared/bridge.ts';
import { refusalText } from '../../../shared/i18n/language.ts';
import { useCase } from '../case-store.ts';
import { look, useLooking } from './picture-store.ts';

let last = 0;

/** `lines` null = as measured again. A refusal puts the lines back and says why in the action bar. */
export async function layLines(applicationId: string, lines: HeadLines | null): Promise<void> {
  const mine = ++last;
  const answer = await call('case.lines', { applicationId, lines });
  if (mine !== last || useCase.getState().applicationId !== applicationId) return;
  // A line taken in hand again meanwhile stays in the hand.
  if (useLooking.getState().live === lines || lines === null) look.live(null);
  if (answer.ok) return useCase.setState({ dto: answer.value });
  look.live(null);
  const { title, todo } = refusalText(answer.refusal);
  useCase.setState({
    note: { tone: 'bad', text: todo === '' ? title : `${title}. ${todo}` },
  });
}
