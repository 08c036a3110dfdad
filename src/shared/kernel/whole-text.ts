// Is every text of a value Unicode? Half a surrogate pair has no UTF-8: it cannot be sent, signed or kept as it is.

const HALF = /\p{Surrogate}/u;

/** Looks through texts, lists and plain objects with their keys; bytes and numbers are whole. The value must not be cyclic. */
export function isWholeText(value: unknown): boolean {
  if (typeof value === 'string') return !HALF.test(value);
  if (Array.isArray(value)) return value.every(isWholeText);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true;
  return Object.entries(value).every(([key, one]) => isWholeText(key) && isWholeText(one));
}
