import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivePorts, portsView } from '../../../src/judge/view/ports.ts';
import { describeUdp } from '../../../src/judge/view/udp-services.ts';
import type { PortsFacts } from '../../../src/model/facts/ports.ts';
import type { UdpFacts } from '../../../src/model/facts/udp.ts';
import { failure } from '../../../src/model/failure.ts';
import { context, host } from './given.ts';

const all = '53,123,161,500,623';
const udp = (rest: Partial<UdpFacts>): UdpFacts => ({ asked: all, open: [], closed: '', silent: '', ...rest });
const why = (facts: UdpFacts, alive = false) =>
  Object.fromEntries(describeUdp(facts, alive).unseen.map(({ at, failure: { code } }) => [at, code]));

describe('services over UDP', () => {
  it('Given an observation older than the question, then nothing is said of them', () => {
    expect(describeUdp(undefined, true)).toEqual({ view: {}, unseen: [] });
  });

  it('Given ports that are closed, then nothing is there', () => {
    expect(describeUdp(udp({ closed: all }), false).view).toEqual({
      snmpServices: [],
      ntpServices: [],
      ikeServices: [],
      ipmiServices: [],
    });
  });

  it('Given silence everywhere, TCP too, then nothing is known', () => {
    expect(describeUdp(udp({ silent: all }), false).view).toEqual({});
    expect(why(udp({ silent: all }))).toMatchObject({
      '/ports/snmpServices': 'timeout',
      '/ports/ipmiServices': 'timeout',
    });
  });

  it('Given silence on a host that answered, over TCP or UDP, then nothing is there', () => {
    expect(describeUdp(udp({ silent: all }), true).view.ipmiServices).toEqual([]);
    expect(describeUdp(udp({ silent: '53,123,161,500', closed: '623' }), false).view.snmpServices).toEqual([]);
  });

  it('Given a port that no document permits, then it stays open, and the others are told', () => {
    const facts = udp({ asked: '161', closed: '161' });
    expect(describeUdp(facts, true).view).toEqual({ snmpServices: [] });
    expect(why(facts)['/ports/ipmiServices']).toBe('not-permitted');
  });

  it('Given a hindrance, then it is the reason', () => {
    const facts = udp({ asked: '', hindrance: failure('tool-missing', 'no nmap') });
    expect(Object.values(why(facts, true))).toEqual(Array(4).fill('tool-missing'));
  });

  it('Given a port that the network calls unreachable, then it is not taken for closed', () => {
    expect(why(udp({}), true)['/ports/ntpServices']).toBe('unreachable');
  });

  it.each([
    [{ v1: false, v2c: true, tries: 2 }, true],
    [{ v1: true, v2c: false, tries: 2 }, true],
    [{ v1: false, v2c: false, tries: 2 }, false],
  ])('Given an agent with %j, then it answers public: %s', (snmpPublic, answersPublic) => {
    const { view } = describeUdp(udp({ open: [{ port: 161 }], snmpPublic }), false);
    expect(view.snmpServices).toEqual([{ port: 161, answersPublic }]);
  });

  const ipmi = { authTypes: ['md5' as const], v2: true, anonymousLogin: false, nullUsers: true };
  it.each([
    [
      { ...ipmi, cipherSuites: [3, 17] },
      { withoutLogin: false, cipherZero: false },
    ],
    [
      { ...ipmi, cipherSuites: [0, 3] },
      { withoutLogin: false, cipherZero: true },
    ],
    [{ ...ipmi, authTypes: ['none' as const] }, { withoutLogin: true }],
    [
      { ...ipmi, anonymousLogin: true, cipherSuites: [] },
      { withoutLogin: true, cipherZero: false },
    ],
    [
      { ...ipmi, v2: false },
      { withoutLogin: false, cipherZero: false },
    ],
  ])('Given a controller with %j, then %j', (told, expected) => {
    const facts = udp({ open: [{ port: 623 }], ipmi: told });
    expect(describeUdp(facts, false).view.ipmiServices).toEqual([{ port: 623, ...expected }]);
    expect(why(facts)['/ports/ipmiServices/0/cipherZero']).toBe('cipherZero' in expected ? undefined : 'undecided');
  });

  it('Given anything that fits the facts, then the view fits its schema and each list is told or has its reason', () => {
    const ports = fc.subarray([53, 123, 161, 500, 623]);
    const valid = new Ajv2020({ allowUnionTypes: true }).compile(portsView);
    const tcp: PortsFacts = { engine: 'connect', asked: '22', open: [], closed: '22', silent: '' };
    fc.assert(
      fc.property(ports, ports, ports, fc.boolean(), (asked, open, silent, answered) => {
        const facts = udp({ asked: asked.join(','), open: open.map((port) => ({ port })), silent: silent.join(',') });
        const scan = answered ? { ...tcp, udp: facts } : { ...tcp, closed: '', silent: '22', udp: facts };
        const { view, unseen } = derivePorts(scan, context(host()));
        expect(valid(view)).toBe(true);
        for (const key of ['snmpServices', 'ntpServices', 'ikeServices', 'ipmiServices'] as const)
          expect(key in view).toBe(!unseen.some(({ at }) => at === `/ports/${key}`));
      }),
    );
  });
});
