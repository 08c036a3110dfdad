// Bytes of a picture for the window: as it came, or rendered on demand; only for an unlocked officer.
import type { PictureRequest } from '../../shared/contract/picture-address.ts';
import type { Desk } from './desk.ts';

export interface ShownPicture {
  readonly bytes: Uint8Array;
  readonly mime: string;
}

/** Renderings of this session in memory, newest last; nothing rendered is ever written to disk. */
export interface RenderedPictures {
  find(key: string): ShownPicture | null;
  keep(key: string, picture: ShownPicture): void;
  clear(): void;
}

/** A case has four renderings and a frame that is dragged; two dozen are some megabytes. */
const MOST_RENDERED = 24;
/** A signature of 20 megapixels renders to tens of megabytes: then fewer stay. */
const MOST_RENDERED_BYTES = 64_000_000;

export function renderedPictures(): RenderedPictures {
  const kept = new Map<string, ShownPicture>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= kept.get(key)?.bytes.length ?? 0;
    kept.delete(key);
  };
  return {
    find(key) {
      const found = kept.get(key);
      if (found === undefined) return null;
      kept.delete(key);
      kept.set(key, found);
      return found;
    },
    keep(key, picture) {
      drop(key);
      kept.set(key, picture);
      bytes += picture.bytes.length;
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_RENDERED && bytes <= MOST_RENDERED_BYTES) break;
        drop(oldest);
      }
    },
    clear() {
      kept.clear();
      bytes = 0;
    },
  };
}

/** Null: nobody is logged in, the screen is locked, the picture is not here or may not be shown. */
export async function showPicture(
  desk: Desk,
  request: PictureRequest,
): Promise<ShownPicture | null> {
  const { session } = desk;
  const open = (): boolean => session !== null && desk.session === session && !session.locked;
  if (session === null || !open()) return null;
  const source = session.store.pictures.find(request.sha256);
  if (source?.verdict.ok !== true) return null;
  if (request.what === 'picture') return { bytes: source.bytes, mime: source.verdict.mime };
  const key = JSON.stringify(request);
  const known = desk.rendered.find(key);
  if (known !== null) return known;
  const result = await desk.deps.imaging.render(
    source.bytes,
    request.what === 'card'
      ? { rendering: 'card', frame: request.frame }
      : { rendering: request.what },
  );
  if (!result.ok || !open()) return null; // locked meanwhile: nothing is shown, nothing stays
  desk.rendered.keep(key, result.value);
  return result.value;
}
