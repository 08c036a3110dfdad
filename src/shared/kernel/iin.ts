// IIN (individual identification number): check digit and what its digits say.

const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2] as const;

/** Check digit of the first 11 digits, or null when no valid digit exists for them. */
export function iinCheckDigit(eleven: string): number | null {
  const digits = [...eleven].map(Number);
  const mod = (weights: readonly number[]) =>
    weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0) % 11;
  const first = mod(FIRST);
  if (first < 10) return first;
  const second = mod(SECOND);
  return second < 10 ? second : null;
}

/** True when the string is 12 digits with a right check digit; a wrong one blocks an application. */
export function isIin(value: string): boolean {
  return /^\d{12}$/.test(value) && iinCheckDigit(value.slice(0, 11)) === Number(value[11]);
}

/**
 * What digits 1–7 would say of birth date and sex, or null when they say nothing.
 * Information only: since 26.08.2013 an IIN need not match either.
 */
export function iinBirth(value: string): { date: string; sex: 'male' | 'female' } | null {
  const century = { 1: 18, 2: 18, 3: 19, 4: 19, 5: 20, 6: 20 }[value[6] ?? ''];
  if (century === undefined) return null;
  const date = `${century}${value.slice(0, 2)}-${value.slice(2, 4)}-${value.slice(4, 6)}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) return null;
  return { date, sex: Number(value[6]) % 2 === 1 ? 'male' : 'female' };
}

/** Masked for lists and logs: 9913••••0002. */
export const maskIin = (value: string): string => `${value.slice(0, 4)}••••${value.slice(-4)}`;

/** Masked phone for lists: +7 70••••••34. */
export const maskPhone = (value: string): string => {
  const digits = value.replace(/\D/g, '');
  return digits.length < 6
    ? '••••'
    : `+${digits[0]} ${digits.slice(1, 3)}••••••${digits.slice(-2)}`;
};
