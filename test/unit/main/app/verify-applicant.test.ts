// The applicant's signature on the case: valid, invalid or cannot be checked, and whose key it was.
import { describe, expect, it } from 'vitest';
import type { OpenDesk } from '../../../../src/main/app/desk.ts';
import { bootstrapTrust } from '../../../../src/shared/cades/trust-list.ts';
import { applicantVerdict } from '../../../../src/main/app/verify-applicant.ts';
import { APPLICANT_POLICY } from '../../../../src/shared/cades/signability.ts';
import { issueGostAuthority, issueGostPerson } from '../../../../stand/pki/gost-issue.ts';
import { signGostCms } from '../../../../stand/pki/gost-cms.ts';
import { anApplication } from '../../../support/an-application.ts';
import { readOwn } from '../../../support/soft-token.ts';

const validity = { notBefore: new Date('2020-01-01'), notAfter: new Date('2040-01-01') };
const root = issueGostAuthority('TEST ROOT', validity);
const issuing = issueGostAuthority('TEST ISSUING', validity, root);
const content = Buffer.from('{"type":"application-request"}');
const base = anApplication();
const { iin } = base.declared;
const surname = 'ӘБІЛҚАСЫМОВ';
const name = 'САНЖАР';
const signer = issueGostPerson(issuing, { iin, surname, name, patronymic: null }, validity);
const cms = Buffer.from(signGostCms(content, signer, issuing, new Date(base.request.signedAt)));

/** Only the trusted certificates and the rules for applicants are asked for. */
const anchors = { anchors: [readOwn(root.certDer)], intermediates: [] };
const trust = {
  ...anchors,
  current: () => ({ of: () => anchors, applicantPolicy: APPLICANT_POLICY }),
};
const verdict = (request: Partial<typeof base.request>, declared = base.declared) =>
  applicantVerdict(
    { deps: { trust: { current: () => bootstrapTrust(trust) } } } as unknown as OpenDesk,
    {
      ...base,
      declared,
      request: {
        ...base.request,
        ...{ signatureKind: 'eds', content: content.toString('base64') },
        ...{ cms: cms.toString('base64') },
        ...request,
      },
    },
  );

describe('a GOST signature of the applicant', () => {
  const who = { signer: `${surname} ${name}`, key: { algorithm: 'gost-512', storage: 'file' } };

  it('is valid, with who and with which key', () => {
    expect(verdict({})).toEqual({ verdict: 'valid', reason: null, ...who });
  });

  it('is invalid over other content, by another person, outside its dates; the claim is shown', () => {
    const invalid = (reason: string) => ({ verdict: 'invalid', reason, ...who });
    const other = Buffer.from(`${content.toString()} `).toString('base64');
    expect(verdict({ content: other })).toEqual(invalid('digest-mismatch'));
    const someone = { ...base.declared, iin: '951345300027' };
    expect(verdict({}, someone)).toEqual(invalid('iin-mismatch'));
    const late = { signedAt: '2040-06-01T00:00:00.000Z' };
    expect(verdict(late)).toMatchObject({ verdict: 'invalid' });
    const bent = Buffer.from(cms);
    bent[bent.length - 1]! ^= 1;
    expect(verdict({ cms: bent.toString('base64') })).toEqual(invalid('signature-invalid'));
  });

  it('cannot be checked on a parameter set we do not know', () => {
    const setA = Buffer.from('2a830e030a0101020201', 'hex');
    const bent = Buffer.from(cms);
    const leafAt = bent.indexOf(signer.certDer);
    bent[bent.indexOf(setA, leafAt) + setA.length - 1] = 7;
    expect(verdict({ cms: bent.toString('base64') })).toMatchObject({
      verdict: 'cannot-check',
      reason: 'algorithm-unsupported',
      key: { algorithm: 'other', storage: 'file' },
    });
  });
});
