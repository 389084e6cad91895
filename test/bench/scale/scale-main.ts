// The scale bench inside its network; bench.ts starts it.
import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { compareWithTruth } from '../country/compare.ts';
import { wholeCountry } from '../country/country.ts';
import type { Crew } from './crew.ts';
import { prepareGround } from './ground.ts';
import { needOf, type Constants } from './model.ts';
import { startOneProcess } from './one-process.ts';
import { printNeed, printScale, type Row } from './print.ts';
import { costSql, doubledSql, lostSql } from './sql.ts';
import { measure } from './window.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    warm: { type: 'string', default: '20' },
    systems: { type: 'string', default: String(wholeCountry.systems) },
    'at-once': { type: 'string', default: '192' },
    full: { type: 'boolean', default: false },
  },
});
const systems = Number(values.systems);
const [seconds, warm, atOnce] = [
  values.full ? Infinity : Number(values.seconds),
  Number(values.warm),
  Number(values['at-once']),
];
const country = { ...wholeCountry, systems, endpoints: systems * 3 };
let spoilt = 0;

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? ''}, load ${loadavg()[0]?.toFixed(1) ?? ''}, Node ${process.version}, seed ${country.seed}`,
);
const startedAt = performance.now();
const ground = await prepareGround(country);
console.log(
  `${ground.provinces.length} provinces, ${country.systems} systems, ${country.endpoints} endpoints, ${ground.running.pids.length} servers: ` +
    `${((performance.now() - startedAt) / 1000).toFixed(1)} s to make and to read as inventories`,
);
try {
  const rows: Row[] = [];
  const one = await column(
    `one process, SQLite, ${atOnce} at once`,
    startOneProcess(ground, atOnce),
    "json_extract(body, '$.ms')",
  );
  rows.push(one.row);
  console.log();
  printScale(rows);
  const wish = { endpoints: 1_000_000, hours: 48, runsAYear: 52, keptYears: 1 };
  printNeed(wish, needOf(one.constants, wish));
} finally {
  await ground.close();
}
if (spoilt > 0) process.exitCode = 1;

/** Measures one crew for a while, then holds all that it found against the truth of the country. */
async function column(
  name: string,
  crew: Crew,
  ms: string,
): Promise<{ readonly row: Row; readonly constants: Constants }> {
  try {
    while ((await crew.meter.done()).targets === 0 && !(await crew.over())) await wait(200);
    await wait(warm * 1000);
    const window = await measure(crew.meter, seconds, crew.over);
    const overviewMs = await crew.overview();
    await crew.stop();
    await hold(name, crew);
    const { endpoints } = await crew.meter.done();
    const [[connections = '0', bytes = '0'] = []] = await crew.ask(costSql.connections);
    const [[lookMs = '0'] = []] = await crew.ask(costSql.lookMs(ms));
    const per = (sum: number) => sum / Math.max(1, window.endpoints);
    return {
      row: { name, window, overviewMs },
      constants: {
        workerCpu: per(window.scanners),
        storeCpu: per(window.store),
        bytes: per(window.bytes),
        rows: per(window.rows),
        traffic: Number(bytes) / Math.max(1, endpoints),
        connections: Number(connections) / Math.max(1, endpoints),
        lookSeconds: Number(lookMs) / 1000,
        workerMb: window.scannersMb,
        atOnce,
      },
    };
  } finally {
    await crew.stop().catch(() => undefined);
  }
}

/** Nothing lost, nothing doubled, and every outcome as the country was drawn. */
async function hold(name: string, { ask }: Crew): Promise<void> {
  const count = async (queries: readonly string[]) => (await Promise.all(queries.map(ask))).flat();
  const [lost, doubled] = [await count(lostSql), await count(doubledSql)];
  const { compared, wrong } = await compareWithTruth(country, ask);
  console.log(
    `${name}: ${compared} targets held against the truth, ${wrong.length} differences, ${lost.length} lost, ${doubled.length} doubled`,
  );
  for (const one of wrong.slice(0, 10)) console.error(`WRONG ${one}`);
  for (const row of [...lost, ...doubled].slice(0, 10)) console.error(`LOST OR DOUBLED ${row.join(' ')}`);
  spoilt += wrong.length + lost.length + doubled.length;
}
