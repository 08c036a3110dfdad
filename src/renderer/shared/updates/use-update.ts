// New versions as the core last told them; one reading for every place that shows them.
import { useEffect, useState } from 'react';
import type { UpdateDto } from '../../../shared/contract/updates.ts';
import { call, onPush } from '../bridge.ts';

export function useUpdate(): UpdateDto | null {
  const [update, setUpdate] = useState<UpdateDto | null>(null);
  useEffect(() => {
    const read = async (): Promise<void> => {
      const answer = await call('updates.read', {});
      if (answer.ok) setUpdate(answer.value);
    };
    void read();
    return onPush(({ topic }) => {
      if (topic === 'updates') void read();
    });
  }, []);
  return update;
}
