// One token seen through two modules is listed once, always through the module that stands first in the station's file.
import type { TokenView } from '../../ports/token.ts';

/** Modules write the same serial with other case, spaces or leading zeros. */
const plainSerial = (serial: string): string =>
  serial
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/^0+/, '');

const certificatesOf = (token: TokenView): string =>
  token.certificates
    .map(({ certSha256 }) => certSha256)
    .sort()
    .join(' ');

/**
 * The same certificates, or, where none is stored, the same serial. Tokens of one module are never
 * one: a module knows its own.
 */
const same = (a: TokenView, b: TokenView): boolean =>
  a.moduleId !== b.moduleId &&
  (a.certificates.length > 0 || b.certificates.length > 0
    ? certificatesOf(a) === certificatesOf(b)
    : plainSerial(a.serial) !== '' && plainSerial(a.serial) === plainSerial(b.serial));

/** `tokens` in the order of the station's modules; the first view of each token stays. */
export const mergeTokens = (tokens: readonly TokenView[]): TokenView[] =>
  tokens.reduce<TokenView[]>(
    (kept, token) => (kept.some((one) => same(one, token)) ? kept : [...kept, token]),
    [],
  );
