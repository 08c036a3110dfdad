// IINs that belong to nobody: right check digit, but month 13–19 and day 46–99, so never a real date.
import { iinCheckDigit } from '../../src/shared/kernel/iin.ts';

const YEARS = 99;
const MONTHS = 7;
const DAYS = 54; // 46 and up: day 45 is the training officers'
const SERIALS = 1000;
const SPACE = YEARS * MONTHS * DAYS * SERIALS;
const STRIDE = 12_345_701; // prime and coprime with SPACE: indexes scatter, none repeats

/**
 * The IIN of the n-th synthetic person; distinct for n below 37 million, also across sexes.
 * offset shifts the whole series, so two seeds give different numbers.
 */
export function syntheticIin(
  n: number,
  offset: number,
  sex: 'male' | 'female',
  bornIn: number,
): string {
  let rest = Number((BigInt(n) * BigInt(STRIDE) + BigInt(offset)) % BigInt(SPACE));
  const take = (size: number): number => {
    const part = rest % size;
    rest = Math.floor(rest / size);
    return part;
  };
  const serial = take(SERIALS);
  const day = 46 + take(DAYS);
  const month = 13 + take(MONTHS);
  const year = take(YEARS);
  const century = (bornIn >= 2000 ? 5 : 3) + (sex === 'female' ? 1 : 0);
  const head = `${pad(year, 2)}${String(month)}${String(day)}${String(century)}${pad(serial, 3)}`;
  for (let last = 0; last < 10; last += 1) {
    const digit = iinCheckDigit(`${head}${String(last)}`);
    if (digit !== null) return `${head}${String(last)}${String(digit)}`;
  }
  throw new Error(`no check digit exists after ${head}`);
}

const pad = (value: number, size: number): string => String(value).padStart(size, '0');
