// One virtual PIV card: personalised with keys and certificates of a test CA, moved in and out of its reader.
import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const CARD_PIN = '904817';
export const CARD_PUK = '70315926';

/** What the card itself counted. */
export interface CardCounters {
  /** VERIFY commands with a PIN, good and bad: what tries were really spent. */
  readonly verify: number;
  readonly refused: number;
  readonly signed: number;
  readonly pinTries: number;
  readonly pukTries: number;
  readonly inside: boolean;
}

export interface CardPlan {
  readonly port: number;
  /** Kind of the signing key in 9C, which asks the PIN for each signature; 9A is always P-256. */
  readonly kind: 'rsa' | 'ec-p256';
  /** GUID of the CHUID, hex: from it OpenSC makes the serial. A new one when absent. */
  readonly guid?: string;
  /** Certificate for the key in this slot. */
  issue(slot: '9a' | '9c', spkiDer: Uint8Array): Promise<Uint8Array>;
}

export interface VirtualCard {
  readonly guid: string;
  /** DER of the certificate in 9C. */
  readonly certDer: Uint8Array;
  insert(): Promise<CardCounters>;
  remove(): Promise<CardCounters>;
  /** Pulled out right after the Nth VERIFY from now, or in the middle of the next signature. */
  removeAt(event: `verify:${number}` | 'sign'): Promise<CardCounters>;
  counters(): Promise<CardCounters>;
  stop(): Promise<void>;
}

function makePair(kind: CardPlan['kind']): { publicKey: KeyObject; privateKey: KeyObject } {
  return kind === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** Makes the card and its process; it lies beside the reader until `insert`. */
export async function makeCard({ port, kind, issue, ...plan }: CardPlan): Promise<VirtualCard> {
  const guid = plan.guid ?? randomBytes(16).toString('hex');
  const dir = mkdtempSync(join(tmpdir(), 'kualik-card-'));
  const kinds = { '9a': 'ec-p256', '9c': kind } as const;
  let certDer: Uint8Array = new Uint8Array();
  for (const slot of ['9a', '9c'] as const) {
    const { publicKey, privateKey } = makePair(kinds[slot]);
    certDer = await issue(slot, publicKey.export({ type: 'spki', format: 'der' }));
    writeFileSync(join(dir, `${slot}.der`), certDer);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(dir, `${slot}.key`), pem, { mode: 0o600 });
  }
  writeFileSync(join(dir, 'guid'), guid);
  const state = { pin: CARD_PIN, puk: CARD_PUK, pinTries: 3, pukTries: 3 };
  writeFileSync(join(dir, 'state.json'), JSON.stringify(state));
  const script = fileURLToPath(new URL('./piv-card.py', import.meta.url));
  const child = spawn('python3', [script, dir, String(port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  const order = (words: string): Promise<CardCounters> =>
    new Promise((resolve, reject) => {
      if (child.exitCode !== null) return reject(new Error('the virtual card has ended'));
      waiting.push((line) => resolve(JSON.parse(line) as CardCounters));
      child.stdin.write(`${words}\n`);
    });
  return {
    guid,
    certDer,
    insert: () => order('insert'),
    remove: () => order('remove'),
    removeAt: (event) => order(`remove-at ${event}`),
    counters: () => order('counters'),
    async stop() {
      try {
        if (child.exitCode !== null || child.signalCode !== null) return; // it ended by itself
        const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
        child.stdin.end();
        child.kill('SIGTERM');
        await ended;
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    },
  };
}
