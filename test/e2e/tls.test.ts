import { writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startListener } from '../servers/hostile.ts';
import { makeCertificates } from '../servers/tls-certificates.ts';
import { nginxTls } from '../servers/tls-configs.ts';
import { startNginx } from '../servers/tls-lab.ts';
import type { RunningServer } from '../servers/process.ts';
import { rasoat, rasoatHere, scratch } from './cli.ts';
import { sketchInventory } from './inventory.ts';

type Published = {
  readonly host: string;
  readonly address: string;
  readonly protocols?: readonly {
    readonly name: string;
    readonly suites: readonly { readonly name: string; readonly code: string }[];
  }[];
  readonly groups?: readonly { readonly name: string }[];
  readonly certificates?: readonly {
    readonly names: readonly string[];
    readonly position: number;
    readonly sha256: string;
  }[];
  readonly weaknesses?: readonly { readonly id: string; readonly present: boolean | null }[];
  readonly findings?: readonly { readonly check: string; readonly outcome: string }[];
  readonly trust?: readonly { readonly store: string; readonly trusted: boolean }[];
  readonly connections: number;
  readonly bytes: number;
  readonly ms: number;
  readonly peakPerSecond: number;
  readonly failure?: { readonly code: string };
};

const folder = scratch();
const roots = scratch();
const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
const port = 8443;
const fast = ['--limits', '16,1000'];
let nginx: RunningServer;
let mute: Awaited<ReturnType<typeof startListener>>;

beforeAll(async () => {
  const { rsa, ec, root } = await makeCertificates(folder.path);
  writeFileSync(roots.file('lab-root.pem'), root);
  const listen = (...hosts: string[]) => hosts.map((host) => ({ host, port }));
  nginx = await startNginx({
    dir: folder.path,
    servers: [
      { listen: listen('127.0.78.1', ...(hasIpv6 ? ['[::1]'] : [])), directives: nginxTls.intermediate(rsa, ec) },
      { listen: listen('127.0.78.2'), directives: nginxTls.old(rsa) },
    ],
  });
  mute = await startListener('127.0.78.9', undefined, port);
  const system = {
    id: 'he-thong',
    endpoints: [{ kind: 'host', host: 'portal.test', addresses: ['127.0.78.1', '127.0.78.2'] }],
  };
  const write = (name: string, authorisation: Record<string, unknown>, scope: Record<string, unknown>) => {
    writeFileSync(folder.file(name), sketchInventory([system], authorisation, scope));
  };
  write('wide.yaml', {}, { networks: ['127.0.78.1', '127.0.78.2'] });
  write('slow.yaml', { limits: { connections: 1, perSecond: 5 } }, { networks: ['127.0.78.1', '127.0.78.2'] });
  write('named.yaml', {}, { domains: ['portal.test'] });
});

afterAll(async () => {
  await nginx.stop();
  await mute.close();
  folder.remove();
  roots.remove();
});

async function json(
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly addresses: readonly Published[] }> {
  const { code, out, err } = await rasoatHere(['tls', ...args, '--json']);
  if (out === '') throw new Error(err);
  return {
    code,
    addresses: out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Published),
  };
}

describe('rasoat tls, what it may contact', () => {
  it.each([
    [['192.0.2.1'], /no authorisation/],
    [['localhost'], /no authorisation/],
    [['dichvu.tinh.example'], /no authorisation/],
    [['[2001:db8::1]:443'], /no authorisation/],
    [['127.0.78.9:8443', '--authorisation', 'wide.yaml'], /no document permits it now \(no-authorisation\)/],
    [['127.0.78.9:8443', '--sni', 'portal.test', '--authorisation', 'named.yaml'], /no document permits/],
    [['other.test', '--authorisation', 'named.yaml'], /no document permits/],
    [['127.0.78.9:8443', '--authorisation', 'no-such.yaml'], /no-such\.yaml/],
    [['127.0.78.9:0'], /port "0" is not valid/],
    [['https://127.0.78.9/'], /cannot read/],
    [['127.0.78.9:8443', '--limits', '65,1'], /invalid value/],
    [['127.0.78.9:8443', '--starttls', 'gopher'], /invalid value/],
    [['127.0.78.9:8443', '--trust', '/no/such'], /root certificates cannot be read/],
    [[], /missing argument/],
  ])('%j: exit 2, one clear error, no packet', async (args, complaint) => {
    const placed = args.map((arg) => (arg.endsWith('.yaml') ? folder.file(arg) : arg));
    const { code, out, err } = await rasoat(['tls', ...placed]);
    expect(code).toBe(2);
    expect(err).toMatch(complaint);
    expect(err).not.toContain('    at ');
    expect(out).toBe('');
    expect(mute.calls()).toBe(0);
  });
});

