// The scale bench inside its network; bench.ts starts it.
import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { compareWithTruth } from '../country/compare.ts';
import { wholeCountry } from '../country/country.ts';
import { join } from 'node:path';
import { makePostgres } from '../country/postgres.ts';
import type { Crew } from './crew.ts';
import { startFleetCrew } from './fleet-crew.ts';
import { prepareGround } from './ground.ts';
import { needOf, type Constants } from './model.ts';
import { startOneProcess } from './one-process.ts';
import { planCountry } from './plan-country.ts';
import { printNeed, printScale, type Row } from './print.ts';
import { costSql, doubledSql, lostSql } from './sql.ts';
import { measure } from './window.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    warm: { type: 'string', default: '20' },
    systems: { type: 'string', default: String(wholeCountry.systems) },
    'at-once': { type: 'string', default: '16' },
    wide: { type: 'string', default: '192' },
    workers: { type: 'string', default: '1,2,4,8' },
    full: { type: 'boolean', default: false },
  },
});
const systems = Number(values.systems);
const [seconds, warm, atOnce, wide] = [
  values.full ? Infinity : Number(values.seconds),
  Number(values.warm),
  Number(values['at-once']),
  Number(values.wide),
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
let stopDatabase: () => Promise<void> = () => Promise.resolve();
try {
  const alone = await column(`one process, SQLite`, wide, startOneProcess(ground, wide), "json_extract(body, '$.ms')");
  console.log();
  printScale([alone.row]);

  const postgres = await makePostgres({
    folder: join(ground.folder, 'postgres'),
    hosts: ['127.86.9.1'],
    settings: ['max_connections=200', 'shared_buffers=512MB', 'max_wal_size=2GB'],
  });
  stopDatabase = postgres.stop;
  await postgres.start();
  const planned = await planCountry(ground, postgres, 'country');
  console.log(`\nThe whole country planned and queued in PostgreSQL: ${planned.toFixed(0)} s`);
  const columns = [];
  // Workers that wait more than they work show how work grows with them; one that works all the time shows what a core can.
  const crews = [...values.workers.split(',').map((workers) => [Number(workers), atOnce] as const), [1, wide] as const];
  for (const [workers, each] of crews) {
    const crew = startFleetCrew(ground, postgres, 'country', workers, each);
    const name = `${workers} worker${workers === 1 ? '' : 's'} × ${each}`;
    columns.push(await column(name, each, crew, "(body::json->>'ms')::int"));
  }
  console.log();
  printScale(columns.map(({ row }) => row));
  // By the crew that got most done: what is left over on a machine that is shared costs the others more.
  const best = columns.reduce((most, one) => (rateOf(one.row) > rateOf(most.row) ? one : most));
  const wish = { endpoints: 1_000_000, hours: 48, runsAYear: 52, keptYears: 1 };
  printNeed(wish, needOf(best.constants, wish));
} finally {
  await stopDatabase();
  await ground.close();
}
if (spoilt > 0) process.exitCode = 1;

function rateOf({ window }: Row): number {
  return window.endpoints / window.seconds;
}

/** Measures one crew for a while, then holds all that it found against the truth of the country. */
async function column(
  name: string,
  each: number,
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
        workerMb: window.scannersMb / crew.meter.scanners().length,
        atOnce: each,
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
  for (const one of wrong.slice(0, 10)) {
    console.error(`WRONG ${one}`);
    const [target = ''] = one.split(': ');
    for (const [body] of await ask(
      `select body from observation where target = '${target}' and kind in ('tls', 'http')`,
    ))
      console.error(`  ${(body ?? '').slice(0, 1500)}`);
  }
  for (const row of [...lost, ...doubled].slice(0, 10)) console.error(`LOST OR DOUBLED ${row.join(' ')}`);
  spoilt += wrong.length + lost.length + doubled.length;
}
