// What the log-in card shows: tokens on the table and the chosen certificate. Never a PIN.
import { create } from 'zustand';
import type { TokenDto, TokensDto } from '../../../shared/contract/session.ts';
import { call, type AnyRefusal } from '../../shared/bridge.ts';

export type Certificate = TokenDto['certificates'][number];

export interface Choice {
  readonly moduleId: string;
  readonly serial: string;
  readonly certSha256: string;
}

interface State {
  readonly tokens: TokensDto | null;
  readonly refusal: AnyRefusal | null;
  readonly choice: Choice | null;
}

export const useTokens = create<State>(() => ({ tokens: null, refusal: null, choice: null }));

const usableOf = (token: TokenDto): readonly Certificate[] =>
  token.certificates.filter((each) => each.unusable === null);

/** Keeps the choice while it is still there, else takes the one used before, else the only one. */
export function chooseAgain(tokens: TokensDto, before: Choice | null): Choice | null {
  const all = tokens.tokens.flatMap((token) =>
    usableOf(token).map((certificate) => ({
      usedBefore: certificate.usedBefore,
      choice: {
        moduleId: token.moduleId,
        serial: token.serial,
        certSha256: certificate.certSha256,
      },
    })),
  );
  const same = all.find(
    ({ choice }) =>
      choice.certSha256 === before?.certSha256 &&
      choice.serial === before.serial &&
      choice.moduleId === before.moduleId,
  );
  if (same !== undefined) return same.choice;
  const used = all.filter((each) => each.usedBefore);
  if (used.length === 1) return used[0]?.choice ?? null;
  return all.length === 1 ? (all[0]?.choice ?? null) : null;
}

export async function readTokens(): Promise<void> {
  const answer = await call('session.tokens', {});
  if (!answer.ok) {
    useTokens.setState({ refusal: answer.refusal });
    return;
  }
  useTokens.setState((now) => ({
    tokens: answer.value,
    refusal: null,
    choice: chooseAgain(answer.value, now.choice),
  }));
}

export const choose = (choice: Choice): void => useTokens.setState({ choice });

/** The chosen token and certificate, or null when they are not on the table. */
export function findChosen(
  tokens: TokensDto | null,
  choice: Choice | null,
): { token: TokenDto; certificate: Certificate } | null {
  const token = tokens?.tokens.find(
    (each) => each.serial === choice?.serial && each.moduleId === choice.moduleId,
  );
  const certificate = token?.certificates.find((each) => each.certSha256 === choice?.certSha256);
  return token === undefined || certificate === undefined ? null : { token, certificate };
}
