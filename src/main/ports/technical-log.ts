// The technical log as the diagnostics read it; it is written by the shell.

export interface TechnicalLog {
  /** Lines of the closed form, oldest first; `leftOut` counts what else stood in the files. */
  read(): { readonly lines: readonly string[]; readonly leftOut: number };
}
