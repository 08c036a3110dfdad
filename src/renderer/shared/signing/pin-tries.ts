// How many PIN tries the officer's own token still has, as far as PKCS#11 tells it.
import { useEffect, useState } from 'react';
import type { TokensDto } from '../../../shared/contract/session.ts';
import { call, onPush, type AnyRefusal } from '../bridge.ts';
import { useSession } from '../state/session.ts';

export type Tries = 'full' | 'low' | 'final' | 'locked';

/** What a refusal of the token says about the tries left; undefined = it says nothing. */
export function triesOf(refusal: AnyRefusal): Tries | undefined {
  if (refusal.code === 'pin-locked') return 'locked';
  if (refusal.code !== 'pin-incorrect') return undefined;
  const tries = refusal.params?.['tries'];
  return tries === 'final' || tries === 'locked' ? tries : 'low';
}

export interface OwnToken {
  /** undefined until it was looked for; `restarting`: its module does not answer at the moment. */
  readonly state: 'present' | 'absent' | 'restarting' | undefined;
  readonly tries: Tries | undefined;
}

/** What the listing says of the officer's own token. */
export function ownToken(
  { tokens, modules }: TokensDto,
  key: { readonly serial: string; readonly moduleId: string },
): OwnToken {
  const mine = tokens.find(
    (token) => token.serial === key.serial && token.moduleId === key.moduleId,
  );
  if (mine !== undefined) return { state: 'present', tries: mine.pin.tries };
  const module = modules.find(({ id }) => id === key.moduleId);
  return { state: module?.state === 'ready' ? 'absent' : 'restarting', tries: undefined };
}

/** Looks for the logged-in token, again whenever a token comes or goes and after each refusal. */
export function useOwnToken(refusal: AnyRefusal | null): OwnToken {
  const key = useSession()?.key ?? null;
  const serial = key?.serial;
  const moduleId = key?.moduleId;
  const [told, setTold] = useState<OwnToken>({ state: undefined, tries: undefined });
  useEffect(() => {
    if (serial === undefined || moduleId === undefined) return;
    let gone = false;
    const read = async (): Promise<void> => {
      const answer = await call('session.tokens', {});
      if (!gone && answer.ok) setTold(ownToken(answer.value, { serial, moduleId }));
    };
    void read();
    const stop = onPush((message) => {
      if (message.topic === 'tokens') void read();
    });
    return () => {
      gone = true;
      stop();
    };
  }, [serial, moduleId, refusal]);
  return { ...told, tries: (refusal === null ? undefined : triesOf(refusal)) ?? told.tries };
}

export const usePinTries = (refusal: AnyRefusal | null): Tries | undefined =>
  useOwnToken(refusal).tries;
