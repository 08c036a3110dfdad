// Issue leases: many claims under one document, and the wishes of other counters for single cards.

export const sql = `
create table issue_lease (
  id uuid primary key,
  officer_iin text not null,
  officer_name text not null,
  station_id text not null,
  region text not null,
  point text not null,
  since timestamptz not null,
  until timestamptz not null,
  ended text                      -- null while it may be widened; 'returned', 'broken'
);
create index issue_lease_holder on issue_lease (officer_iin, station_id) where ended is null;

alter table lease add column issue_lease_id uuid;
create index lease_holder on lease (officer_iin, station_id) where ended is null or ended = 'expired';
create index lease_issue on lease (issue_lease_id) where issue_lease_id is not null;

create table lease_wish (
  lease_id uuid primary key,      -- the claim that somebody else would have
  application_id uuid not null,
  station_id text not null,
  at timestamptz not null
);
`;
