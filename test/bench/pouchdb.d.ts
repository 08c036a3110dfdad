// The few calls of PouchDB the sync bench makes; the package has no types of its own.
declare module 'pouchdb' {
  export default class PouchDB {
    constructor(name: string);
    bulkDocs(docs: readonly object[]): Promise<unknown>;
    destroy(): Promise<void>;
    readonly replicate: { to(target: PouchDB, options: { batch_size: number }): Promise<unknown> };
  }
}
