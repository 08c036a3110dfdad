// The PIN of every training token.

/** Of this stand only; printed at start, shown to whoever trains. */
export const TRAINING_PIN = '482915';
