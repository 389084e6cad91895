import { printTable } from '../tls/figures.ts';
import type { Need, Wish } from './model.ts';
import type { Window } from './window.ts';

export type Row = { readonly name: string; readonly window: Window; readonly overviewMs: number };

const each = (whole: number, of: number, digits: number) => (of === 0 ? '–' : (whole / of).toFixed(digits));

/** The scale table: rates, and everything by the endpoint. */
export function printScale(rows: readonly Row[]): void {
  const first = rows[0]?.window;
  printTable([
    [
      '',
      's',
      'endpoints',
      'endpoints/s',
      'times the first',
      'workers, CPU ms each',
      'store, CPU ms each',
      'servers, CPU ms each',
      'cores busy',
      'kB kept each',
      'rows each',
      'workers MB',
      'overview ms',
    ],
    ...rows.map(({ name, window, overviewMs }) => {
      const { seconds, endpoints, scanners, store, servers } = window;
      const rate = endpoints / seconds;
      return [
        name,
        seconds.toFixed(0),
        String(endpoints),
        rate.toFixed(1),
        first === undefined || first.endpoints === 0 ? '–' : (rate / (first.endpoints / first.seconds)).toFixed(2),
        each(scanners * 1000, endpoints, 0),
        each(store * 1000, endpoints, 0),
        each(servers * 1000, endpoints, 0),
        ((scanners + store + servers) / seconds).toFixed(2),
        each(window.bytes / 1000, endpoints, 1),
        each(window.rows, endpoints, 0),
        window.scannersMb.toFixed(0),
        overviewMs.toFixed(0),
      ];
    }),
  ]);
}

export function printNeed(wish: Wish, need: Need): void {
  const { endpoints, hours, runsAYear } = wish;
  console.log(
    `\n${endpoints.toLocaleString('en')} endpoints, each run within ${hours} hours, ${runsAYear} runs a year kept:`,
  );
  printTable([
    ['', 'needed'],
    ['endpoints a second', need.endpointsASecond.toFixed(1)],
    ['workers (a core each, three quarters busy)', String(need.workers)],
    ['cores busy scanning', need.workerCores.toFixed(1)],
    ['cores busy in PostgreSQL', need.storeCores.toFixed(2)],
    ['memory of the workers, GB', need.workersMemoryGb.toFixed(1)],
    ['addresses under way at once', need.underWay.toFixed(0)],
    ['rows written a second', need.rowsASecond.toFixed(0)],
    ['disk a run, GB', need.diskARunGb.toFixed(1)],
    ['disk of a year kept, TB', need.diskKeptTb.toFixed(2)],
    ['network, Mbit/s of payload', need.networkMbitASecond.toFixed(1)],
    ['connections opened a second', need.connectionsASecond.toFixed(0)],
    ['hours on a single core', need.hoursOnOneCore.toFixed(0)],
  ]);
}
