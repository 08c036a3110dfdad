// Custody of produced cards: dispatch lists, the acts that move cards, and where each lies at its point.

export const sql = `
insert into counter values ('dispatch', 0);

create table dispatch (
  id uuid primary key,
  number text not null unique,
  point text not null,
  sent_at timestamptz not null,
  contents_sha256 text not null,
  accepted_act uuid,              -- null while the parcel is on its way
  accepted_at timestamptz,
  accepted_by text
);
create index dispatch_point on dispatch (point, sent_at);

create table dispatch_card (
  dispatch_id uuid not null,
  n integer not null,             -- place on the list: the act repeats the list in its order
  application_id uuid not null,
  ticket text not null,
  card_number text not null,
  outcome text,                   -- 'arrived', 'missing', 'damaged'; null while on its way
  primary key (dispatch_id, n)
);
create index dispatch_card_application on dispatch_card (application_id);

-- The list this card travels with, or was missing from: such a card never arrives by itself.
alter table application add column dispatch_id uuid;

create table custody_act (
  id uuid primary key,
  kind text not null,
  dispatch_id uuid,
  officer_iin text not null,
  station_id text not null,
  point text not null,
  statement bytea not null,
  cms bytea not null,
  accepted_at timestamptz not null
);

create table placement (
  id uuid primary key,
  application_id uuid not null,
  officer_iin text not null,
  body json not null,
  said_at timestamptz not null,   -- by the clock of the station
  recorded_at timestamptz not null
);
create index placement_application on placement (application_id, said_at);

-- Whatever an officer signed and the node took: what evidence is kept beside.
create view signed_act as
  select id, officer_iin, cms from act union all select id, officer_iin, cms from custody_act;
`;
