// Figures of the reports: quantiles, the area under the ROC curve, the equal error rate.

/** The value below which `share` 0…1 of the values lie; NaN of an empty list. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
}

/** How likely a damaged picture has the higher value, 0.5 = no better than chance; ties count half. */
export function auc(damaged: readonly number[], good: readonly number[]): number {
  let won = 0;
  for (const high of damaged)
    for (const low of good) won += high > low ? 1 : high === low ? 0.5 : 0;
  return won / (damaged.length * good.length);
}

/** Rate at which as many of the same are refused as others taken, by distance. */
export function equalError(same: readonly number[], others: readonly number[]): number {
  let least = 1;
  for (const border of [...same, ...others]) {
    const refused = same.filter((one) => one > border).length / same.length;
    const taken = others.filter((one) => one <= border).length / others.length;
    least = Math.min(least, Math.max(refused, taken));
  }
  return least;
}
