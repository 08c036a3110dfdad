// Weaknesses of keys, signatures and trust: token, CMS, certificates, lists, time-stamps, updates, leases.

export const KEY_WEAKNESSES = [
  {
    name: 'the PIN is written into the log',
    row: 'PIN kept, logged or tried twice',
    file: 'src/main/app/log-in.ts',
    change: [
      [
        'const signed = await makeCades(desk, key, bytes, pin);',
        "desk.deps.log('log-in', { pin });\n  const signed = await makeCades(desk, key, bytes, pin);",
      ],
    ],
    test: 'test/integration/pin-hygiene.test.ts',
  },
  {
    name: 'a fault of the protocol quotes the message',
    row: 'PIN kept, logged or tried twice',
    file: 'src/main/adapters/token/serve-token.ts',
    change: [
      [
        "new Error('a request of the core does not fit the protocol')",
        'new Error(JSON.stringify(payloadOf(message)))',
      ],
    ],
    test: 'test/unit/main/adapters/token/remote-token.test.ts',
    title: 'says nothing of a request it does not understand',
  },
  {
    name: 'a wrong PIN is tried twice',
    row: 'PIN kept, logged or tried twice',
    file: 'src/main/app/sign-bytes.ts',
    change: [
      [
        'const signed = await desk.deps.token.sign({ ...request, pin });',
        'let signed = await desk.deps.token.sign({ ...request, pin });\n    if (!signed.ok) signed = await desk.deps.token.sign({ ...request, pin });',
      ],
    ],
    test: 'test/integration/ipc-fuzz.test.ts',
    title: 'act.sign',
  },
  {
    name: 'a key that may be copied signs',
    row: 'a key that can be copied',
    file: 'src/main/adapters/token/pkcs11-key.ts',
    change: [["throw new TokenError('key-extractable')", 'Object.freeze(key)']],
    test: 'test/integration/token-pkcs11.test.ts',
    title: 'extractable',
  },
  {
    name: 'an AUTH key signs decisions',
    row: 'a key that can be copied',
    file: 'src/shared/cades/signability.ts',
    change: [["return 'auth-key'", 'return null']],
    test: 'test/unit/shared/cades/cades.test.ts',
    title: 'an AUTH key',
  },
  {
    name: 'a key in a file signs',
    row: 'a key that can be copied',
    file: 'src/shared/cades/signability.ts',
    change: [
      [
        '  allowCivilServants: false,\n  allowFileKeys: false,',
        '  allowCivilServants: false,\n  allowFileKeys: true,',
      ],
    ],
    test: 'test/unit/shared/cades/signability.test.ts',
  },
  {
    name: 'whatever the token answers is kept',
    row: 'token answers with another key',
    file: 'src/shared/cades/build.ts',
    change: [
      [
        'signatureFits(signer, algorithm, signedAttrsDer, one),',
        'signatureFits(signer, algorithm, signedAttrsDer, one) || true,',
      ],
    ],
    test: 'test/unit/shared/cades/cades.test.ts',
    title: 'is not finished with another key’s answer',
  },
  {
    name: 'an OCSP answer to another question is taken',
    row: 'a revoked or unknown key',
    file: 'src/shared/cades/ocsp.ts',
    change: [['checkNonce(extensions, nonce);', 'checkNonce(extensions, nonce && null);']],
    test: 'test/unit/shared/cades/ocsp.test.ts',
    title: 'without our nonce, or with another',
  },
  {
    name: 'any responder may answer',
    row: 'a revoked or unknown key',
    file: 'src/shared/cades/ocsp.ts',
    change: [
      [
        '!one.ekuOids.includes(OID.ocspSigning) || !one.extensionOids.includes(OID.ocspNoCheck)',
        'one.ekuOids.length > 99',
      ],
    ],
    test: 'test/unit/shared/cades/ocsp.test.ts',
    title: 'from a foreign responder',
  },
  {
    name: 'a revoked key goes on signing',
    row: 'a revoked or unknown key',
    file: 'src/main/app/key-standing.ts',
    change: [["if (known?.status === 'revoked') return 'revoked';", '']],
    test: 'test/integration/trust-workstation.test.ts',
  },
  {
    name: 'an older trust list is taken',
    row: 'a forged or old trust list',
    file: 'src/shared/cades/trust-list.ts',
    change: [['body.version < newest.version)', 'body.version < 0)']],
    test: 'test/unit/shared/cades/trust-list.test.ts',
    title: 'older than the last',
  },
  {
    name: 'a trust list of any signer is taken',
    row: 'a forged or old trust list',
    file: 'src/shared/cades/trust-list.ts',
    change: [
      [
        '  if (!signed.ok) {\n    const stranger',
        '  if (!signed.ok && signed.code === "malformed") {\n    const stranger',
      ],
    ],
    test: 'test/unit/shared/cades/trust-list.test.ts',
    title: 'of an unknown signer',
  },
  {
    name: 'the time told to another question is taken',
    row: 'a clock set wrong, a time told falsely',
    file: 'src/shared/cades/node-time.ts',
    change: [['return read.question === question ?', "return question !== '' ?"]],
    test: 'test/unit/shared/cades/trust-list.test.ts',
    title: 'the signed time of the node',
  },
  {
    name: 'anybody may tell the time',
    row: 'a clock set wrong, a time told falsely',
    file: 'src/shared/cades/node-time.ts',
    change: [['if (!signed.ok) return', "if (!signed.ok && signed.code === 'too-large') return"]],
    test: 'test/unit/shared/cades/trust-list.test.ts',
    title: 'the signed time of the node',
  },
  {
    name: 'a time-stamp of another signature is taken',
    row: 'a forged or moved time-stamp',
    file: 'src/shared/cades/timestamp.ts',
    change: [
      [
        'if (!sameBytes(info.imprint, createHash(hash).update(stamped).digest()))',
        'if (info.imprint.length === 0 || stamped.length === 0)',
      ],
    ],
    test: 'test/integration/trust-openssl.test.ts',
    title: 'are refused when moved from another signature',
  },
  {
    name: 'the purpose of a time-stamp key need not be critical',
    row: 'a forged or moved time-stamp',
    file: 'src/shared/cades/timestamp.ts',
    change: [
      [
        'if (!tsa.criticalOids.includes(OID.extendedKeyUsage))',
        'if (tsa.criticalOids.length > 99)',
      ],
    ],
    test: 'test/integration/trust-openssl.test.ts',
    title: 'are refused from an authority whose purpose is not critical',
  },
  {
    name: 'unsorted sets are DER',
    row: 'altered CMS or content',
    file: 'src/shared/cades/der.ts',
    change: [["if (tag === 0x31 && !isSorted(children)) fail('set not sorted');", '']],
    test: 'test/unit/shared/cades/der.test.ts',
  },
  {
    name: 'bytes after the message are let in',
    row: 'altered CMS or content',
    file: 'src/shared/cades/der.ts',
    change: [["if (root.raw.length !== bytes.length) fail('bytes after the end');", '']],
    test: 'test/unit/shared/cades/tamper.test.ts',
    title: 'refuses cut and prolonged messages',
  },
  {
    name: 'lengths need not be the shortest',
    row: 'altered CMS or content',
    file: 'src/shared/cades/der.ts',
    change: [["if (length < 0x80 || length < 256 ** (count - 1)) fail('length not minimal');", '']],
    test: 'test/unit/shared/cades/der.test.ts',
  },
  {
    name: 'the node does not look at the photo that was judged',
    row: 'signed something else than was read',
    file: 'stand/central/compare-statement.ts',
    change: [["demand('photoSha256', statement.photoSha256 === dossier.photo.sha256);", '']],
    test: 'test/integration/central-acts.test.ts',
    title: 'of an approval photoSha256',
  },
  {
    name: 'the node does not look at the record that was judged',
    row: 'signed something else than was read',
    file: 'stand/central/compare-statement.ts',
    change: [["demand('dossierSha256', statement.dossierSha256 === row.dossier_sha256);", '']],
    test: 'test/integration/central-acts.test.ts',
    title: 'of an approval dossierSha256',
  },
  {
    name: 'a lease of somebody else does not count',
    row: 'two officers decide one case',
    file: 'stand/central/claims.ts',
    change: [['row.lease_no === null\n    ?', 'row.lease_no !== null\n    ?']],
    test: 'test/integration/central-claims.test.ts',
    title: 'lets exactly one of twenty stations win',
  },
  {
    name: 'an act of an old lease is taken',
    row: 'two officers decide one case',
    file: 'stand/central/compare-statement.ts',
    change: [["demand('challenge.value', statement.challenge.value === lease.challenge);", '']],
    test: 'test/integration/central-acts.test.ts',
    title: 'changed field of an approval challenge',
  },
  {
    name: 'an update signed by anybody is taken',
    row: 'a forged, old or withheld update',
    file: 'src/shared/updates/verify-manifest.ts',
    change: [
      [
        'if (!context.keys.some((key) => signedBy(key, manifest, signature)))',
        'if (context.keys.length === 0)',
      ],
    ],
    test: 'test/unit/shared/updates/verify-manifest.test.ts',
  },
  {
    name: 'an older update manifest is taken again',
    row: 'a forged, old or withheld update',
    file: 'src/shared/updates/verify-manifest.ts',
    change: [['body.sequence < newest.sequence)', 'body.sequence < 0)']],
    test: 'test/unit/shared/updates/verify-manifest.test.ts',
  },
  {
    name: 'an older version is installed',
    row: 'a forged, old or withheld update',
    file: 'src/shared/updates/verify-manifest.ts',
    change: [["if (step < 0) return no('downgrade'", "if (step < -9) return no('downgrade'"]],
    test: 'test/unit/shared/updates/verify-manifest.test.ts',
  },
  {
    name: 'a copy changed after its check is installed',
    row: 'another file between check and installation',
    file: 'src/main/shell/install-update.ts',
    change: [
      [
        "return hash.digest('hex') === sha256;",
        "return hash.digest('hex') !== '' && sha256 !== '';",
      ],
    ],
    test: 'test/unit/main/shell/install-update.test.ts',
  },
  {
    name: 'a program that others may write installs',
    row: 'another file between check and installation',
    file: 'src/main/shell/install-update.ts',
    change: [
      [
        'return !guarded || writableByOthers(program) === null;',
        'return !guarded || real !== null;',
      ],
    ],
    test: 'test/unit/main/shell/install-update.test.ts',
  },
];
