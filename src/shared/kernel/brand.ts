// Brand types: strings that were checked once and cannot be mixed up afterwards.

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Application id of the central node, an opaque UUID. */
export type ApplicationId = Brand<string, 'ApplicationId'>;
/** Registration ticket (талон): opaque, never parsed (its format is not public). */
export type Ticket = Brand<string, 'Ticket'>;
/** Lower-case hex SHA-256, 64 characters. */
export type Sha256 = Brand<string, 'Sha256'>;
/** Act id of the workstation, also the idempotency key at the central node. */
export type ActId = Brand<string, 'ActId'>;
/** Instant as ISO 8601 in UTC with milliseconds, e.g. 2026-11-20T04:15:00.000Z. */
export type Instant = Brand<string, 'Instant'>;
/** Calendar date YYYY-MM-DD in the one time zone of the country (UTC+5). */
export type LocalDate = Brand<string, 'LocalDate'>;

export const asApplicationId = (s: string): ApplicationId => s as ApplicationId;
export const asTicket = (s: string): Ticket => s as Ticket;
export const asSha256 = (s: string): Sha256 => s as Sha256;
export const asActId = (s: string): ActId => s as ActId;
export const asInstant = (s: string): Instant => s as Instant;
export const asLocalDate = (s: string): LocalDate => s as LocalDate;
