import type { Limits } from '../../../src/model/permission.ts';
import { startDelayProxy } from './delay-proxy.ts';
import { printTable } from './figures.ts';
import { lifted, runOurs } from './ours.ts';

const ways: readonly { readonly name: string; readonly limits: Limits; readonly goal: number }[] = [
  { name: 'wide (limits lifted)', limits: lifted, goal: 0.5 },
  { name: 'two connections, no rate', limits: { connections: 2, perSecond: 1_000_000 }, goal: 1.2 },
  { name: 'default manners (2, 10 a second)', limits: { connections: 2, perSecond: 10 }, goal: 2 },
];

/** One intermediate host at `ms` of round trip, versions, suites and certificates. Prints the median of three runs. */
export async function printOneHost(address: string, ms: number): Promise<void> {
  const listen = { host: '127.0.9.1', port: 4433 };
  const proxy = await startDelayProxy({ listen, to: { host: address, port: 443 }, ms });
  try {
    console.log(
      `\nOne intermediate host, ${ms} ms of round trip (delay proxy; connection and answer take ${2 * ms} ms)`,
    );
    const lines = [['', 'probing s', 'goal s', 'connections']];
    for (const { name, limits, goal } of ways) {
      const runs = [];
      for (let turn = 0; turn < 3; turn += 1) runs.push(await runOurs([listen.host], { limits, port: listen.port }));
      runs.sort((a, b) => a.probingSeconds - b.probingSeconds);
      const { probingSeconds = NaN, connections = NaN, failed = [] } = runs[1] ?? {};
      lines.push([name, probingSeconds.toFixed(2), `< ${goal}`, failed[0] ?? String(connections)]);
    }
    printTable(lines);
  } finally {
    await proxy.stop();
  }
}
