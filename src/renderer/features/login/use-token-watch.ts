// Keeps the tokens current while the card is on screen: the core pushes, the screen reads again.
import { useEffect } from 'react';
import { onPush } from '../../shared/bridge.ts';
import { readTokens } from './login-store.ts';

export function useTokenWatch(): void {
  useEffect(() => {
    void readTokens();
    return onPush((message) => {
      if (message.topic === 'tokens') void readTokens();
    });
  }, []);
}
