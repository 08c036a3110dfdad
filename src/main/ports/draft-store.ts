// What the officer has half done on a case: in the encrypted cache alone, gone with the signature or the claim.
import type { CaseDraft } from '../../shared/contract/draft.ts';

export interface DraftStore {
  find(applicationId: string): CaseDraft | null;
  save(applicationId: string, draft: CaseDraft, at: string): void;
  drop(applicationId: string): void;
  ids(): string[];
}
