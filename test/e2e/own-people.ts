// A stand with a few people of the test's own making: changed dossiers, hostile pictures.
import { createHash } from 'node:crypto';
import { STAND_REGIONS } from '../../stand/directory.ts';
import { keptPictures } from '../../stand/kept-pictures.ts';
import { generatePeople } from '../../stand/people/generate-people.ts';
import { startStand, type Stand, type StandOptions } from '../../stand/start.ts';
import { ALMATY } from './house.ts';

type Mime = OwnPerson['images'][number]['mime'];
export type OwnPerson = NonNullable<StandOptions['applications']>[number];

/** `change` gets each person with its number; pending ones come first asked. */
export async function standWithOwnPeople(
  count: number,
  change: (person: OwnPerson, index: number) => OwnPerson,
): Promise<Stand> {
  const bare = await startStand({ applications: [] });
  const { signApplication } = bare.pki;
  await bare.stop();
  const people: OwnPerson[] = [];
  const made = generatePeople({
    seed: 'own',
    count,
    now: new Date(),
    signApplication,
    regions: STAND_REGIONS,
    onlyRegion: ALMATY,
    portraitPool: 4,
    keep: keptPictures(),
  });
  for await (const person of made) people.push(change(person, people.length));
  return startStand({ applications: people });
}

/** The same person with these bytes as the new photo, announced truly as `mime`. */
export function withPhoto(person: OwnPerson, bytes: Buffer, mime: Mime): OwnPerson {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const photo = { sha256, mime, bytes: bytes.length };
  return {
    ...person,
    dossier: { ...person.dossier, photo },
    images: [...person.images, { sha256, mime, bytes: new Uint8Array(bytes) }],
  };
}

/** The new photo's own bytes, to spoil them. */
export function photoOf(person: OwnPerson): Buffer {
  const found = person.images.find(({ sha256 }) => sha256 === person.dossier.photo.sha256);
  if (found === undefined) throw new Error('the person has no photo');
  return Buffer.from(found.bytes);
}
