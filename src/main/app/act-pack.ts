// One act as a folder that anybody can check without this program: statement, signature, chain, how to verify.
import { addTimeStamp } from '../../shared/cades/cades-t.ts';
import {
  PACK_CHAIN,
  PACK_CRL,
  PACK_DELTA_CRL,
  PACK_OCSP,
  PACK_README,
  PACK_SIGNATURE,
  PACK_STATEMENT,
} from '../../shared/cades/check-pack.ts';
import { findSignerChain } from '../../shared/cades/signer-chain.ts';
import type { RefusalOf, ReplyOf, RequestOf } from '../../shared/contract/channels.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import type { Evidence } from '../ports/evidence-store.ts';
import { numberOf } from './custody-statement.ts';
import { journal, type OpenDesk } from './desk.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Files of the pack; null when there is no signed act under that id. Carries no picture, only hashes. */
export function actPack(desk: OpenDesk, actId: string): Map<string, Uint8Array> | null {
  const item = desk.session.store.outbox.find(actId);
  if (item === null || item.cms === null || item.kind === 'hand-over-refusal') return null;
  const { anchors, intermediates } = desk.deps.trust;
  const chain = findSignerChain(item.cms, [...intermediates, ...anchors]);
  const evidence = desk.session.store.evidence.find(actId);
  return new Map([
    [PACK_STATEMENT, item.body],
    [PACK_SIGNATURE, evidence === null ? item.cms : addTimeStamp(item.cms, evidence.timeStamp)],
    [PACK_CHAIN, utf8(chain)],
    ...proofFiles(evidence),
    [PACK_README, utf8(readme(actId, item.sha256))],
  ]);
}

/** Answers of the CA as they came; the time-stamp stands inside the signature (CAdES-T). */
function proofFiles(evidence: Evidence | null): [string, Uint8Array][] {
  const proofs = [
    [PACK_OCSP, evidence?.ocsp],
    [PACK_CRL, evidence?.crl],
    [PACK_DELTA_CRL, evidence?.deltaCrl],
  ] as const;
  return proofs.flatMap(([name, bytes]) =>
    bytes === null || bytes === undefined ? [] : [[name, bytes]],
  );
}

/** Writes the pack as a zip into the station's export folder; answers where. */
export async function exportAct(
  desk: OpenDesk,
  { actId }: RequestOf<'act.export'>,
): Promise<Result<ReplyOf<'act.export'>, RefusalOf<'act.export'>>> {
  const files = actPack(desk, actId);
  if (files === null) return no('intent-gone');
  const item = desk.session.store.outbox.find(actId);
  const ticket = item && desk.session.store.cases.find(item.applicationId)?.dossier.ticket;
  const label = ticket ?? (item && numberOf(desk, item.applicationId)) ?? 'act';
  const name = `${label.replace(/[^\w-]/g, '_')}-${actId.slice(0, 8)}`;
  const path = await desk.deps.packs.write(name, files);
  if (path === null) return no('not-written');
  desk.session.store.transaction(() =>
    journal(desk, 'act-exported', ticket ?? null, { act: actId }),
  );
  return ok({ path });
}

const VERIFY =
  'openssl cms -verify -cades -binary -inform DER -purpose any \\\n' +
  '    -in signature.p7s -content statement.json -certfile chain.pem -CAfile roots.pem -out /dev/null';

/** The plain page, three languages: what is here, what proves what, how to check. */
const readme = (actId: string, sha256: string): string => `Kuälik · act ${actId}
SHA-256 of statement.json: ${sha256}

statement.json   the statement as the officer read and signed it: UTF-8, canonical JSON (RFC 8785)
signature.p7s    detached CAdES signature (CMS, DER) over exactly these bytes; with the time-stamp of an
                 authority as an unsigned attribute once it came (CAdES-T)
chain.pem        the signer's certificate and the certificates above it, for convenience only
evidence/        what the CA answered of the signer's certificate (OCSP, or CRL and delta), when there is any:
                 openssl ocsp -respin evidence/ocsp.der -text -noverify
                 openssl crl -inform DER -in evidence/crl.der -text -noout

1. RU  Проверка без этой программы. roots.pem – корневые сертификаты, которым доверяете ВЫ
   (корень из chain.pem сверьте по отпечатку с опубликованным):

    sha256sum statement.json
    ${VERIFY}

   «CAdES Verification successful» = байты не изменены и подписаны этим ключом. Затем сравните в
   statement.json ИИН (officerIin) и БИН (departmentBin) с сертификатом:
    openssl cms -verify -noverify -inform DER -in signature.p7s -content statement.json \\
      -binary -signer signer.pem -out /dev/null && openssl x509 -in signer.pem -noout -subject
   Срок сертификата истёк? Добавьте -attime со временем акта (поле at) в секундах Unix.
   Снимков здесь нет: photoSha256 и signatureSha256 – их отпечатки.

2. KK  Бағдарламасыз тексеру: жоғарыдағы командалар. roots.pem – СІЗ сенетін түбірлік сертификаттар.
   «CAdES Verification successful» – байттар өзгермеген және осы кілтпен қол қойылған. Содан кейін
   statement.json ішіндегі ЖСН (officerIin) мен БСН (departmentBin) сертификатпен салыстырыңыз.
   Мұнда суреттер жоқ, тек олардың таңбалары (SHA-256).

3. EN  Verify with the commands above; roots.pem holds the root certificates YOU trust. Then compare
   officerIin and departmentBin with the signer's certificate. Fields: docs/statement.md of the program.
`;
