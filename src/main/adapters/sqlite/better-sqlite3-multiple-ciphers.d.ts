// Types of the encrypted drop-in: better-sqlite3's own, and the call that gives the key.
declare module 'better-sqlite3-multiple-ciphers' {
  import type BetterSqlite3 from 'better-sqlite3';

  namespace Database {
    interface Database extends BetterSqlite3.Database {
      key(key: Buffer): number;
    }
  }
  const Database: new (file: string, options?: BetterSqlite3.Options) => Database.Database;
  export default Database;
}
