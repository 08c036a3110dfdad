// The workstation's administrator-owned configuration file, as this stand fills it.
import { writeFileSync } from 'node:fs';

export interface StationConfig {
  readonly nodeUrl: string;
  readonly tlsCaFile: string;
  /** Anchors and issuing CAs of officers and applicants, PEM. */
  readonly trustFile: string;
  /** Pin of the trust list: certificate of its signer or of the CA kept for it, PEM. */
  readonly trustListSignerFile?: string;
  readonly modules: readonly {
    readonly id: string;
    readonly title: string;
    readonly path: string;
    /** SoftHSM sees a re-inserted token only after it was finalized. */
    readonly rescanByRestart?: boolean;
  }[];
  readonly env: Readonly<Record<string, string>>;
  readonly stationId: string;
  /** Training data: the screen says so on every page. */
  readonly training: boolean;
}

/** Writes the file so that only its owner changes it: a writable module path is code execution. */
export function writeStationConfig(path: string, config: StationConfig): void {
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o644 });
} // prettier-ignore
