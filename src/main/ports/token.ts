// The signing token as the use cases see it: closed results, no vendor type, no key that leaves the token.
import type { TokenRefusalCode } from '../../shared/contract/token-refusals.ts';

/** What the private key of a certificate can compute; anything else is listed but cannot sign. */
export type TokenKeyKind = 'rsa' | 'ec-p256' | 'gost-512' | 'other';

/** PIN state as the token's flags tell it; read before typing and again after every try. */
export interface TokenPinState {
  readonly initialized: boolean;
  /** A wrong PIN was entered since the last good one (CKF_USER_PIN_COUNT_LOW). */
  readonly countLow: boolean;
  /** The next wrong PIN locks the token (CKF_USER_PIN_FINAL_TRY). */
  readonly finalTry: boolean;
  readonly locked: boolean;
  /** The PIN is the factory one or has expired (CKF_USER_PIN_TO_BE_CHANGED). */
  readonly mustChange: boolean;
  /** Bytes of UTF-8, as the token counts them. */
  readonly minLength: number;
  readonly maxLength: number;
}

export interface TokenCertificate {
  /** CKA_ID, lower-case hex. */
  readonly keyId: string;
  /** SHA-256 of the DER, lower-case hex: with serial and keyId the identity of a key (slot ids move). */
  readonly certSha256: string;
  readonly der: Uint8Array;
  readonly kind: TokenKeyKind;
}

export interface TokenView {
  readonly moduleId: string;
  readonly serial: string;
  readonly label: string;
  readonly model: string;
  readonly manufacturer: string;
  /** What the token says it computes (CKM_… names), for the diagnostics; absent where it was not asked. */
  readonly mechanisms?: readonly string[];
  readonly pin: TokenPinState;
  readonly certificates: readonly TokenCertificate[];
}

/** `hung` and `crashed`: its process was ended and is started again. */
export type TokenModuleState = 'ready' | 'missing' | 'failed' | 'starting' | 'hung' | 'crashed';

export interface TokenModuleView {
  readonly moduleId: string;
  readonly title: string;
  readonly state: TokenModuleState;
  /** PKCS#11 code (0xE0 …) or loader text, for the diagnostics page only. */
  readonly rawCode?: number;
  readonly detail?: string;
}

/** Why a call on the token did not succeed; words and severity stand in the dictionary. */
export type { TokenRefusalCode };

export interface TokenRefusal {
  readonly code: TokenRefusalCode;
  /** The module's own CKR_… number, for details and diagnostics. */
  readonly rawCode?: number;
  readonly rawName?: string;
  /** Flags read after the try; absent when the token could not be asked. */
  readonly pin?: TokenPinState;
  /** Technical English text without PIN, names or IIN. */
  readonly detail?: string;
}

export interface TokenRefused {
  readonly ok: false;
  readonly refusal: TokenRefusal;
}

/** Which key: never a slot number, never a label. */
export interface TokenKeyRef {
  readonly moduleId: string;
  readonly serial: string;
  readonly keyId: string;
  readonly certSha256: string;
}

export interface PinProofRequest extends TokenKeyRef {
  /** Lives for this one call; never stored, never logged. */
  readonly pin: string;
}

export interface SignRequest extends PinProofRequest {
  /** The whole bytes to be signed (DER signed attributes); hashing is the token process's business. */
  readonly tbs: Uint8Array;
}

export type HeldSignRequest = Omit<SignRequest, 'pin'>;

export interface TokenListing {
  readonly ok: true;
  readonly tokens: readonly TokenView[];
  readonly modules: readonly TokenModuleView[];
}

export interface PinProved {
  readonly ok: true;
  readonly pin: TokenPinState;
  /** CKA_ALWAYS_AUTHENTICATE: the token wants the PIN anew for each signature. */
  readonly pinAlways: boolean;
  /** The PIN is one the maker sets at the factory; which one is not said. */
  readonly factoryPin: boolean;
}

export interface TokenSigned extends PinProved {
  /** RSA: PKCS#1 v1.5 block; EC: r‖s; GOST: s‖r; each as PKCS#11 hands it back. */
  readonly signature: Uint8Array;
}

/** A signature under a log-in that is held. */
export interface TokenSignature {
  readonly ok: true;
  readonly signature: Uint8Array;
}

export interface TokenPresence {
  readonly moduleId: string;
  readonly serial: string;
  readonly label: string;
}

/** `process-lost`: a module's process hung or died; `process-ready` follows once it is back. */
export type TokenPresenceEvent =
  | { readonly type: 'inserted'; readonly token: TokenPresence }
  | { readonly type: 'removed'; readonly token: TokenPresence }
  | {
      readonly type: 'process-lost';
      readonly reason: 'timeout' | 'crashed';
      readonly moduleId: string;
    }
  | { readonly type: 'process-ready'; readonly moduleId: string };

export interface TokenPort {
  /** Tokens with their public certificates and PIN flags, read without a log-in. */
  listTokens(): Promise<TokenListing | TokenRefused>;
  /** One C_Login with this PIN, the key checked, and log-out: costs one try when wrong. */
  provePin(request: PinProofRequest): Promise<PinProved | TokenRefused>;
  /** One log-in, one signature, log-out. Nothing is ever tried twice with the same PIN. */
  sign(request: SignRequest): Promise<TokenSigned | TokenRefused>;
  /**
   * One C_Login, kept for the signatures of one batch: costs one try when wrong. It ends with
   * `release`, with any other PIN, a fault, removal, or when nothing is signed for a while. A key that
   * answers `pinAlways` is proved and not held: each signature wants its own `sign`.
   */
  hold(request: PinProofRequest): Promise<PinProved | TokenRefused>;
  /** One signature under the held log-in of this very key; `cancelled` when none is held. */
  signHeld(request: HeldSignRequest): Promise<TokenSignature | TokenRefused>;
  /** Ends what `hold` began. */
  release(): Promise<void>;
  /** Lock and log-out: whatever may still hold a log-in or a PIN ends, after the calls that are open. */
  renew(): void;
  /** Returns the function that unsubscribes. */
  onPresence(listener: (event: TokenPresenceEvent) => void): () => void;
}
