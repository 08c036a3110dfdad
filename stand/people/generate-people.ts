// The people of the training stand: a seeded stream of applications with their pictures, as a central node stores them.
import type { Dossier, Head, ImageRef } from '../../src/shared/central/application.ts';
import { makeApplication, personBasis } from './dossier.ts';
import type { PersonBasis, SignApplication } from './dossier.ts';
import { addDays, localDateOf } from './local-time.ts';
import {
  isPhotoReason,
  isSignatureReason,
  newPhoto,
  referencePhoto,
  signatureImage,
} from './pictures.ts';
import type { Sitter, SyntheticImage } from './pictures.ts';
import { REGIONS } from './places.ts';
import type { Region } from './places.ts';
import { listPortraits, portraitFromFile } from './portrait-folder.ts';
import { createRandom } from './random.ts';
import { scenarioOf } from './scenarios.ts';
import type { PhotoReason, Scenario, SignatureReason } from './scenarios.ts';

/** Gives the picture of this name (everything it depends on), made now or kept from before. */
export type KeepPicture = (
  name: string,
  mime: SyntheticImage['mime'],
  make: () => Promise<SyntheticImage>,
) => Promise<SyntheticImage>;

export interface PeopleOptions {
  readonly seed: string;
  readonly count: number;
  /** Times are laid back from here. */
  readonly now: Date;
  /** Folder whose portraits replace the painted ones. */
  readonly portraitsDir?: string;
  /** Applicants' signatures (CMS DER); null = no applicant signs with EDS. */
  readonly signApplication: SignApplication | null;
  /** How many faces to share among the people; default: each person has one up to 400, then 96. */
  readonly portraitPool?: number;
  /** Share of EDS requests really signed; default 1 up to 400 people, then 0.01 (the rest become SMS). */
  readonly signedShare?: number;
  /** Puts everybody into one region (benches). */
  readonly onlyRegion?: string;
  /** Everybody a plain good application that has come so far (a parcel of cards). */
  readonly onlyStage?: Scenario['stage'];
  /** Number of the first person: another range gives other people of the same seed. */
  readonly first?: number;
  /** Departments and registration points, when the stand's differ from the built-in ones. */
  readonly regions?: readonly Region[];
  /** Where painted pictures are kept; painted anew each time when absent. */
  readonly keep?: KeepPicture;
}

export interface SyntheticApplication {
  readonly dossier: Dossier;
  readonly head: Head;
  /** Every picture the dossier names; pooled ones come again with the same bytes. */
  readonly images: readonly SyntheticImage[];
  readonly scenario: Scenario;
}

const LARGE = 400;

/** Streams the people in a fixed order; the same options give the same bytes (signatures aside). */
export async function* generatePeople(options: PeopleOptions): AsyncIterable<SyntheticApplication> {
  const large = options.count > LARGE;
  const studio = new Studio(options.portraitPool ?? (large ? 96 : 0), options);
  const share = options.signedShare ?? (large ? 0.01 : 1);
  const files = options.portraitsDir ? await listPortraits(options.portraitsDir) : [];
  const first = options.first ?? 0;
  for (let i = first; i < first + options.count; i += 1) {
    const scenario = scenarioOf(i, options.seed, options.onlyRegion, options.onlyStage);
    const basis = personBasis(options.seed, i, scenario, options.now, options.regions ?? REGIONS);
    const file = files.length > 0 ? files[i % files.length] : undefined;
    const pictures = await studio.shoot(basis, file);
    const signs =
      scenario.signature === 'eds-broken' ||
      createRandom(`${options.seed}/eds/${String(i)}`).chance(share);
    const { dossier, head } = await makeApplication(
      options.seed,
      basis,
      {
        photo: reference(pictures.photo),
        referencePhoto: pictures.reference && reference(pictures.reference),
        signature: reference(pictures.signature),
        referenceSignature: pictures.earlierSignature && reference(pictures.earlierSignature),
        earlierPhoto: pictures.earlierPhoto && reference(pictures.earlierPhoto),
        photoTakenAt: takenAt(basis),
      },
      signs ? options.signApplication : null,
    );
    const images = Object.values(pictures).filter((one) => one !== null);
    yield { dossier, head, images, scenario };
  }
}

const reference = (image: SyntheticImage): ImageRef => ({
  sha256: image.sha256,
  mime: image.mime,
  bytes: image.bytes.length,
});

/** Camera date when the file tells one: within the last months, years back for an old picture. */
function takenAt(basis: PersonBasis): string | null {
  const random = createRandom(`${basis.iin}/taken`);
  const filed = localDateOf(basis.filed);
  if (basis.scenario.reasons.includes('PHOTO_OLD')) return addDays(filed, -random.int(1900, 3200));
  return random.chance(0.55) ? addDays(filed, -random.int(1, 130)) : null;
}

