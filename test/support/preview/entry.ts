// Puts the scripted bridge in place of the preload's one, then starts the screens.
import { fakeBridge } from './fake-bridge.ts';
import { navigate, type Screen } from '../../../src/renderer/shared/state/navigation.ts';
import { ids } from './fixtures/ids.ts';
import { wanted } from './wanted.ts';

Object.defineProperty(window, 'kualik', { value: fakeBridge });
navigate({
  screen: wanted.screen as Screen,
  applicationId: wanted.screen === 'case' ? (wanted.id ?? ids.first) : null,
});
await import('../../../src/renderer/app/main.tsx');
