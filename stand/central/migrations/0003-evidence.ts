// Evidence beside acts: the time-stamp and what was known of the certificate when the act was accepted.

export const sql = `
create table evidence (
  act_id uuid primary key,
  time_stamp bytea,               -- null until an authority stamped it
  ocsp bytea,
  crl bytea,
  delta_crl bytea,
  proof_at timestamptz,           -- when the CA was asked; null until it answered
  attempts integer not null,
  next_try_at timestamptz not null
);
create index evidence_due on evidence (next_try_at) where time_stamp is null or proof_at is null;
`;
