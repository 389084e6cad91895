import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeZone, serve, startNamed, type ZoneFile, type ZoneWish } from './bind.ts';
import { freePort } from './free-port.ts';
import type { RunningServer } from './process.ts';
import { startRelay, type Relay } from './relay.ts';

/** A small Internet of names on loopback: its own root, vn, gov.vn and children with chosen flaws, and a resolver. */
export type DnsLab = {
  readonly port: number;
  readonly resolver: { readonly address: string; readonly port: number };
  /** File of the root's DS, for `--dns-anchors`. */
  readonly anchors: string;
  /** The same as BIND's tools want it. */
  readonly bindAnchors: string;
  readonly folder: string;
  /** Address `n` of the lab. */
  readonly at: (n: number) => string;
  /** What came to all its addresses. */
  readonly heard: () => number;
  readonly stop: () => Promise<void>;
};

const port = 5453;
/** Signed with nothing amiss, by algorithm (RFC 8624 names). */
const sound = {
  tot: 'ECDSAP256SHA256',
  rsa256: 'RSASHA256',
  rsa512: 'RSASHA512',
  p384: 'ECDSAP384SHA384',
  ed25519: 'ED25519',
  ed448: 'ED448',
} as const;

/** Starts the lab on `net`.x, as `127.53.1`. */
export async function startDnsLab(net: string): Promise<DnsLab> {
  const folder = await mkdtemp(join(tmpdir(), 'rasoat-dns-'));
  const at = (n: number) => `${net}.${n}`;
  const running: RunningServer[] = [];
  const relays: Relay[] = [];
  const heard = () => relays.reduce((sum, relay) => sum + relay.heard(), 0);
  const stop = async () => {
    await Promise.all([...running, ...relays].map((one) => one.stop()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const good = await makeAll(folder, 'good', goodZones(at));
    const bad = await makeAll(folder, 'bad', badZones(at));
    const above = await upperZones(folder, at, [...good, ...bad]);
    const closed =
      'recursion no; allow-transfer { none; }; version "none"; minimal-responses yes; dnssec-validation no;';
    const root = above.find(({ origin }) => origin === '.');
    const hints = join(folder, 'hints');
    await writeFile(hints, `. 3600 IN NS ns.lab-root.\nns.lab-root. 3600 IN A ${at(1)}\n`);
    const start = async (name: string, numbers: readonly number[], options: string, zones: string) => {
      const listen = await freePort();
      running.push(await startNamed(join(folder, name), { listen, port, options, zones }));
      for (const n of numbers) relays.push(await startRelay(at(n), port, listen));
    };
    const hint = `zone "." { type hint; file "${hints}"; };`;
    const recursive = 'recursion yes; allow-recursion { any; }; allow-query-cache { any; }; dnssec-validation no;';
    await start('upper', [1, 2, 3], closed, above.map(serve).join('\n'));
    await start('good', [11, 12], closed, good.map(serve).join('\n'));
    await start('open', [21], `${recursive} allow-transfer { any; };`, `${bad.map(serve).join('\n')}\n${hint}`);
    await start('resolver', [53], recursive, hint);
    const anchors = join(folder, 'anchors.ds');
    await writeFile(anchors, `; the lab's own root\n${root?.ds ?? ''}`);
    const bindAnchors = join(folder, 'bind.keys');
    const [, , , tag, algorithm, type, ...digest] = (root?.ds ?? '').trim().split(/\s+/);
    await writeFile(
      bindAnchors,
      `trust-anchors { . static-ds ${tag ?? ''} ${algorithm ?? ''} ${type ?? ''} "${digest.join('')}"; };\n`,
    );
    return { port, resolver: { address: at(53), port }, anchors, bindAnchors, folder, at, heard, stop };
  } catch (error) {
    const logs = running.map((server) => server.log()).join('\n');
    await stop();
    throw new Error(`the DNS lab did not start: ${logs}`, { cause: error });
  }
}

/** One after the other: a failure then leaves nothing half written. */
async function makeAll(folder: string, group: string, wishes: readonly ZoneWish[]): Promise<readonly ZoneFile[]> {
  const made: ZoneFile[] = [];
  for (const wish of wishes) made.push(await makeZone(join(folder, group), wish));
  return made;
}

type At = (n: number) => string;

const two = (at: At) => ['@ IN NS ns1', '@ IN NS ns2', `ns1 IN A ${at(11)}`, `ns2 IN A ${at(12)}`];

function goodZones(at: At): readonly ZoneWish[] {
  const plain = ['www IN A 127.53.9.9', '@ IN A 127.53.9.9', '@ IN MX 10 mail', 'mail IN A 127.53.9.10'];
  const healthy = Object.entries(sound).map(([name, algorithm], index): ZoneWish => ({
    origin: `${name}.gov.vn`,
    lines: [
      ...two(at),
      ...plain,
      'ns1 IN AAAA 2001:db8:1::11',
      'ns2 IN AAAA 2001:db8:2::12',
      '@ IN CAA 0 issue "letsencrypt.org"',
      'a.b.c IN TXT "deep"',
      'alias IN CNAME www',
    ],
    // Half by NSEC, half by NSEC3 as RFC 9276 wants it.
    sign: { algorithm, args: index % 2 === 0 ? [] : ['-3', '-', '-H', '0'] },
  }));
  return [
    ...healthy,
    { origin: 'khongky.gov.vn', lines: [...two(at), ...plain] },
    { origin: 'xa.vn', lines: [...two(at), ...plain] },
    {
      origin: 'hethan.gov.vn',
      lines: [...two(at), ...plain],
      sign: { algorithm: 'ECDSAP256SHA256', args: ['-s', '20250101000000', '-e', '20250301000000'] },
    },
    {
      origin: 'chuatoi.gov.vn',
      lines: [...two(at), ...plain],
      sign: { algorithm: 'ECDSAP256SHA256', args: ['-s', '20400101000000', '-e', '20400301000000'] },
    },
    { origin: 'saids.gov.vn', lines: [...two(at), ...plain], sign: { algorithm: 'ECDSAP256SHA256', ds: 'wrong' } },
    {
      origin: 'daidien.gov.vn',
      lines: [...two(at), ...plain, '* IN A 127.53.9.9'],
      sign: { algorithm: 'ECDSAP256SHA256' },
    },
    {
      origin: 'daidien3.gov.vn',
      lines: [...two(at), ...plain, '* IN A 127.53.9.9'],
      sign: { algorithm: 'RSASHA256', args: ['-3', 'abcd', '-H', '5'] },
    },
    {
      origin: 'yeu.gov.vn',
      lines: [...two(at), ...plain],
      sign: { algorithm: 'NSEC3RSASHA1', args: ['-3', 'aabbccdd', '-H', '50', '-e', '+5d'], ds: 'sha1' },
    },
    {
      origin: 'treo.gov.vn',
      lines: [...two(at), '@ IN A 127.53.9.9', 'www IN CNAME cong-cu.azurewebsites.net.'],
      sign: { algorithm: 'ECDSAP256SHA256' },
    },
    { origin: 'vong.gov.vn', lines: [...two(at), 'www IN CNAME a', 'a IN CNAME b', 'b IN CNAME a'] },
    // Not known to the second server of its delegation, and with another serial there: see badZones.
    {
      origin: 'lech.gov.vn',
      lines: ['@ IN NS ns1', '@ IN NS ns2', `ns1 IN A ${at(11)}`, `ns2 IN A ${at(21)}`],
      serial: 7,
    },
  ];
}

function badZones(at: At): readonly ZoneWish[] {
  return [
    {
      origin: 'mo.gov.vn',
      lines: ['@ IN NS ns1', `ns1 IN A ${at(21)}`, `@ IN A 127.53.9.9`, 'www IN A 127.53.9.9', 'noi-bo IN A 10.1.2.3'],
    },
    {
      origin: 'que.gov.vn',
      lines: ['@ IN NS ns1', '@ IN NS ns2', `ns1 IN A ${at(21)}`, `ns2 IN A ${at(11)}`, '@ IN A 127.53.9.9'],
    },
    {
      origin: 'lech.gov.vn',
      lines: ['@ IN NS ns1', '@ IN NS ns2', `ns1 IN A ${at(11)}`, `ns2 IN A ${at(21)}`],
      serial: 5,
    },
  ];
}

async function upperZones(folder: string, at: At, children: readonly ZoneFile[]): Promise<readonly ZoneFile[]> {
  const unique = [...new Map(children.map((child) => [child.origin, child])).values()];
  const below = (parent: string) =>
    unique.filter(
      ({ origin }) => origin.endsWith(`.${parent}`) && origin.split('.').length === parent.split('.').length + 1,
    );
  const delegate = ({ origin, ds }: ZoneFile): readonly string[] => {
    const name = origin.split('.')[0] ?? '';
    const [first, second] = glue(name, at);
    return [
      `${name} IN NS ns1.${name}`,
      ...(name === 'mo' ? [] : [`${name} IN NS ${name === 'lech' ? 'ns3' : 'ns2'}.${name}`]),
      `ns1.${name} IN A ${first}`,
      ...(name === 'mo' ? [] : [`${name === 'lech' ? 'ns3' : 'ns2'}.${name} IN A ${second}`]),
      ds,
    ];
  };
  const gov = await makeZone(folder, {
    origin: 'gov.vn',
    lines: [
      '@ IN NS ns',
      `ns IN A ${at(3)}`,
      // Delegated to servers that know nothing of it.
      'chet IN NS ns1.chet',
      `ns1.chet IN A ${at(11)}`,
      ...below('gov.vn').flatMap(delegate),
    ],
    sign: { algorithm: 'ECDSAP256SHA256', args: ['-3', 'c0ffee', '-H', '3'] },
  });
  const vn = await makeZone(folder, {
    origin: 'vn',
    lines: [
      '@ IN NS ns',
      `ns IN A ${at(2)}`,
      'gov IN NS ns.gov',
      `ns.gov IN A ${at(3)}`,
      gov.ds,
      ...below('vn').flatMap(delegate),
    ],
    sign: { algorithm: 'RSASHA256', args: ['-3', '-', '-H', '0', '-A'] },
  });
  const root = await makeZone(folder, {
    origin: '.',
    lines: ['@ IN NS ns.lab-root.', `ns.lab-root. IN A ${at(1)}`, 'vn. IN NS ns.vn.', `ns.vn. IN A ${at(2)}`, vn.ds],
    sign: { algorithm: 'RSASHA256' },
  });
  return [root, vn, gov];
}

function glue(name: string, at: At): readonly [string, string] {
  if (name === 'mo') return [at(21), at(21)];
  if (name === 'que') return [at(21), at(11)];
  return name === 'lech' ? [at(11), at(21)] : [at(11), at(12)];
}
