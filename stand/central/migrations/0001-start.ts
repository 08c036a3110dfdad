// First tables: applications with their place in the feed, blobs, officers, sessions, leases, acts, journal.

export const sql = `
create table counter (name text primary key, value bigint not null);
insert into counter values ('seq', 0);

create table application (
  id uuid primary key,
  ticket text not null unique,
  region text not null,
  point text not null,
  revision integer not null,
  stage text not null,
  dossier text not null,          -- RFC 8785 text: the very bytes that are hashed
  dossier_sha256 text not null,
  card json,
  decision json,
  timeline json not null,
  lease_no bigint,                -- newest lease, open or not
  next_stage_at timestamptz,
  seq bigint not null,            -- newest change
  region_seq bigint not null,     -- change that carried this dossier to the region's readers
  point_seq bigint                -- the same for the point's readers; null = not theirs (yet)
);
create index application_region on application (region, seq);
create index application_region_dossier on application (region, region_seq);
create index application_point on application (point, seq) where point_seq is not null;
create index application_point_dossier on application (point, point_seq) where point_seq is not null;
create index application_next on application (next_stage_at) where next_stage_at is not null;

create table departure (
  application_id uuid not null,
  scope text not null,            -- 'region:…' or 'point:…'
  moved_to text,
  seq bigint not null,
  primary key (application_id, scope)
);
create index departure_scope on departure (scope, seq);

create table blob (sha256 text primary key, mime text not null, bytes bytea not null);
create table application_blob (
  sha256 text not null,
  application_id uuid not null,
  primary key (sha256, application_id)
);

create table officer (
  iin text primary key,
  full_name text not null,
  department json not null,
  region json not null,
  roles json not null,
  point json
);
create table challenge (id uuid primary key, value text not null, expires_at timestamptz not null);
create table session (
  token_sha256 text primary key,
  officer_iin text not null,
  station_id text not null,
  opened_at timestamptz not null,
  expires_at timestamptz not null
);

create table lease (
  no bigint generated always as identity primary key,
  id uuid not null unique,
  application_id uuid not null,
  officer_iin text not null,
  officer_name text not null,
  department json not null,
  station_id text not null,
  since timestamptz not null,
  until timestamptz not null,
  ended text,                     -- null while open; 'released', 'expired', 'decided', 'moved'
  challenge text not null,
  challenge_expires_at timestamptz not null
);
create index lease_open on lease (until) where ended is null;

create table act (
  id uuid primary key,
  application_id uuid not null,
  kind text not null,
  officer_iin text not null,
  station_id text not null,
  statement bytea not null,
  cms bytea not null,
  accepted_at timestamptz not null,
  stage text not null
);
create index act_application on act (application_id);

create table report (
  id uuid primary key,
  application_id uuid not null,
  officer_iin text not null,
  body json not null,
  recorded_at timestamptz not null
);

create table journal (
  no bigint generated always as identity primary key,
  at timestamptz not null,
  event text not null,
  station_id text,
  officer_iin text,
  application_id uuid,
  detail json not null
);
`;
