// Typed client of the control port: fault switches, the world's moves, and what really happened.
import type { Dossier, Head, NodeStage } from '../../src/shared/central/application.ts';
import type { Dispatch } from '../../src/shared/central/custody.ts';
import type { CertificateState, ServiceSwitches } from './ca-services.ts';
import type { Fault, StopOrder } from './fault-schema.ts';
import type { OutsideSwitch } from './outside-world.ts';
import type { RequestCounts } from './requests.ts';

export interface ListedApplication {
  readonly applicationId: string;
  readonly ticket: string;
  readonly region: string;
  readonly point: string;
  readonly stage: NodeStage;
  readonly revision: number;
}
export interface StoredAct {
  readonly actId: string;
  readonly applicationId: string;
  readonly kind: 'kualik/approval' | 'kualik/annulment' | 'kualik/hand-over';
  readonly officerIin: string;
  readonly stationId: string;
  readonly acceptedAt: string;
  /** The very text that was signed. */
  readonly statement: string;
  readonly cmsBase64: string;
}
export interface StoredCustodyAct {
  readonly actId: string;
  readonly kind: 'kualik/dispatch-acceptance' | 'kualik/card-return';
  /** Null for a return. */
  readonly dispatchId: string | null;
  readonly officerIin: string;
  readonly stationId: string;
  readonly acceptedAt: string;
  readonly statement: string;
  readonly cmsBase64: string;
}
export interface StoredReport {
  readonly reportId: string;
  readonly applicationId: string;
  readonly reason: string;
  readonly stationId: string;
  readonly at: string;
  readonly recordedAt: string;
}
export interface JournalRow {
  readonly no: number;
  readonly at: string;
  readonly event: string;
  readonly stationId: string | null;
  readonly officerIin: string | null;
  readonly applicationId: string | null;
  readonly detail: Record<string, unknown>;
}
export interface NodeState {
  readonly now: string;
  readonly applications: Partial<Record<NodeStage, number>>;
  readonly newest: number;
  readonly sessions: number;
}
type None = Record<string, never>;
type Named = { applicationId: string };

/** Every command: what it takes and what it answers. A refused command rejects with its code. */
export interface ControlCommands {
  addFault(fault: Fault): Promise<{ faultId: string }>;
  removeFault(args: { faultId: string }): Promise<{ removed: boolean }>;
  clearFaults(args?: None): Promise<None>;
  stop(order: StopOrder): Promise<None>;
  resume(args?: None): Promise<None>;

  state(args?: None): Promise<NodeState>;
  findApplication(
    args: { applicationId?: string; ticket?: string },
  ): Promise<{ head: Head; dossier: Dossier }>;
  listApplications(
    args?: { region?: string; point?: string; stage?: NodeStage; limit?: number },
  ): Promise<ListedApplication[]>;
  /** The lease's time has passed; everybody sees the case free. */
  expireLease(args: Named): Promise<{ expired: boolean }>;
  /** Hours of every issue lease have passed; its cards stay with it until it tells or is broken. */
  expireIssueLeases(args?: None): Promise<{ expired: number }>;
  /** A phantom station takes the case, also out of another lease. */
  claimAs(
    args: Named & { stationId?: string; officerName?: string; minutes?: number; region?: string },
  ): Promise<{ leaseId: string; until: string }>;
  moveCase(args: Named & { region: string; point?: string }): Promise<{ revision: number }>;
  advance(args: Named & { to?: 'sent' | 'at-point' }): Promise<{ stage: NodeStage }>;
  /** Milliseconds a stage; 0 stops the life after approval. */
  setPace(args: { ms: number }): Promise<None>;
  /** One new application like an existing one: news, or one whose card is being made. */
  addApplication(
    args?: { region?: string; like?: string; stage?: 'pending' | 'in-production' },
  ): Promise<{ applicationId: string; ticket: string }>;
  /** A new revision of the dossier (another phone). */
  touch(args: Named): Promise<{ revision: number }>;
  /** The centre sends cards of the point, given ones or the first that are ready; newest number. */
  makeDispatch(
    args: { point: string; count?: number; applicationIds?: string[] },
  ): Promise<Dispatch>;
  /** All dispatch lists (of a point), newest first. */
  dispatches(args?: { point?: string }): Promise<Dispatch[]>;
  setClock(args: { offsetMs: number }): Promise<{ now: string }>;

  /** OCSP, lists, time-stamps and the trust list: dead, or wrong in a chosen way. */
  setServices(args: ServiceSwitches): Promise<None>;
  /** Revokes a certificate of the training CA, makes it unknown, or good again. */
  setCertificate(args: CertificateState): Promise<None>;

  /** An outside service answers, or fails in a chosen way. */
  setOutside(args: OutsideSwitch): Promise<None>;

  acts(args?: None): Promise<StoredAct[]>;
  custodyActs(args?: None): Promise<StoredCustodyAct[]>;
  reports(args?: None): Promise<StoredReport[]>;
  journal(args?: { after?: number }): Promise<JournalRow[]>;
  requests(args?: None): Promise<RequestCounts>;
  resetRequests(args?: None): Promise<None>;
} // prettier-ignore
export type CommandName = keyof ControlCommands;

export interface ControlEndpoint {
  readonly url: string;
  readonly token: string;
}
export type ControlClient = ControlCommands & { readonly endpoint: ControlEndpoint };

/** A client of the control port at `endpoint`; nothing is sent before the first command. */
export function connectControl(endpoint: ControlEndpoint): ControlClient {
  const call = async (command: string, args: unknown): Promise<unknown> => {
    const answer = await fetch(`${endpoint.url}/${command}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${endpoint.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(args ?? {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`control ${command}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  return new Proxy({ endpoint } as ControlClient, {
    get: (target, name) => {
      if (typeof name !== 'string' || name === 'then') return undefined;
      return name in target ? target[name as keyof ControlClient] : (args: unknown) => call(name, args);
    },
  }); // prettier-ignore
}
