// Shapes shared by all messages between workstation and central node.
import { z } from 'zod';

export const instant = z.iso.datetime({ offset: false, precision: 3 });
export const localDate = z.iso.date();
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const uuid = z.uuid();
export const shortText = z.string().max(500);
export const base64 = z.base64();

/** Dictionary entry as the state registers deliver it. */
export const coded = z.strictObject({
  code: z.string().max(40),
  nameRu: shortText,
  nameKz: shortText,
});
export type Coded = z.infer<typeof coded>;

/** Migration department (УМС ДП): its BIN and names. */
export const department = z.strictObject({
  bin: z.string().regex(/^\d{12}$/),
  nameRu: shortText,
  nameKz: shortText,
});
export type Department = z.infer<typeof department>;

/** KATO root code of a region, nine digits. */
export const regionCode = z.string().regex(/^\d{9}$/);
