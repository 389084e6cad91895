import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenPort, PortsFacts } from '../../../src/model/facts/ports.ts';
import { portSet } from '../../../src/judge/view/port-set.ts';
import { portUseOf, portUses, portUseTable } from '../../../src/judge/view/port-use.ts';
import { derivePorts, portsView } from '../../../src/judge/view/ports.ts';
import { context, host } from './given.ts';

const everyCore = [...new Set(portUses.flatMap((use) => portUseTable[use].core))].join(',');
const scan = (rest: Partial<PortsFacts> = {}): PortsFacts => ({
  engine: 'connect',
  asked: everyCore,
  open: [],
  closed: '',
  silent: '',
  ...rest,
});

function derive(facts: PortsFacts, services?: Parameters<typeof host>[0]) {
  const { view, unseen } = derivePorts(facts, context(host(services)));
  return { view, why: Object.fromEntries(unseen.map(({ at, failure }) => [at, failure.code])) };
}

describe('lists by use', () => {
  it('Given every port closed, then nothing is reachable and that is known', () => {
    const { view, why } = derive(scan({ closed: everyCore }));
    for (const use of portUses) expect(view[use]).toEqual([]);
    expect(why).toEqual({});
  });

  it('Given a host that answered on one port, then silence on the others is "not reachable"', () => {
    const { view } = derive(scan({ open: [{ port: 443 }], silent: everyCore }));
    expect(view.database).toEqual([]);
  });

  it('Given a host that never answered, then nothing is known', () => {
    const { view, why } = derive(scan({ silent: everyCore }));
    expect(view).toEqual({});
    expect(why).toMatchObject({
      '/ports/database': 'timeout',
      '/ports/open': 'timeout',
      '/ports/undeclared': 'timeout',
    });
  });

  it('Given database ports that were not all asked, then "none is open" is not said, but an open one is', () => {
    const few = scan({ asked: '22,3306', closed: '22,3306' });
    expect(derive(few).view).not.toHaveProperty('database');
    expect(derive(few).why).toMatchObject({ '/ports/database': 'not-run' });
    const open = derive(scan({ asked: '22,3306', closed: '22', open: [{ port: 3306 }] }));
    expect(open.view.database).toMatchObject([{ port: 3306, toldBy: 'port', declared: null }]);
  });

  it('Given a port asked that stands in no list, then it is not taken for closed', () => {
    const rest = everyCore.replace(',3306', '');
    expect(derive(scan({ closed: rest })).why).toMatchObject({ '/ports/database': 'timeout' });
  });

  it('Given a middlebox that accepts every connection, then none of it is believed', () => {
    const open = Array.from({ length: 150 }, (_, index) => ({ port: 1000 + index }));
    const { view, why } = derive(scan({ asked: '1000-1199', open }));
    expect(view).toEqual({});
    expect(why).toMatchObject({ '/ports/open': 'blocked', '/ports/ics': 'blocked' });
  });
});

describe('portUseOf', () => {
  it.each([
    [{ port: 3306, service: 'mysql', banner: '5.7' }, 'database', 'service'],
    [{ port: 3306 }, 'database', 'port'],
    [{ port: 3306, service: 'tcpwrapped' }, 'database', 'port'],
    [{ port: 13306, service: 'mysql', product: 'MySQL' }, 'database', 'service'],
    [{ port: 9200, service: 'wap-wsp' }, 'database', 'port'],
    [{ port: 9200, service: 'http', product: 'Elasticsearch REST API' }, 'database', 'port'],
    [{ port: 2121, service: 'ftp-alt' }, 'ftp', 'port'],
    [{ port: 5901, service: 'vnc-1' }, 'remoteDesktop', 'port'],
    [{ port: 44818, service: 'EtherNetIP-2' }, 'ics', 'port'],
    [{ port: 10000, service: 'http' }, 'management', 'port'],
  ] satisfies readonly (readonly [OpenPort, string, string])[])('%j is %s, told by %s', (open, use, by) => {
    expect(portUseOf(open)).toEqual({ use, by });
  });

  it.each([
    { port: 443, service: 'https' },
    { port: 3306, service: 'smtp', banner: '220 mail' },
    { port: 23, service: 'http' },
    { port: 8080 },
  ])('%j has none of these uses', (open: OpenPort) => {
    expect(portUseOf(open)).toBeNull();
  });

  it('takes a service for what it says, not for its port', () => {
    expect(portUseOf({ port: 23, service: 'ssh', banner: 'SSH-2.0-x' })).toEqual({ use: 'ssh', by: 'service' });
  });
});

