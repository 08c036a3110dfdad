// What each reader of the feed surely holds, so that a head without its dossier is never sent too early.

export const sql = `
create table reader (
  key text primary key,           -- officer, station and scope
  base bigint not null,           -- holds every dossier the feed carried up to here
  last bigint not null,           -- cursor of the last page given
  more boolean not null           -- that page was not the end
);
`;
