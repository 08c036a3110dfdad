// Where the officer is: one tiny store instead of a router.
import { create } from 'zustand';
import { SCREENS, type Screen } from '../../../shared/contract/place.ts';
import { keepPlace, onReturn } from './place.ts';
import { useTold } from './session.ts';

export type { Screen };

interface Where {
  readonly screen: Screen;
  readonly applicationId: string | null;
}

export const useNavigation = create<Where>(() => ({ screen: 'queue', applicationId: null }));

/** Goes to a screen; the case screen keeps its last application when none is named. */
export function navigate(to: { screen: Screen; applicationId?: string | null }): void {
  useNavigation.setState((now) => ({
    screen: to.screen,
    applicationId: to.applicationId === undefined ? now.applicationId : to.applicationId,
  }));
}

type Role = 'reviewer' | 'issuer' | 'head' | 'administrator';

const BY_ROLE: Record<Role, readonly Screen[]> = {
  reviewer: ['queue', 'case', 'batch', 'outbox', 'journal', 'readiness', 'settings'],
  issuer: ['issuance', 'stock', 'register', 'outbox', 'journal', 'readiness', 'settings'],
  head: [
    'queue',
    'case',
    'stock',
    'register',
    'monitoring',
    'outbox',
    'journal',
    'readiness',
    'settings',
  ],
  administrator: ['journal', 'readiness', 'settings'],
};

/** Screens the roles may open, in the order of the rail. */
export const screensFor = (roles: readonly Role[]): readonly Screen[] =>
  SCREENS.filter((screen) => roles.some((role) => BY_ROLE[role].includes(screen)));

/** Those with a place in the rail and an Alt key; the batch is reached from the queue. */
export const inRail = (screens: readonly Screen[]): readonly Screen[] =>
  screens.filter((screen) => screen !== 'batch');

// The next officer starts at the beginning, not at the case of the one before.
useTold.subscribe(({ session }) => {
  if (session?.state === 'signed-out') navigate({ screen: 'queue', applicationId: null });
});

// The window does not outlive the lock: the cache knows where the officer was.
useNavigation.subscribe(({ screen, applicationId }) => keepPlace({ screen, applicationId }));
onReturn(({ screen, applicationId }) => useNavigation.setState({ screen, applicationId }));
