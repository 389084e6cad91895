import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTlsProbe } from '../../../../src/probe/tls/probe.ts';
import { makeCertificates } from '../../../servers/tls-certificates.ts';
import { labDirectory } from '../../../servers/tls-lab.ts';
import { openWire, serviceTarget } from '../../../servers/tls-wire.ts';
import { blindnesses, type Blindness } from './blindness.ts';
import { compare } from './compare.ts';
import { configurations } from './configurations.ts';
import { makeDhParameters, startAll, type Served } from './start.ts';

let directory: Awaited<ReturnType<typeof labDirectory>>;
let running: Awaited<ReturnType<typeof startAll>>;
const explained = new Map<Blindness, number>();

// The ids are known before the certificates are: `it.each` wants them when the file is read.
const path = { chain: '', key: '' };
const ids = configurations('', {
  ...{ root: '', rsa: path, ec: path, ed25519: path, expired: path, selfSigned: path, incomplete: path },
}).map(({ id }) => id);

beforeAll(async () => {
  directory = await labDirectory();
  const certificates = await makeCertificates(directory.path);
  await makeDhParameters(directory.path);
  running = await startAll(directory.path, configurations(directory.path, certificates));
});

afterAll(async () => {
  await running.stop();
  await directory.remove();
});

async function observe({ address, port }: Served) {
  const wire = openWire();
  const probe = createTlsProbe({ deep: false, verify: false });
  const target = serviceTarget(address, port, 'lab.test');
  return probe.observe({ target, wire, signal: new AbortController().signal });
}

describe('the suites of every version are the union of what nmap and sslscan find', () => {
  it.each(ids)('at %s', async (id) => {
    const served = running.served.find((one) => one.id === id);
    if (served === undefined) throw new Error(`${id} is not served`);
    const facts = await observe(served);
    const found = await compare(id, facts, served.address, served.port);
    for (const [blindness, count] of found.explained) explained.set(blindness, (explained.get(blindness) ?? 0) + count);
    expect(found.suites).toBeGreaterThan(0);
    expect(found.missed).toEqual([]);
    expect(found.unexplained).toEqual([]);
    for (const protocol of Object.values(facts.protocols)) if (protocol.offered) expect(protocol.complete).toBe(true);
  });

  it('and every blindness that is named is still one', () => {
    const shown = blindnesses.filter(({ inLabAlone }) => inLabAlone !== true);
    expect(shown.filter((blindness) => !explained.has(blindness))).toEqual([]);
  });
});