interface Pictures {
  readonly photo: SyntheticImage;
  readonly reference: SyntheticImage | null;
  readonly signature: SyntheticImage;
  readonly earlierSignature: SyntheticImage | null;
  readonly earlierPhoto: SyntheticImage | null;
}

/** Takes the pictures; with a pool every distinct picture is made once. */
class Studio {
  private readonly made = new Map<string, Promise<SyntheticImage>>();
  private readonly folder = new Map<string, ReturnType<typeof portraitFromFile>>();
  private readonly pool: readonly Sitter[];
  private readonly seed: string;
  private readonly keep: KeepPicture;

  constructor(poolSize: number, options: PeopleOptions) {
    this.seed = options.seed;
    this.keep = options.keep ?? ((_name, _mime, make) => make());
    this.pool = Array.from({ length: poolSize }, (_, k): Sitter => ({
      key: `${options.seed}/pool/${String(k)}`,
      sex: k % 2 === 0 ? 'female' : 'male',
      look: k % 8 < 6 ? 'steppe' : 'european',
      age: 24 + ((k * 23) % 59),
    }));
  }

  async shoot(basis: PersonBasis, file: string | undefined): Promise<Pictures> {
    const { scenario } = basis;
    const photoReason = scenario.reasons.find(isPhotoReason) ?? null;
    const signatureReason = scenario.reasons.find(isSignatureReason) ?? null;
    const special =
      photoReason !== null || signatureReason !== null || scenario.earlierAnnulled !== null;
    const sitter = this.sitterOf(basis, special);
    const unseen = ['no-data', 'error'];
    const noRecord =
      unseen.includes(scenario.outcomes['person-record'] ?? '') ||
      unseen.includes(scenario.outcomes['photo-match'] ?? '');
    const old =
      scenario.earlierAnnulled !== null && isPhotoReason(scenario.earlierAnnulled)
        ? scenario.earlierAnnulled
        : null;
    const earlierPhoto = scenario.earlierAnnulled === null ? null : await this.photo(sitter, old);
    const earlierSignature =
      createRandom(`${basis.iin}/earlier-signature`).chance(0.88) ||
      signatureReason === 'SIGNATURE_MISMATCH'
        ? await this.signature(sitter, 'earlier', null)
        : null;
    const signature = await this.signature(sitter, 'new', signatureReason);
    if (file !== undefined && photoReason === null) {
      const pair = this.folder.get(file) ?? portraitFromFile(file);
      this.folder.set(file, pair);
      const { photo, reference: kept } = await pair;
      return {
        photo,
        reference: noRecord ? null : kept,
        signature,
        earlierSignature,
        earlierPhoto,
      };
    }
    const photo = await this.photo(sitter, photoReason);
    const kept = noRecord
      ? null
      : await this.once('image/jpeg', ['reference', sitter], () => referencePhoto(sitter));
    return { photo, reference: kept, signature, earlierSignature, earlierPhoto };
  }

  /** Without a pool everyone is painted; with one the nearest in sex, look and age sits for them. */
  private sitterOf(basis: PersonBasis, special: boolean): Sitter {
    const own: Sitter = {
      key: `${this.seed}/${String(basis.index)}`,
      sex: basis.sex,
      look: basis.names.look,
      age: basis.scenario.age,
    };
    if (this.pool.length === 0) return own;
    const random = createRandom(`${this.seed}/sitter/${String(basis.index)}`);
    const sameSex = this.pool.filter((one) => one.sex === own.sex);
    // Bad pictures are many kinds: few faces sit for them, or the pool would be painted 16 times over.
    if (special) return random.pick(sameSex.length > 0 ? sameSex.slice(0, 2) : this.pool);
    const alike = sameSex.filter((one) => one.look === own.look);
    const near = (alike.length > 0 ? alike : this.pool)
      .map((one) => ({ one, years: Math.abs(one.age - own.age) }))
      .sort((a, b) => a.years - b.years)
      .slice(0, 5);
    return random.pick(near).one;
  }

  private photo(sitter: Sitter, reason: PhotoReason | null): Promise<SyntheticImage> {
    return this.once('image/jpeg', ['photo', sitter, reason], () => newPhoto(sitter, reason));
  }

  private signature(
    sitter: Sitter,
    sample: 'new' | 'earlier',
    reason: SignatureReason | null,
  ): Promise<SyntheticImage> {
    return this.once('image/png', ['signature', sitter.key, sample, reason], () =>
      signatureImage(sitter.key, sample, reason),
    );
  }

  private once(
    mime: SyntheticImage['mime'],
    of: readonly unknown[],
    make: () => Promise<SyntheticImage>,
  ): Promise<SyntheticImage> {
    const key = JSON.stringify(of);
    if (this.pool.length === 0) return this.keep(key, mime, make);
    const found = this.made.get(key) ?? this.keep(key, mime, make);
    this.made.set(key, found);
    return found;
  }
}
