// The camera of the counter against a scripted bridge and camera: let go with ticket, panel and lock, late answers unheard.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  closeLive,
  liveKey,
  openLive,
} from '../../../../src/renderer/features/issuance/live-picture.ts';
import {
  NOBODY,
  useDesk,
  type CameraProblem,
} from '../../../../src/renderer/features/issuance/issuance-store.ts';
import type { HandOverDto } from '../../../../src/shared/contract/issuance.ts';

const card = (applicationId: string): HandOverDto =>
  ({ applicationId, liveCamera: true }) as unknown as HandOverDto;
const ADVICE = { zone: 'agrees', refused: null, of: null, facesFound: 1 };
const fine = { ok: true, value: {} };

const call = vi.fn<(name: string, request: Record<string, unknown>) => Promise<unknown>>();
const getUserMedia = vi.fn<() => Promise<unknown>>();
const stopped = vi.fn();
let canvas = { width: 0, height: 0 };

const track = { stop: stopped, addEventListener: () => undefined };
const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
const step = () => useDesk.getState().live?.step;
/** What the core was told of the camera, in order. */
const told = (): unknown[] =>
  call.mock.calls.filter(([name]) => name === 'issuance.camera').map(([, { open }]) => open);

beforeEach(() => {
  useDesk.setState({ ...NOBODY });
  call.mockReset();
  call.mockImplementation((name) =>
    Promise.resolve(name === 'issuance.compareLive' ? { ok: true, value: ADVICE } : fine),
  );
  getUserMedia.mockReset();
  getUserMedia.mockResolvedValue(stream);
  stopped.mockReset();
  vi.stubGlobal('window', { kualik: { call, on: () => () => undefined } });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  vi.stubGlobal('document', {
    createElement: (tag: string) =>
      tag === 'video'
        ? { play: () => Promise.resolve(), videoWidth: 1280, videoHeight: 960 }
        : (canvas = Object.assign(canvas, {
            getContext: () => ({ drawImage: () => undefined }),
            toDataURL: () => 'data:image/jpeg;base64,/9j/',
          })),
  });
  canvas = { width: 0, height: 0 };
  useDesk.setState({ card: card('one') });
});

const still = async (): Promise<void> => {
  await openLive();
  liveKey();
  await vi.waitFor(() => expect(step()).toBe('compared'));
};

describe('the camera of the counter', () => {
  it('films, takes one still in the proportions of the photo, and goes off', async () => {
    await openLive();
    expect(step()).toBe('filming');
    expect(told()).toEqual([true]);
    liveKey();
    await vi.waitFor(() => expect(useDesk.getState().live?.advice).toEqual(ADVICE));
    expect(canvas.width / canvas.height).toBeCloseTo(35 / 45, 2);
    expect(stopped).toHaveBeenCalledTimes(1);
    expect(told()).toEqual([true, false]);
    liveKey();
    await vi.waitFor(() => expect(step()).toBe('filming'));
    expect(canvas.width, 'the former still').toBe(0);
  });

  it.each([
    ['the panel', closeLive],
    ['the next ticket', () => useDesk.setState({ ...NOBODY, card: card('two') })],
    ['the lock', () => useDesk.setState({ ...NOBODY })],
  ])('film and still are gone with %s', async (_what, end) => {
    await openLive();
    end();
    expect(stopped).toHaveBeenCalledTimes(1);
    expect(told()).toEqual([true, false]);
    useDesk.setState({ card: card('one') });
    await still();
    expect(canvas.width).toBeGreaterThan(0);
    end();
    expect(useDesk.getState().live).toBeNull();
    expect(canvas.width).toBe(0);
  });

  it('a camera or an advice that comes after the ticket is not taken', async () => {
    let give: (value: unknown) => void = () => undefined;
    getUserMedia.mockReturnValueOnce(new Promise((resolve) => (give = resolve)));
    const opening = openLive();
    await vi.waitFor(() => expect(getUserMedia).toHaveBeenCalled());
    useDesk.setState({ ...NOBODY, card: card('two') });
    give(stream);
    await opening;
    expect(stopped).toHaveBeenCalledTimes(1);
    expect(useDesk.getState().live).toBeNull();

    await openLive();
    call.mockImplementation((name) =>
      name === 'issuance.compareLive'
        ? new Promise((resolve) => (give = resolve))
        : Promise.resolve(fine),
    );
    liveKey();
    expect(step()).toBe('comparing');
    useDesk.setState({ ...NOBODY, card: card('three') });
    give({ ok: true, value: ADVICE });
    await Promise.resolve();
    expect(useDesk.getState().live).toBeNull();
  });

  it.each([
    ['NotFoundError', 'no-camera'],
    ['NotAllowedError', 'refused'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ] as const)('%s is said as %s, and the gate is closed', async (name, problem: CameraProblem) => {
    getUserMedia.mockRejectedValue(new DOMException('', name));
    await openLive();
    expect(useDesk.getState().live).toMatchObject({ step: 'problem', problem });
    expect(told()).toEqual([true, false]);
  });

  it('asks for no camera where the policy or the core says no', async () => {
    useDesk.setState({ card: { ...card('one'), liveCamera: false } });
    await openLive();
    expect(call).not.toHaveBeenCalled();
    useDesk.setState({ card: card('one') });
    const refusal = { code: 'camera-not-allowed' };
    call.mockResolvedValue({ ok: false, refusal });
    await openLive();
    expect(getUserMedia).not.toHaveBeenCalled();
    expect(useDesk.getState().live).toMatchObject({ step: 'problem', refusal });
  });
});
