// How many PIN tries the officer's own token still has, as far as PKCS#11 tells it.
import { useEffect, useState } from 'react';
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

/** Reads the flags of the logged-in token, again whenever a token comes or goes. */
export function usePinTries(refusal: AnyRefusal | null): Tries | undefined {
  const key = useSession()?.key ?? null;
  const serial = key?.serial;
  const moduleId = key?.moduleId;
  const [told, setTold] = useState<Tries | undefined>(undefined);
  useEffect(() => {
    if (serial === undefined) return;
    let gone = false;
    const read = async (): Promise<void> => {
      const answer = await call('session.tokens', {});
      if (gone || !answer.ok) return;
      const mine = answer.value.tokens.find(
        (token) => token.serial === serial && token.moduleId === moduleId,
      );
      setTold(mine?.pin.tries);
    };
    void read();
    const stop = onPush((message) => {
      if (message.topic === 'tokens') void read();
    });
    return () => {
      gone = true;
      stop();
    };
  }, [serial, moduleId]);
  return (refusal === null ? undefined : triesOf(refusal)) ?? told;
}
