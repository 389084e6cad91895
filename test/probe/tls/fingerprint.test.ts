import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TlsFacts } from '../../../src/model/facts/tls.ts';
import { createTlsProbe } from '../../../src/probe/tls/probe.ts';
import { startServer, type RunningServer } from '../../servers/process.ts';
import { makeCertificates, type LabCertificates } from '../../servers/tls-certificates.ts';
import { nginxTls, onAddress } from '../../servers/tls-configs.ts';
import { alert, readHello, serverHello, startFake } from '../../servers/tls-fake.ts';
import { labDirectory, startNginx } from '../../servers/tls-lab.ts';
import { openWire, serviceTarget } from '../../servers/tls-wire.ts';

const address = '127.0.63.1';
const probe = createTlsProbe({ deep: false, verify: false, answerMs: 1000 });

let directory: Awaited<ReturnType<typeof labDirectory>>;
let certificates: LabCertificates;
let renewed: LabCertificates;
let again: Awaited<ReturnType<typeof labDirectory>>;

beforeAll(async () => {
  [directory, again] = [await labDirectory(), await labDirectory()];
  certificates = await makeCertificates(directory.path);
  renewed = await makeCertificates(again.path);
});

afterAll(async () => {
  await directory.remove();
  await again.remove();
});

async function look(limits = { connections: 8, perSecond: 1_000_000 }, port = 443): Promise<TlsFacts['fingerprint']> {
  const target = serviceTarget(address, port, 'lab.test');
  const facts = await probe.observe({ target, wire: openWire(limits), signal: AbortSignal.timeout(30_000) });
  return facts.fingerprint;
}

/** What a server with these directives shows, twice within one start. */
async function shown(directives: readonly string[]): Promise<NonNullable<TlsFacts['fingerprint']>> {
  const nginx = await startNginx({ dir: directory.path, servers: [onAddress(address, directives)] });
  try {
    const first = await look();
    if (first === undefined) throw new Error('no fingerprint');
    expect(await look()).toEqual(first);
    return first;
  } finally {
    await nginx.stop();
  }
}

const digits = ({ value }: { value: string }) => value.split(':').slice(1);

describe('the fingerprint of nginx', () => {
  const usual = () => nginxTls.intermediate(certificates.rsa, certificates.ec);

  it('stays through a restart with new ticket keys, and through renewed certificates', async () => {
    const first = await shown(usual());
    expect(first.value).toMatch(/^rs1:[0-9a-f]{32}:[0-9a-f]{16}$/);
    expect(await shown(usual())).toEqual(first);
    expect(await shown(nginxTls.intermediate(renewed.rsa, renewed.ec))).toEqual(first);
  });

  it('is the same within every limit, lanes or not', async () => {
    const nginx = await startNginx({ dir: directory.path, servers: [onAddress(address, usual())] });
    try {
      const narrow = await look({ connections: 1, perSecond: 1_000_000 });
      expect(narrow).toBeDefined();
      expect(await look({ connections: 64, perSecond: 1_000_000 })).toEqual(narrow);
    } finally {
      await nginx.stop();
    }
  });

  it('changes with the suites alone in its second part', async () => {
    const [behaviour, suites] = digits(await shown(usual()));
    const fewer = usual().map((line) => line.replace(':ECDHE-RSA-CHACHA20-POLY1305', ''));
    const [sameBehaviour, otherSuites] = digits(await shown(fewer));
    expect(sameBehaviour).toBe(behaviour);
    expect(otherSuites).not.toBe(suites);
  });

  it.each([
    ['who decides', 'ssl_prefer_server_ciphers off', 'ssl_prefer_server_ciphers on', /order server/],
    ['tickets', 'ssl_prefer_server_ciphers off', 'ssl_session_tickets off', /^TLSv1\.2 (?!.*-35)/m],
    ['the curves', 'ssl_prefer_server_ciphers off', 'ssl_ecdh_curve secp384r1', /TLSv1\.3 .*group 0018/],
    ['the versions', 'ssl_protocols TLSv1.2 TLSv1.3', 'ssl_protocols TLSv1.2', /TLSv1\.3 alert 70/],
  ])('changes with %s, and says how', async (_what, line, other, part) => {
    const first = await shown(usual());
    const second = await shown(usual().map((each) => (each === line ? other : each)));
    expect(digits(second)[0]).not.toBe(digits(first)[0]);
    expect(second.parts.join('\n')).toMatch(part);
    expect(first.parts.join('\n')).not.toMatch(part);
  });

  it('is another for another program with the same library', async () => {
    const { rsa } = certificates;
    const first = await shown(nginxTls.intermediate(rsa));
    const keys = ['-cert', rsa.chain, '-key', rsa.key];
    const server: RunningServer = await startServer(
      'openssl',
      ['s_server', '-accept', `${address}:443`, '-www', '-quiet', ...keys],
      [{ host: address, port: 443 }],
    );
    try {
      expect(digits((await look()) ?? first)[0]).not.toBe(digits(first)[0]);
    } finally {
      await server.stop();
    }
  });
});

it('JARM is asked for on demand alone, and costs ten connections', async () => {
  const servers = [onAddress(address, nginxTls.modern(certificates.ec))];
  const nginx = await startNginx({ dir: directory.path, servers });
  try {
    const ask = async (jarm: boolean) => {
      const wire = openWire();
      const target = serviceTarget(address, 443, 'lab.test');
      const one = createTlsProbe({ verify: false, jarm });
      const facts = await one.observe({ target, wire, signal: AbortSignal.timeout(30_000) });
      return { jarm: facts.jarm, connections: wire.costs()[0]?.connections ?? 0 };
    };
    const [without, first, second] = [await ask(false), await ask(true), await ask(true)];
    expect(without.jarm).toBeUndefined();
    expect(first.jarm).toMatch(/^[0-9a-f]{62}$/);
    expect(second.jarm).toBe(first.jarm);
    expect(first.connections).toBe(without.connections + 10);
  } finally {
    await nginx.stop();
  }
});

it('there is none where a version gave no answer, so that load never looks like a change', async () => {
  const fake = await startFake(address, 8443, (first) => {
    if (first[0] !== 22) return 'close';
    const hello = readHello(first);
    if (hello.version === 0x0301) return 'silence';
    if (hello.version !== 0x0303) return alert(70);
    return hello.suites.includes(0x009c) ? serverHello(0x0303, 0x009c) : alert(40);
  });
  try {
    expect(await look(undefined, 8443)).toBeUndefined();
  } finally {
    await fake.stop();
  }
});
