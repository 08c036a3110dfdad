// What shell and core tell each other; both are ours and trusted, so these are types, not schemas.
import type { Result } from '../kernel/result.ts';
import type { StationFacts } from './diagnostics.ts';
import type { Push } from './channels.ts';
import type { PaperDto, PaperFormat, PrinterDto } from './papers.ts';
import type { PictureRequest } from './picture-address.ts';
import type { FixedName, PolicyFile, ShownName } from './policy.ts';

/** The station's file as the shell read it; PEM texts, not paths. */
export interface StationStart {
  readonly file: string;
  readonly nodeUrl: string;
  /** Anchors that may have issued the node's TLS certificate. */
  readonly tlsCaPem: string;
  /** Roots and issuing CAs of officers' and applicants' keys. */
  readonly trustPem: string;
  /** Pinned signer of the trust list (or its CA); absent = `trustPem` is the trust. */
  readonly trustListPinPem?: string;
  readonly stationId: string;
  readonly training: boolean;
  readonly modules: readonly {
    readonly id: string;
    readonly title: string;
    readonly path: string;
    readonly rescanByRestart?: boolean;
    readonly gost?: boolean;
  }[];
  /** Absent: no new versions are looked for. A folder is an absolute path. */
  readonly updates?: PolicyFile['updates'];
  /** Values of the policy that the core obeys; an absent one leaves the choice to node or officer. */
  readonly fixed?: StationFixed;
  /** Where each of them stands, for the settings screen. */
  readonly origins?: Readonly<Partial<Record<ShownName, PolicyOrigin>>>;
}

export type StationFixed = Readonly<Pick<PolicyFile, FixedName>>;
export interface PolicyOrigin {
  readonly source: 'registry' | 'file';
  /** `/etc/kualik/policy.json:7`, or the value's place in the registry. */
  readonly where: string;
}

/** One paper for the shell to render: into a PDF, or on a printer by its name. */
export type PaperJob =
  | { readonly way: 'printers' }
  | { readonly way: 'pdf'; readonly paper: PaperDto; readonly format: PaperFormat }
  | {
      readonly way: 'print';
      readonly paper: PaperDto;
      readonly format: PaperFormat;
      readonly printer: string;
    };

export interface PaperAnswer {
  /** The printer took it. */
  readonly printed: boolean;
  readonly bytes: Uint8Array | null;
  readonly printers: readonly PrinterDto[];
}

/** `start` brings the port of the measuring process, then one for each token module in their order. */
export type ToCore =
  | {
      readonly type: 'start';
      readonly station: StationStart;
      readonly userDir: string;
      /** Where exported acts go: the officer finds them without knowing the program's folders. */
      readonly exportDir: string;
      /** Name of the system's vault, null where it would keep keys in plain text. */
      readonly vault: string | null;
      readonly sqliteBinding: string | null;
      readonly versions: {
        readonly app: string;
        readonly electron: string;
        readonly runtime: string;
      };
    }
  /** A fresh port to a restarted process. */
  | { readonly type: 'token-port'; readonly moduleId: string }
  | { readonly type: 'imaging-port' }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly name: unknown;
      readonly payload: unknown;
    }
  | { readonly type: 'picture'; readonly id: number; readonly request: PictureRequest }
  | { readonly type: 'vault'; readonly id: number; readonly bytes: Uint8Array | null }
  | { readonly type: 'paper'; readonly id: number; readonly answer: PaperAnswer }
  | { readonly type: 'facts'; readonly id: number; readonly facts: StationFacts | null }
  /** `taken`: the program closes, and the command of the policy runs last of all. */
  | { readonly type: 'install'; readonly id: number; readonly taken: boolean }
  | { readonly type: 'stop' };

export type FromCore =
  | { readonly type: 'reply'; readonly id: number; readonly result: Result<unknown, string> }
  | {
      readonly type: 'picture';
      readonly id: number;
      readonly picture: { readonly bytes: Uint8Array; readonly mime: string } | null;
    }
  | { readonly type: 'push'; readonly push: Push }
  /** The window may film from now on, or no more. */
  | { readonly type: 'camera'; readonly allowed: boolean }
  | {
      readonly type: 'log';
      readonly event: string;
      readonly details: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: 'token-lost';
      readonly moduleId: string;
      readonly reason: 'timeout' | 'crashed';
    }
  /** The process had a PIN in its memory: it is to be replaced at once. */
  | { readonly type: 'token-spent'; readonly moduleId: string }
  | {
      readonly type: 'imaging-lost';
      readonly reason: 'timeout' | 'crashed' | 'memory' | 'not-started';
    }
  | {
      readonly type: 'vault';
      readonly id: number;
      readonly call: 'wrap' | 'unwrap';
      readonly bytes: Uint8Array;
    }
  | { readonly type: 'paper'; readonly id: number; readonly job: PaperJob }
  /** What only the shell knows, for the diagnostics. */
  | { readonly type: 'facts'; readonly id: number }
  /** Which program is run says the policy that the shell read, never the core. */
  | {
      readonly type: 'install';
      readonly id: number;
      readonly file: string;
      readonly sha256: string;
    };
