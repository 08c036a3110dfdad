// Whether the window may film: the core says, the shell's permission handlers obey.

export interface CameraGate {
  /** From now on the window may ask for the camera. */
  open(): void;
  /** It may not ask any more; safe to call at any time. */
  close(): void;
}
