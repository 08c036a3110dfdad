// Small measuring tools of the benches: percentiles, rows of figures, a table to print.

export interface Figure {
  readonly what: string;
  readonly ours: string;
  /** The other side, measured in the same run. */
  readonly beside: string;
  readonly note: string;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export const ms = (value: number): string =>
  value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/** Median and 95th percentile of many short runs. */
export const spread = (values: readonly number[]): string =>
  `p50 ${ms(percentile(values, 0.5))}, p95 ${ms(percentile(values, 0.95))}`;

export async function timed<T>(work: () => T | Promise<T>): Promise<{ took: number; value: T }> {
  const began = performance.now();
  const value = await work();
  return { took: performance.now() - began, value };
}

/** Markdown, so that the printed table can stand in docs/figures.md as it is. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ what, ours, beside, note }) => `| ${what} | ${ours} | ${beside} | ${note} |`,
  );
  return ['| what | Kuälik | beside it | how |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
