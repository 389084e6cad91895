// Prints what reading an inventory of 2,000 systems and 5,000 endpoints costs, and deciding a million dials of it.
// Run: node test/inventory/bench.ts [systems]
import { createPermit } from '../../src/inventory/scope.ts';
import { parseInventory } from '../../src/inventory/read.ts';
import { baseText } from './base.ts';

const systems = Number(process.argv[2] ?? 2000);

function largeInventory(): string {
  const blocks = Array.from({ length: systems }, (_, index) => {
    const block = `10.${(index >> 8) & 255}.${index & 255}`;
    const extra = index % 2 === 0 ? '' : `\n      - { kind: web, url: http://cu-${index}.lai-chau.example/ }`;
    return `  - id: he-thong-${index}
    name: Hệ thống số ${index}
    owner: so-y-te
    operator: cong-an
    classification:
      level: 3
      dossier: da-phe-duyet
      decision: { number: ${index}/QĐ-UBND, date: 2025-03-01 }
    layers:
      onSite: { claimed: true, unit: Phòng công nghệ thông tin }
      monitoring: { claimed: true, until: 2027-01-01 }
    endpoints:
      - { kind: web, url: https://ht-${index}.lai-chau.example/, addresses: [${block}.1] }
      - kind: host
        host: srv-${index}.lai-chau.example
        addresses: [${block}.2]
        services:
          - { port: 443, service: https, tls: true }
          - { port: 22, service: ssh }${extra}\n`;
  });
  return baseText
    .replace('authorisations:', () => `${blocks.join('')}authorisations:`)
    .replace('networks: [203.0.113.0/24]', 'networks: [203.0.113.0/24, 10.0.0.0/8]');
}

function timed<T>(what: string, work: () => T): T {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(cpu);
  const ms = (performance.now() - wall).toFixed(0);
  console.log(`${what}: ${ms} ms wall, ${((user + system) / 1000).toFixed(0)} ms processor`);
  return result;
}

const text = largeInventory();
const first = timed(`read ${systems} systems, ${text.length} characters, cold`, () =>
  parseInventory('bench.yaml', text),
);
timed('the same, warm', () => parseInventory('bench.yaml', text));
const broken = text.replaceAll('dossier: da-phe-duyet', 'dossier: da-phe-duyt');
timed(`${systems} errors`, () => {
  try {
    parseInventory('bench.yaml', broken);
  } catch {
    // As wanted.
  }
});
const permit = timed('prepare the permit', () => createPermit(first.inventory));
timed('a million dials: 1,000 addresses by 1,000 ports', () => {
  let allowed = 0;
  for (let host = 0; host < 1000; host += 1) {
    const address = `10.0.${host >> 8}.${host & 255}`;
    for (let port = 1; port <= 1000; port += 1) {
      if (permit({ address, port, zone: 'internet', at: '2026-06-15T05:00:00Z' }).allowed) allowed += 1;
    }
  }
  if (allowed !== 1_000_000) throw new Error(`only ${allowed} allowed`);
});
