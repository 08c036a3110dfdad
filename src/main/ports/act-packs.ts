// Where exported acts are written: one zip each, in a folder the officer finds.

export interface ActPacks {
  /** Path of the zip; null when it could not be written (disk full, no right). */
  write(name: string, files: ReadonlyMap<string, Uint8Array>): Promise<string | null>;
}
