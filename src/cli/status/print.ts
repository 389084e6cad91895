import { endOf } from '../../engine/watch/troubles.ts';
import { dayOf, daysBetween } from '../../model/day.ts';
import type { FleetFigures } from '../../model/fleet-figures.ts';
import type { Message } from '../../model/text.ts';
import { formatBytes, formatDay, formatInstant } from '../../report/format.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';
import { visibleWidth } from '../width.ts';
import { wrap } from '../wrap.ts';

/** For people: what asks for one first, then everything, a line a thing. */
export function printStatus(
  output: Output,
  figures: FleetFigures,
  troubles: readonly Message[],
  newestRunBytes: number,
): void {
  const { say, colors, line } = output;
  const head =
    troubles.length === 0
      ? colors.green(`● ${say('status.fine')}`)
      : colors.red(`▲ ${say('status.troubles', { count: troubles.length })}`);
  line(`${colors.bold(head)}  ${colors.dim(formatInstant(figures.at))}`);
  for (const trouble of troubles) block(output, `  ${colors.red('▲')} `, '    ', troubleText(output, trouble));
  for (const [title, lines] of sections(output, figures, newestRunBytes)) {
    const label = say(`status.section.${title}`);
    const [first = '', ...rest] = lines;
    const margin = ' '.repeat(labelWidth);
    block(
      output,
      colors.bold(label.padEnd(labelWidth)),
      margin,
      first,
      visibleWidth(label) >= labelWidth ? `${colors.bold(label)} ` : undefined,
    );
    for (const one of rest) block(output, margin, margin, one);
  }
}

const labelWidth = 16;

function block({ line, width }: Output, first: string, rest: string, text: string, own?: string): void {
  // Colours take no columns: what is measured is without them.
  const lines = wrap(text, width - 2, ' '.repeat(rest.length), rest);
  lines.forEach((one, index) => {
    line(index === 0 ? `${own ?? first}${one.slice(rest.length)}` : one);
  });
}

type Section = readonly [title: string, lines: readonly string[]];

function sections(output: Output, figures: FleetFigures, newestRunBytes: number): readonly Section[] {
  const { say, lang } = output;
  const { switch: set, scheduler, underWay, zones, workers, debt, feeds, controls, store, lastBackup } = figures;
  const text = (value: string) => safeText(value, 120);
  const lines = (some: readonly string[], none: string): readonly string[] => (some.length === 0 ? [say(none)] : some);
  return [
    [
      'switch',
      [
        set === undefined
          ? say('status.switch.never')
          : say(`status.switch.${set.position}`, {
              at: formatInstant(set.at),
              by: text(set.by),
              reason: text(set.reason),
            }),
      ],
    ],
    [
      'scheduler',
      [
        scheduler === undefined
          ? say('status.scheduler.never')
          : `${say(`status.phase.${scheduler.phase}`)}${scheduler.next === undefined ? '' : say('status.scheduler.next', { at: formatInstant(scheduler.next) })}`,
      ],
    ],
    [
      'runs',
      lines(
        underWay.map((run) => {
          const end = endOf(run);
          const all = run.done + run.waiting;
          const until = end === undefined ? '' : say('status.run.until', { at: formatInstant(end) });
          return `${text(run.run)}  ${text(run.zone)}  ${bar(run.done, all)} ${say('status.run.done', { done: run.done, all })}${until}`;
        }),
        'status.run.none',
      ),
    ],
    [
      'zones',
      lines(
        zones.map(({ zone, lanesQueued, lanesActive = 0, oldestQueued, lastFinished, waiting }) => {
          const queue =
            lanesQueued === undefined
              ? say('status.zone.one-machine', { waiting })
              : say('status.zone.queue', { queued: lanesQueued, active: lanesActive });
          const oldest =
            oldestQueued === undefined ? '' : say('status.zone.oldest', { at: formatInstant(oldestQueued) });
          const last =
            lastFinished === undefined
              ? say('status.zone.never')
              : say('status.zone.last', {
                  day: formatDay(dayOf(lastFinished.endedAt)),
                  days: daysBetween(dayOf(lastFinished.endedAt), dayOf(figures.at)),
                });
          return `${text(zone)}: ${queue}${oldest}; ${last}`;
        }),
        'status.zone.none',
      ),
    ],
    [
      'workers',
      workers === undefined
        ? [say('status.worker.one-machine')]
        : lines(
            workers.map(({ host, pid, zone, state, seenAt, clockMs, version, lanes, done }) =>
              say('status.worker.line', {
                host: text(host),
                pid,
                zone: text(zone),
                state: say(`status.worker.${state}`),
                seconds: Math.max(0, Math.round((Date.parse(figures.at) - Date.parse(seenAt)) / 1000)),
                clock: clockMs === null ? '?' : (clockMs / 1000).toFixed(1),
                version: text(version),
                lanes,
                done,
              }),
            ),
            'status.worker.none',
          ),
    ],
    [
      'debt',
      debt === undefined
        ? [say('status.debt.unknown')]
        : lines(
            debt.map(({ zone, systems, days }) => say('status.debt.line', { zone: text(zone), systems, days })),
            'status.debt.unknown',
          ),
    ],
    [
      'feeds',
      lines(
        feeds.length === 0
          ? []
          : [
              feeds
                .map(({ feed, date }) =>
                  say('status.feed', { feed, days: daysBetween(dayOf(date), dayOf(figures.at)) }),
                )
                .join(', '),
            ],
        'status.feeds-none',
      ),
    ],
    [
      'controls',
      lines(
        controls.map(({ zone, kind, family, reading }) =>
          say('status.control', {
            zone: text(zone),
            what: family === null ? kind : `${kind} IPv${family}`,
            reading: say(`status.reading.${reading}`),
          }),
        ),
        'status.controls-none',
      ),
    ],
    [
      'store',
      [
        say('status.store.size', {
          engine: store.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL',
          bytes: formatBytes(lang, store.bytes),
          growth: formatBytes(lang, newestRunBytes),
          free: formatBytes(lang, store.freeBytes),
          pruned: store.prunedRuns,
        }),
        lastBackup === undefined
          ? say('status.store.no-backup')
          : say('status.store.backup', { at: formatInstant(lastBackup) }),
      ],
    ],
  ];
}

const barWidth = 12;

function bar(done: number, all: number): string {
  const full = all === 0 ? barWidth : Math.floor((done / all) * barWidth);
  return `[${'█'.repeat(full)}${'·'.repeat(barWidth - full)}]`;
}

/** Instants and amounts as they are read; what persons wrote made safe. */
function troubleText({ say, lang }: Output, { key, params = {} }: Message): string {
  const shown = Object.entries(params).map(([name, value]): [string, string | number] => {
    if (name === 'at') return [name, formatInstant(String(value))];
    if (name === 'bytes') return [name, formatBytes(lang, Number(value))];
    return [name, typeof value === 'string' ? safeText(value, 200) : value];
  });
  return say(key, Object.fromEntries(shown));
}
