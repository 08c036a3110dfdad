// Whether pictures of the screen may show the window: people's faces and numbers are on it.
import type { PolicyFile } from '../../../shared/contract/policy.ts';

/** The policy's word; without it an installed program is closed to pictures, but for invented people. */
export const captureBlocked = (
  { screenCapture, training }: Pick<PolicyFile, 'screenCapture' | 'training'>,
  packaged: boolean,
): boolean => !(screenCapture ?? (training || !packaged));