describe('encrypted twins', () => {
  it('do not count as clear-text services', () => {
    const open = [
      { port: 990, service: 'ftp', tls: true },
      { port: 993, service: 'imap', tls: true },
      { port: 143, service: 'imap', tls: false },
    ];
    const { view } = derive(scan({ open, closed: '22' }));
    expect(view.mailRetrieval?.map(({ port }) => port)).toEqual([143]);
    expect(view.ftp ?? []).toEqual([]);
  });
});

describe('the dossier', () => {
  const asked = '1-100';
  const closed = '1-21,23-79,81-100';
  const open = [
    { port: 22, service: 'ssh' },
    { port: 80, service: 'http' },
  ];

  it('Given declared services, then whatever else answers is undeclared', () => {
    const { view } = derive(scan({ asked, closed, open }), [{ port: 80 }]);
    expect(view.undeclared?.map(({ port }) => port)).toEqual([22]);
    expect(view.open?.map(({ declared }) => declared)).toEqual([false, true]);
  });

  it('Given no list of services, then null; given an empty one, then all is undeclared', () => {
    expect(derive(scan({ asked, closed, open })).view).toMatchObject({ undeclared: null, declared: null });
    expect(derive(scan({ asked, closed, open }), []).view.undeclared).toHaveLength(2);
  });

  it('Given a scan of little beside the declared ports, then "nothing else" is not said', () => {
    const { view, why } = derive(scan({ asked: '80,443', closed: '443', open: [{ port: 80 }] }), [{ port: 80 }]);
    expect(view).not.toHaveProperty('undeclared');
    expect(why).toMatchObject({ '/ports/undeclared': 'undecided' });
  });

  it('tells open, closed and silent declared services apart', () => {
    const { view, why } = derive(scan({ asked: '22,80,443', open, closed: '443' }), [
      { port: 80 },
      { port: 443, purpose: 'web' },
      { port: 25 },
      { port: 22 },
    ]);
    expect(view.declared).toEqual([
      { port: 80, open: true },
      { port: 443, purpose: 'web', open: false },
      { port: 25 },
      { port: 22, open: true },
    ]);
    expect(why).toMatchObject({ '/ports/declared/2/open': 'not-run' });
  });
});

describe('SSH greetings', () => {
  it.each([
    [
      { port: 22, service: 'ssh', banner: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n' },
      { port: 22, protocol: '2.0' },
    ],
    [
      { port: 22, service: 'ssh', banner: 'SSH-1.99-Cisco-1.25\n' },
      { port: 22, protocol: '1.99' },
    ],
    [
      { port: 22, service: 'ssh', extra: 'protocol 2.0' },
      { port: 22, protocol: '2.0' },
    ],
    [{ port: 22, service: 'ssh' }, { port: 22 }],
  ] satisfies readonly (readonly [OpenPort, object])[])('%j', (open, expected) => {
    const { view, why } = derive(scan({ open: [open] }));
    expect(view.sshGreetings).toEqual([expected]);
    expect('/ports/sshGreetings/0/protocol' in why).toBe(!('protocol' in expected));
  });
});

describe('for any facts', () => {
  const validate = new Ajv2020({ strict: false }).compile(portsView);
  const port = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.constantFrom(21, 22, 23, 80, 3306, 6379));
  const ranges = fc.oneof(
    fc.array(port, { maxLength: 5 }).map((ports) => ports.join(',')),
    fc.string(),
    fc.constant(everyCore),
  );
  const open = fc.record(
    {
      port,
      service: fc.oneof(fc.string(), fc.constantFrom('ssh', 'mysql', 'http')),
      banner: fc.string({ unit: 'binary' }),
      tls: fc.boolean(),
    },
    { requiredKeys: ['port'] },
  );
  const facts = fc.record({
    engine: fc.constantFrom('nmap' as const, 'connect' as const),
    asked: ranges,
    closed: ranges,
    silent: ranges,
    open: fc.array(open, { maxLength: 6 }),
  });

  it('derives a view that fits its schema, the same each time', () => {
    fc.assert(
      fc.property(
        facts,
        fc.option(fc.array(fc.record({ port }), { maxLength: 4 }), { nil: undefined }),
        (given, services) => {
          const derived = derivePorts(given, context(host(services)));
          expect(validate(derived.view), JSON.stringify(validate.errors)).toBe(true);
          expect(derivePorts(given, context(host(services)))).toEqual(derived);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads ranges as the ports they hold, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(port, fc.nat({ max: 50 })), { maxLength: 8 }), (spans) => {
        const listed = spans.map(([from, more]) => [from, Math.min(65_535, from + more)] as const);
        const set = portSet(listed.map(([from, to]) => `${from}-${to}`).join(','));
        const wanted = new Set(
          listed.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index)),
        );
        expect(set.size).toBe(wanted.size);
        for (const each of wanted) expect(set.has(each)).toBe(true);
        expect(set.has(0)).toBe(false);
      }),
    );
  });
});
