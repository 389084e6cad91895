import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askName } from '../../../src/probe/dns/ask-name.ts';
import { createDnsResolver } from '../../../src/probe/dns/resolver.ts';
import { makeZone, serve, startNamed } from '../../servers/bind.ts';
import { freePort } from '../../servers/free-port.ts';
import type { RunningServer } from '../../servers/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasoat-ask-name-'));
let named: RunningServer;
let port: number;

beforeAll(async () => {
  const lines = [
    '@ IN NS ns',
    'ns IN A 127.0.0.1',
    'hai IN AAAA 2001:db8::7',
    'hai IN A 192.0.2.9',
    'hai IN A 192.0.2.10',
  ];
  const zone = await makeZone(folder, {
    origin: 'kin.test',
    lines: [...lines, 'bi-danh IN CNAME hai', 'thu IN MX 10 hai', 'vong IN CNAME tron', 'tron IN CNAME vong'],
  });
  port = await freePort();
  const options = 'recursion no; dnssec-validation no;';
  named = await startNamed(join(folder, 'named'), { listen: port, port, options, zones: serve(zone) });
});
afterAll(async () => {
  await named.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (name: string) =>
  askName(createDnsResolver([{ address: '127.0.0.1', port }]), name, new AbortController().signal);

it('gives the addresses of both families that a name or its alias has, or why there are none', async () => {
  const both = await ask('bi-danh.kin.test');
  expect(both.ok && [...both.addresses].sort()).toEqual(['192.0.2.10', '192.0.2.9', '2001:db8::7']);
  for (const name of ['khong.kin.test', 'thu.kin.test'])
    expect(await ask(name)).toMatchObject({ ok: false, absent: true, failure: { code: 'dns' } });
  expect(await ask('vong.kin.test')).toMatchObject({ ok: false, absent: false });
  // Not a name of this server.
  expect(await ask('khac.example')).toMatchObject({ ok: false, absent: false, failure: { code: 'dns' } });
});

it('takes a resolver that fails over IPv6 alone to have none, and a stop for a stop', async () => {
  const resolver = createDnsResolver([{ address: '127.0.0.1', port }]);
  const old: Pick<typeof resolver, 'ask'> = {
    ask: async (name, type, signal) => {
      const answer = await resolver.ask(name, type, signal);
      return type === 'AAAA' ? { ...answer, rcode: 'SERVFAIL', answers: [] } : answer;
    },
  };
  const found = await askName(old, 'hai.kin.test', new AbortController().signal);
  expect(found.ok && [...found.addresses].sort()).toEqual(['192.0.2.10', '192.0.2.9']);
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(askName(resolver, 'hai.kin.test', stopped)).rejects.toThrow('stopped');
});
