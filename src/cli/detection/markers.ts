import { writeFileSync } from 'node:fs';
import type { SentMarker } from '../../model/detection.ts';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption, outOption, runOption } from '../options.ts';
import { safeJson, safeText } from '../safe-text.ts';
import type { Wiring } from '../wiring.ts';
import { withCheck } from './with-check.ts';

type Options = { out: string; run?: string; json?: boolean; csv?: string };

/** `rasoat detection markers`: what was sent where; `--json` prints one object a marker, `--csv` writes a table. */
export function addMarkers({ program, output, run }: Wiring): void {
  const { say } = output;
  program
    .command('markers')
    .description(say('layers.detection.markers-about'))
    .addOption(outOption(output))
    .addOption(runOption(output))
    .option('--csv <file>', say('layers.detection.markers-csv'))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { markersOf } = await import('../../pipeline/detection.ts');
        const { id, markers } = await withCheck(options.out, options.run, async (store, stored) => ({
          id: stored.id,
          markers: await markersOf(store, stored.id),
        }));
        if (options.csv !== undefined) write(options.csv, markers);
        if (options.json === true) {
          for (const marker of markers) output.line(safeJson(marker));
        } else if (options.csv !== undefined) {
          output.line(say('layers.detection.written', { count: markers.length, file: safeText(options.csv) }));
        } else if (markers.length === 0) {
          output.line(say('layers.detection.markers-none', { run: id }));
        } else {
          for (const { marker, delivery, system, target, sentAt } of markers) {
            const mark = delivery === 'answered' ? '●' : '◌';
            output.line(`${mark} ${marker}  ${safeText(system)}  ${safeText(target)}  ${sentAt ?? '–'}`);
          }
        }
        return exitCodes.allMet;
      }),
    );
}

const columns = ['run', 'system', 'target', 'url', 'marker', 'delivery', 'sentAt'] as const;

function write(file: string, markers: readonly SentMarker[]): void {
  const lines = [
    columns.join(','),
    ...markers.map((one) => columns.map((column) => cell(one[column] ?? '')).join(',')),
  ];
  try {
    writeFileSync(file, `${lines.join('\r\n')}\r\n`, { mode: 0o600 });
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError([{ file, message: message('layers.file-unwritable', { detail }) }]);
  }
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is kept text by an apostrophe. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
