// The session, the line and the settings as the core last told them; read by every screen, written here only.
import { create } from 'zustand';
import type { LineDto } from '../../../shared/contract/line.ts';
import type { SessionDto } from '../../../shared/contract/session.ts';
import type { SettingsDto } from '../../../shared/contract/settings.ts';
import { call, onPush } from '../bridge.ts';
import { setLanguage } from '../i18n/language.ts';

interface Told {
  readonly session: SessionDto | null;
  readonly line: LineDto | null;
  readonly settings: SettingsDto | null;
  /** Work was shown and is over: this window's process is about to end, nothing is to be typed into it. */
  readonly over: boolean;
}

export const useTold = create<Told>(() => ({
  session: null,
  line: null,
  settings: null,
  over: false,
}));

export const useSession = (): SessionDto | null => useTold((s) => s.session);
export const useLine = (): LineDto | null => useTold((s) => s.line);
export const useOver = (): boolean => useTold((s) => s.over);
export const notOver = (): void => useTold.setState({ over: false });
export const useSettings = (): SettingsDto | null => useTold((s) => s.settings);

/** The policy chose the language: switches show it and stay as they are. */
export const useLanguageFixed = (): boolean =>
  useTold((s) => s.settings?.policy.some(({ name }) => name === 'language') === true);

/** Takes the session an answer carried (log-in, unlock, lock). */
export const setSession = (session: SessionDto): void =>
  useTold.setState(({ session: before, over }) => ({
    session,
    over: session.state !== 'open' && (over || before?.state === 'open'),
  }));
export const setLine = (line: LineDto): void => useTold.setState({ line });

/** Shows the settings at once: language, theme, density and zoom. */
export function setSettings(settings: SettingsDto): void {
  const root = document.documentElement;
  root.dataset['theme'] = settings.theme;
  root.dataset['density'] = settings.density;
  root.style.setProperty('zoom', String(settings.zoomPercent / 100));
  setLanguage(settings.language);
  useTold.setState({ settings });
}

type Change = Partial<Pick<SettingsDto, 'language' | 'theme' | 'density' | 'zoomPercent'>>;

let writing = 0;

/** Changes a setting: seen at once, then written; the core's answer is the truth. */
export async function changeSettings(change: Change): Promise<void> {
  const mine = ++writing;
  const before = useTold.getState().settings;
  if (before !== null) setSettings({ ...before, ...change });
  else if (change.language !== undefined) setLanguage(change.language);
  const answer = await call('settings.write', change);
  if (mine !== writing) return; // a newer change is on its way
  if (answer.ok) setSettings(answer.value);
  else if (before !== null) setSettings(before); // nothing was written
}

/** Reads the line again, e.g. after a log-in. */
export async function readLine(): Promise<void> {
  const answer = await call('line.read', {});
  if (answer.ok) setLine(answer.value);
}

const LOOKS_MS = 700;

/** First reads and the subscription; returns the way to stop. */
export function startTold(): () => void {
  const stop = onPush((message) => {
    if (message.topic === 'session') setSession(message.session);
    if (message.topic === 'line') setLine(message.line);
  });
  // The first screen stands in its language and colours; a core that is slow with them is not waited for.
  const looks = Promise.race([
    call('settings.read', {}).then((answer) => {
      if (answer.ok) setSettings(answer.value);
    }),
    new Promise((late) => setTimeout(late, LOOKS_MS)),
  ]);
  void Promise.all([call('session.read', {}), looks]).then(([answer]) => {
    // What was pushed meanwhile is younger.
    if (answer.ok && useTold.getState().session === null) setSession(answer.value);
  });
  void readLine();
  return stop;
}
