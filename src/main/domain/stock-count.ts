// The stock against what was seen of it: who is missing, what does not belong here.

/** A card seen in a count; `inStock`: it lay here by the list at that moment. */
export interface CountScan {
  readonly cardNumber: string;
  readonly inStock: boolean;
}

export interface Difference<Card> {
  /** Cards of the list, those that left by our own doing after they were seen among them. */
  readonly expected: number;
  readonly seen: number;
  readonly missing: readonly Card[];
  /** Numbers seen that are not of this stock. */
  readonly extra: readonly string[];
}

/** The stock as it is now against what was seen; seen + missing = expected, always. */
export function countDifference<Card extends { readonly cardNumber: string }>(
  stock: readonly Card[],
  scans: readonly CountScan[],
): Difference<Card> {
  const listed = new Set(stock.map(({ cardNumber }) => cardNumber));
  const scanned = new Set(scans.map(({ cardNumber }) => cardNumber));
  const missing = stock.filter(({ cardNumber }) => !scanned.has(cardNumber));
  const extra = scans.filter(({ cardNumber, inStock }) => !inStock && !listed.has(cardNumber));
  const seen = scans.length - extra.length;
  return {
    expected: seen + missing.length,
    seen,
    missing,
    extra: extra.map(({ cardNumber }) => cardNumber),
  };
}
