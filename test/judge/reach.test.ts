import { describe, expect, it } from 'vitest';
import { reachOf } from '../../src/judge/reach.ts';
import type { PortsFacts } from '../../src/model/facts/ports.ts';
import { failure } from '../../src/model/failure.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Target } from '../../src/model/target.ts';
import { host, web } from './view/given.ts';

const common = { target: 'x', zone: 'internet', at: '2026-06-01T00:00:00.000Z', ms: 1, probe: 'x/1' } as const;
const scan = (facts: Partial<PortsFacts>): Observation => ({
  ...common,
  kind: 'ports',
  ok: true,
  facts: { engine: 'connect', asked: '1-200', open: [], closed: '', silent: '', ...facts },
});
const service: Target = { ...host(), kind: 'service', port: 993 };

describe('how a port looked from one zone', () => {
  it('Given a scan, then what is silent is filtered, and what was not asked or only half is untold', () => {
    const reached = reachOf(scan({ open: [{ port: 22 }], closed: '23', silent: '24' }), host());
    const ports = [22, 23, 24, 25, 3306].map((port) => reached?.stateOf(`tcp/${port}`));
    expect(ports).toEqual(['open', 'closed', 'filtered', 'untold', 'untold']);
  });

  it('Given silence everywhere, or a filter that answers for all, then nothing is told', () => {
    expect(reachOf(scan({ silent: '1-200' }), host())?.stateOf('tcp/22')).toBe('untold');
    const everything = Array.from({ length: 150 }, (_, index) => ({ port: index + 1 }));
    const reached = reachOf(scan({ open: everything }), host());
    expect([reached?.stateOf('tcp/22'), reached?.open.size]).toEqual(['untold', 0]);
  });

  it('Given UDP, then it is told apart from TCP', () => {
    const udp = { asked: '123,161', open: [{ port: 161, service: 'snmp' as const }], closed: '', silent: '123' };
    const reached = reachOf(scan({ closed: '161', udp }), host());
    expect(['udp/161', 'tcp/161', 'udp/123'].map((key) => reached?.stateOf(key as 'udp/161'))).toEqual([
      'open',
      'closed',
      'filtered',
    ]);
    expect([...(reached?.open ?? [])]).toEqual([['udp/161', 'snmp']]);
  });

  it.each([
    ['refused', 'closed'],
    ['tls', 'open'],
    ['protocol', 'open'],
    ['timeout', 'untold'],
    ['not-permitted', 'untold'],
    ['dns', 'untold'],
  ] as const)('Given a TLS look that ended in %s, then the port is %s', (code, state) => {
    const seen: Observation = { ...common, kind: 'tls', ok: false, failure: failure(code, 'x') };
    expect(reachOf(seen, service)?.stateOf('tcp/993')).toBe(state);
    expect(reachOf(seen, service)?.stateOf('tcp/22')).toBe('untold');
  });

  it('Given a scan that failed, or a look at no port, then there is nothing to compare', () => {
    expect(reachOf({ ...common, kind: 'ports', ok: false, failure: failure('timeout', 'x') }, host())).toBeUndefined();
    expect(reachOf({ ...common, kind: 'software', ok: true, facts: { items: [] } }, web())).toBeUndefined();
  });
});
