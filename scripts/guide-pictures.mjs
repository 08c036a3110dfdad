// `npm run guide:pictures`: takes the guide's pictures out of the last tour (out/tour), small enough for a repository.
import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';

/** Names of the tour's pictures without their numbers; a screen more in the tour moves only the numbers. */
const CHOSEN = [
  'log-in',
  'readiness',
  'queue',
  'case',
  'case-finding',
  'case-card',
  'decision-panel',
  'refusal-composer',
  'queue-offline',
  'outbox',
  'issuance-person',
  'stock-dispatch',
  'stock-lease',
  'locked',
];
const MOST_BYTES = 60 * 1024;
const QUALITIES = [84, 78, 72, 66, 60, 54, 48, 42, 36];

/** The best of the qualities that fits: letters stay readable at the full width of the window. */
async function small(file) {
  for (const quality of QUALITIES) {
    const bytes = await sharp(file).webp({ quality, effort: 6, smartSubsample: true }).toBuffer();
    if (bytes.length <= MOST_BYTES) return { bytes, quality };
  }
  throw new Error(`${file} does not become smaller than ${MOST_BYTES} bytes`);
}

const written = [];
for (const language of ['ru', 'kk']) {
  const from = path.join(root, 'out', 'tour', language);
  const made = fs.existsSync(from) ? fs.readdirSync(from) : [];
  for (const name of CHOSEN) {
    const found = made.find((file) => file.replace(/^\d+-/, '') === `${name}.png`);
    if (found === undefined)
      throw new Error(`no ${name} in ${from}: run npm start without a screen`);
    written.push({ language, name, ...(await small(path.join(from, found))) });
  }
}
// The old ones go only now that every new one is there.
const to = path.join(root, 'docs', 'guide', 'pictures');
fs.rmSync(to, { recursive: true, force: true });
for (const { language, name, bytes, quality } of written) {
  fs.mkdirSync(path.join(to, language), { recursive: true });
  fs.writeFileSync(path.join(to, language, `${name}.webp`), bytes);
  say(`  ${language}/${name}.webp  ${(bytes.length / 1024).toFixed(0)} KB, quality ${quality}`);
}
