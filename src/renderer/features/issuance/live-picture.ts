// The camera of the counter: film, one still, its advice; stream and still are let go with the ticket, panel and lock.
import { call, type AnyRefusal } from '../../shared/bridge.ts';
import { useDesk, type CameraProblem, type LiveView } from './issuance-store.ts';

const state = useDesk.getState;
const set = useDesk.setState;

const STARTING: LiveView = {
  step: 'starting',
  video: null,
  still: null,
  advice: null,
  problem: null,
  refusal: null,
};
/** The frame of the approved photo; what stands outside of it is neither shown nor compared. */
const WIDE = 35;
const HIGH = 45;
const QUALITY = 0.92;

const PROBLEMS: Readonly<Record<string, CameraProblem>> = {
  NotFoundError: 'no-camera',
  OverconstrainedError: 'no-camera',
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

const stop = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());
const streamOf = (view: LiveView | null): MediaStream | null =>
  (view?.video?.srcObject as MediaStream | null) ?? null;

const wantsCamera = (view: LiveView | null): boolean =>
  view?.step === 'starting' || view?.step === 'filming';

// Whatever takes the view away (next ticket, refusal, hand-over, lock): the camera goes off, the still is emptied.
useDesk.subscribe(({ live }, { live: before, card }) => {
  if (live === before || before === null) return;
  const stream = streamOf(before);
  if (stream !== null && stream !== streamOf(live)) stop(stream);
  if (wantsCamera(before) && !wantsCamera(live) && card !== null)
    void call('issuance.camera', { applicationId: card.applicationId, open: false });
  if (before.still !== null && before.still !== live?.still) before.still.width = 0;
});

/** Opens the panel and the camera; called again it drops the still and films anew. */
export async function openLive(): Promise<void> {
  const { card, panel, result } = state();
  if (card === null || panel !== null || result !== null || !card.liveCamera) return;
  const mine: LiveView = { ...STARTING };
  set({ live: mine });
  const fail = (problem: CameraProblem | null, refusal: AnyRefusal | null = null): void => {
    if (state().live === mine) set({ live: { ...STARTING, step: 'problem', problem, refusal } });
  };
  const { applicationId } = card;
  const granted = await call('issuance.camera', { applicationId, open: true });
  if (!granted.ok) return fail(null, granted.refusal);
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 1280 }, height: { ideal: 960 } },
      audio: false,
    });
    if (state().live !== mine) return stop(stream);
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = stream;
    stream.getVideoTracks()[0]?.addEventListener('ended', () => {
      if (state().live?.video === video)
        set({ live: { ...STARTING, step: 'problem', problem: 'no-camera' } });
    });
    await video.play();
    if (state().live !== mine) return stop(stream);
    set({ live: { ...mine, step: 'filming', video } });
  } catch (error) {
    fail(PROBLEMS[error instanceof DOMException ? error.name : ''] ?? 'failed');
  }
}

export const closeLive = (): void => set({ live: null });

/** The middle of the film in the photo's proportions, as the panel shows it. */
function frameOf(video: HTMLVideoElement): HTMLCanvasElement {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(videoWidth / WIDE, videoHeight / HIGH);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(scale * WIDE);
  canvas.height = Math.round(scale * HIGH);
  const { width, height } = canvas;
  const [x, y] = [(videoWidth - width) / 2, (videoHeight - height) / 2];
  canvas.getContext('2d')?.drawImage(video, x, y, width, height, 0, 0, width, height);
  return canvas;
}

/** JPEG bytes without a Blob: Chromium may page blobs out to the disk, strings it does not. */
const bytesOf = (canvas: HTMLCanvasElement): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(canvas.toDataURL('image/jpeg', QUALITY).split(',')[1] ?? ''), (sign) =>
    sign.charCodeAt(0),
  );

/** One still; the camera goes off, the core compares it with the approved photo. */
export async function takeStill(): Promise<void> {
  const { card, live } = state();
  if (card === null || live?.step !== 'filming' || live.video === null) return;
  const still = frameOf(live.video);
  const mine: LiveView = { ...STARTING, step: 'comparing', still };
  set({ live: mine });
  const picture = bytesOf(still);
  const reply = await call('issuance.compareLive', { applicationId: card.applicationId, picture });
  picture.fill(0);
  if (state().live !== mine) return;
  set({
    live: reply.ok
      ? { ...mine, step: 'compared', advice: reply.value }
      : { ...mine, step: 'compared', refusal: reply.refusal },
  });
}

/** One key: opens, takes the still, films anew. */
export function liveKey(): void {
  const step = state().live?.step;
  if (step === 'filming') void takeStill();
  else if (step !== 'starting' && step !== 'comparing') void openLive();
}
