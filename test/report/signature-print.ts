// Prints the figures of report:signature as tables.
import type { SignatureReport } from './signature.ts';

export function printReport(report: SignatureReport): void {
  const { folder, generated } = report.pictures;
  console.log(`Signature samples: ${folder} of the folder, ${generated} of the stand's own hand.`);
  console.log(`Limits ${report.limits}, engine ${report.engine}.\n`);
  console.log(row('good samples', 'pictures', 'flagged', 'does not agree'));
  for (const one of report.good) {
    console.log(row(one.set, one.pictures, one.flagged, one.disagreed));
    for (const name of one.names) console.log(`    ${name}`);
  }
  console.log(`\n${row('made defect', 'pictures', 'caught', 'does not agree', 'of folder')}`);
  for (const one of report.defects)
    console.log(
      row(
        one.defect,
        one.pictures,
        `${one.caught} = ${(100 * one.share).toFixed(0)} %`,
        one.disagreed,
        `${one.folder.caught}/${one.folder.pictures}`,
      ),
    );
  const { time, memory, convert } = report;
  const { widest } = time;
  console.log(
    `\nTime, decoding included: median ${ms(time.millisecondsMedian)}, p95 ${ms(time.millisecondsP95)}; ` +
      `${widest.width} × ${widest.height}: ${ms(widest.milliseconds)}. Memory of the process while measuring good ones: ${memory.residentMegabytes} MB.`,
  );
  console.log(
    convert === null
      ? 'Two calls of `convert`: ImageMagick is not installed here, no comparison.'
      : `Two calls of \`convert\` on the first picture: ${ms(convert.milliseconds)}.`,
  );
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;

const row = (first: string, ...rest: (string | number)[]): string =>
  first.padEnd(26) + rest.map((cell) => String(cell).padStart(16)).join('');