describe('rasoat tls --json', () => {
  it('publishes what one host offers, and what it was made to bear', async () => {
    const { code, addresses } = await json([`127.0.78.1:${port}`, '--sni', 'lab.test', '--trust', roots.path, ...fast]);
    expect(addresses).toHaveLength(1);
    const [seen] = addresses;
    expect(seen?.protocols?.map(({ name }) => name)).toEqual(['TLSv1.2', 'TLSv1.3']);
    expect(seen?.protocols?.[1]?.suites.map(({ code: point }) => point).sort()).toEqual(['0x1301', '0x1302', '0x1303']);
    expect(seen?.protocols?.[0]?.suites).toContainEqual({
      name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      code: '0xC02F',
    });
    expect(seen?.groups?.map(({ name }) => name)).toContain('x25519');
    expect(seen?.certificates?.filter(({ position }) => position === 0)).toHaveLength(2);
    expect(seen?.certificates?.[0]?.names).toContain('lab.test');
    expect(seen?.weaknesses?.find(({ id }) => id === 'rc4')?.present).toBe(false);
    expect(seen?.connections).toBeGreaterThan(10);
    expect(seen?.connections).toBeLessThanOrEqual(80);
    expect(seen?.bytes).toBeGreaterThan(5000);
    expect(seen?.ms).toBeGreaterThan(10);
    const fails = seen?.findings?.filter(({ outcome }) => outcome === 'fail') ?? [];
    expect(code).toBe(fails.length > 0 ? 1 : 0);
    expect(fails.map(({ check }) => check)).not.toContain('cert-trusted');
    expect(fails.map(({ check }) => check)).not.toContain('tls-protocols');
  });

  it('keeps the default manners: ten a second, evenly', async () => {
    const { addresses } = await json([`127.0.78.1:${port}`, '--quick']);
    const [seen] = addresses;
    expect(seen?.peakPerSecond).toBeLessThanOrEqual(11);
    expect(seen?.connections).toBeLessThan(30);
    expect(seen?.ms ?? 0).toBeGreaterThan(((seen?.connections ?? 0) - 2) * 90);
  });

  it('never asks for more than the authorisation allows', async () => {
    const { addresses } = await json([
      `127.0.78.1:${port}`,
      '--quick',
      '--authorisation',
      folder.file('slow.yaml'),
      ...fast,
    ]);
    expect(addresses[0]?.peakPerSecond).toBeLessThanOrEqual(6);
  });

  it('judges every address of a name apart, worst first', async () => {
    const { code, addresses } = await json([
      `portal.test:${port}`,
      '--authorisation',
      folder.file('wide.yaml'),
      '--quick',
    ]);
    expect(code).toBe(1);
    expect(addresses.map(({ host, address }) => `${host} ${address}`)).toEqual([
      'portal.test 127.0.78.2',
      'portal.test 127.0.78.1',
    ]);
    expect(addresses[0]?.protocols?.map(({ name }) => name)).toContain('TLSv1.0');
    expect(addresses[0]?.weaknesses?.find(({ id }) => id === 'beast')?.present).toBe(true);
    expect(addresses[1]?.weaknesses?.find(({ id }) => id === 'beast')?.present).toBe(false);
  });

  it('says why nothing was seen, with exit code 3', async () => {
    const { code, addresses } = await json(['127.0.78.1:9', ...fast]);
    expect(code).toBe(3);
    expect(addresses[0]?.failure?.code).toBe('refused');
    expect(addresses[0]?.connections).toBeGreaterThan(0);
    expect(addresses[0]?.protocols).toBeUndefined();
  });

  it.runIf(hasIpv6)('reads IPv6 loopback', async () => {
    const { addresses } = await json([`[::1]:${port}`, '--quick', ...fast]);
    expect(addresses[0]?.address).toBe('::1');
    expect(addresses[0]?.protocols?.map(({ name }) => name)).toEqual(['TLSv1.2', 'TLSv1.3']);
  });
});

describe('rasoat tls at a terminal', () => {
  it('answers first, in both languages, and explains when asked', async () => {
    const args = ['tls', `127.0.78.2:${port}`, '--quick', ...fast];
    const [english, vietnamese] = await Promise.all([
      rasoat([...args, '--explain']),
      rasoat([...args, '--lang', 'vi'], { RASOAT_LANG: '' }),
    ]);
    expect(english.code).toBe(1);
    expect(english.out).toMatch(/^127\.0\.78\.2:8443\n.*\n▲ \d+ of \d+ checks fail/);
    expect(english.out).toMatch(/▲ TLS 1\.0 {2}accepted/);
    expect(english.out).toContain('Deprecated since 2021 (RFC 8996)');
    expect(english.out).toMatch(/△ 002F {2}TLS_RSA_WITH_AES_128_CBC_SHA +128 {2}static key, CBC/);
    expect(english.out).toMatch(/\d+ connections, \d+ kB, [\d.]+ s, at most \d+ new a second/);
    expect(vietnamese.out).toMatch(/▲ TLS 1\.0 {2}chấp nhận/);
    expect(vietnamese.out).toMatch(/▲ \d+ trong \d+ nội dung kiểm tra không đạt/);
    expect(vietnamese.out).not.toContain('Bỏ từ năm 2021');
  });

  it('says in words why nothing was seen', async () => {
    const { code, out } = await rasoat(['tls', '127.0.78.1:9']);
    expect(code).toBe(3);
    expect(out).toMatch(/◌ Nothing was observed\n {2}The port refused the connection/);
  });
});
