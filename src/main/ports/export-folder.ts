// Where papers and registers are written: plain files in a folder the officer finds.

export interface ExportFolder {
  /**
   * Writes `name` + each suffix, all or none, never over another file: then a number is added.
   * Answers the paths by suffix; null when they could not be written (disk full, no right).
   */
  write(
    name: string,
    files: ReadonlyMap<string, Uint8Array>,
  ): Promise<ReadonlyMap<string, string> | null>;
}
