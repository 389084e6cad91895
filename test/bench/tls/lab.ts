// Our suites beside nmap's and sslscan's on every stack there is: those of the differential test, and old Nodes from npm,
// Java, GnuTLS and NSS where the machine has them. Prints the table of agreement. Run: node test/bench/tls/lab.ts
import { createTlsProbe } from '../../../src/probe/tls/probe.ts';
import { compare, type Difference } from '../../probe/tls/differential/compare.ts';
import { configurations } from '../../probe/tls/differential/configurations.ts';
import { makeDhParameters, startAll, type Served } from '../../probe/tls/differential/start.ts';
import { makeCertificates } from '../../servers/tls-certificates.ts';
import { labDirectory } from '../../servers/tls-lab.ts';
import { openWire, serviceTarget } from '../../servers/tls-wire.ts';
import { printTable } from './figures.ts';
import { labServers } from './lab-servers.ts';

const lines = [
  ['configuration', 'versions', 'suites', 'connections', 'missed by us', 'not seen by nmap', 'by sslscan'],
];
const notes: string[] = [];
const total = { missed: 0, unexplained: 0 };

const directory = await labDirectory();
try {
  const certificates = await makeCertificates(directory.path);
  await makeDhParameters(directory.path);
  const running = await startAll(directory.path, configurations(directory.path, certificates));
  try {
    for (const served of running.served) await look(served);
  } finally {
    await running.stop();
  }
  let port = 4500;
  for (const { id, start } of labServers(directory.path, certificates)) {
    port += 1;
    const address = `127.0.38.${port - 4500}`;
    const server = await start(address, port).catch((error: unknown) => {
      notes.push(`${id}: ${String(error).slice(0, 300)}`);
      return undefined;
    });
    if (server === undefined) {
      lines.push([id, 'not to be had']);
      continue;
    }
    try {
      await look({ id, address, port });
    } finally {
      await server.stop();
    }
  }
} finally {
  await directory.remove();
}
printTable(lines);
for (const note of notes) console.log(note);
console.log(
  `${lines.length - 1} configurations, ${total.missed} suites missed by us, ${total.unexplained} seen by us alone without a reason`,
);

async function look({ id, address, port }: Served): Promise<void> {
  const wire = openWire();
  const probe = createTlsProbe({ deep: false, verify: false });
  const target = serviceTarget(address, port, 'lab.test');
  const facts = await probe.observe({ target, wire, signal: AbortSignal.timeout(60_000) });
  const found = await compare(id, facts, address, port);
  const offered = Object.entries(facts.protocols).flatMap(([name, { offered }]) =>
    offered ? [name.replace('TLSv', '')] : [],
  );
  const unseenBy = (peer: Difference['peer']) => {
    const explained = [...found.explained].reduce(
      (sum, [blindness, count]) => sum + (blindness.peer === peer ? count : 0),
      0,
    );
    const plain = found.unexplained.filter((one) => one.peer === peer).length;
    return plain === 0 ? String(explained) : `${explained} + ${plain} unexplained`;
  };
  lines.push([
    ...[id, offered.join(' '), String(found.suites), String(wire.costs()[0]?.connections ?? 0)],
    ...[String(found.missed.length), unseenBy('nmap'), unseenBy('sslscan')],
  ]);
  total.missed += found.missed.length;
  total.unexplained += found.unexplained.length;
  for (const { peer, protocol, suite } of found.missed)
    notes.push(`${id}: missed ${protocol} ${suite}, seen by ${peer}`);
  for (const { peer, protocol, suite } of found.unexplained)
    notes.push(`${id}: ${protocol} ${suite} not seen by ${peer}`);
}
