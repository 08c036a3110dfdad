// A camera for Chromium that always films one picture: a Y4M file and the switches that make the browser take it.
import fs from 'node:fs';
import sharp from 'sharp';
import { launchArguments } from '../../scripts/electron-runtime.mjs';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 2;

/** Launch switches under which every camera is `file`; a packaged program does not start with them. */
export const cameraSwitches = (file: string): string[] => [
  ...launchArguments(),
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
];

/** Writes `picture` (JPEG or PNG) as a film of 640 × 480, whole in its height, on grey. */
export async function filmOf(picture: Uint8Array, file: string): Promise<void> {
  const rgb = await sharp(picture)
    .resize(WIDTH, HEIGHT, { fit: 'contain', background: '#c8c8c8' })
    .removeAlpha()
    .raw()
    .toBuffer();
  // BT.601 in video's own range, as Chromium reads it.
  const planes = [
    plane(rgb, 1, 0.257, 0.504, 0.098, 16),
    plane(rgb, 2, -0.148, -0.291, 0.439, 128),
    plane(rgb, 2, 0.439, -0.368, -0.071, 128),
  ];
  const frame = Buffer.concat([Buffer.from('FRAME\n'), ...planes]);
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F15:1 Ip A1:1 C420jpeg\n`);
  fs.writeFileSync(file, Buffer.concat([header, ...Array<Buffer>(FRAMES).fill(frame)]));
}

/** One plane, each `step`th pixel of each `step`th row. */
function plane(rgb: Buffer, step: number, r: number, g: number, b: number, zero: number): Buffer {
  const made = Buffer.alloc((WIDTH / step) * (HEIGHT / step));
  let to = 0;
  for (let y = 0; y < HEIGHT; y += step)
    for (let x = 0; x < WIDTH; x += step) {
      const at = (y * WIDTH + x) * 3;
      const value = r * rgb[at]! + g * rgb[at + 1]! + b * rgb[at + 2]! + zero;
      made[to++] = Math.max(0, Math.min(255, Math.round(value)));
    }
  return made;
}
