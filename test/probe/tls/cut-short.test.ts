import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, describe, expect, it } from 'vitest';
import { compileChecks } from '../../../src/judge/compile.ts';
import { judgeTarget } from '../../../src/judge/judge.ts';
import { readChecks } from '../../../src/judge/read.ts';
import { tlsFacts, type TlsFacts } from '../../../src/model/facts/tls.ts';
import { packageRoot } from '../../../src/model/package-root.ts';
import { createTlsProbe } from '../../../src/probe/tls/probe.ts';
import { makeCertificates } from '../../servers/tls-certificates.ts';
import { nginxTls, onAddress } from '../../servers/tls-configs.ts';
import { alert, readHello, serverHello, startFake, type Reaction } from '../../servers/tls-fake.ts';
import { labDirectory, startNginx } from '../../servers/tls-lab.ts';
import { openWire, serviceTarget } from '../../servers/tls-wire.ts';

const address = '127.0.63.3';
const port = 8443;
const probe = createTlsProbe({ verify: false, answerMs: 200 });

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const look = (signal = AbortSignal.timeout(30_000)) =>
  probe.observe({ target: serviceTarget(address, port, 'lab.test'), wire: openWire(), signal });

/** Answers some first questions and then does as `then` says. */
async function given(answered: number, then: () => Reaction): Promise<TlsFacts> {
  const fake = await startFake(address, port, (first, _socket, connection) => {
    if (connection > answered) return then();
    if (first[0] !== 22) return 'close';
    const { version, suites } = readHello(first);
    if (version !== 0x0303) return alert(70);
    return suites.includes(0x009c) ? serverHello(0x0303, 0x009c) : alert(40);
  });
  stops.push(fake.stop);
  return look();
}

describe('a service that vanishes after its first answers', () => {
  it('is marked by the questions without an answer when it falls silent', async () => {
    const { protocols, cutShort } = await given(4, () => 'silence');
    expect(protocols['TLSv1.2']?.offered).toBe(true);
    expect(cutShort).toEqual([{ code: 'timeout', questions: expect.any(Number) as number }]);
    expect(cutShort?.[0]?.questions).toBeGreaterThan(3);
  });

  it('is marked by them when its port closes', async () => {
    const facts = await given(4, () => {
      void stops.pop()?.();
      return 'reset';
    });
    expect(facts.cutShort?.find(({ code }) => code === 'refused')?.questions).toBeGreaterThan(3);
  });

  it('is marked when the run ends first', async () => {
    const stop = new AbortController();
    const stopNow = () => {
      stop.abort(new Error('stopped'));
    };
    let heard = 0;
    const fake = await startFake(address, port, (first) => {
      heard += 1;
      if (heard > 4) setTimeout(stopNow, 10);
      if (first[0] !== 22) return 'close';
      const { version } = readHello(first);
      return version === 0x0303 ? (heard > 4 ? 'silence' : serverHello(0x0303, 0x009c)) : alert(70);
    });
    stops.push(fake.stop);
    const { cutShort } = await look(stop.signal);
    expect(cutShort?.map(({ code }) => code)).toContain('not-run');
  });

  it('is not observed where it did not speak, and the cause says how much is missing', async () => {
    const { findings } = await judged(await given(4, () => 'silence'));
    const causes = findings.flatMap(({ outcome, cause }) =>
      outcome === 'not-observed' ? [cause?.failure.detail ?? ''] : [],
    );
    expect(causes.length).toBeGreaterThan(5);
    expect(causes.every((detail) => /\d+ questions got no answer \(timeout \d+\)/.test(detail))).toBe(true);
  });
});

/** By every check of TLS, as an observation of this probe or of an earlier one. */
async function judged(facts: TlsFacts, by = probe.id) {
  const checks = compileChecks(await readChecks([fileURLToPath(new URL('checks/tls/', packageRoot))]));
  const target = serviceTarget(address, port, 'lab.test');
  const head = { target: target.key, zone: 'lab', at: '2026-11-22T08:00:00.000Z', ms: 1, probe: by, ok: true } as const;
  const observations = [{ ...head, kind: 'tls', facts } as const];
  return { findings: judgeTarget(checks, { target, observations, kinds: ['tls'], reference: {} }) };
}

it('what tls/1 stored is read and judged as it was', async () => {
  const facts = await given(1000, () => 'silence');
  const { fingerprint, cutShort, ...common } = facts;
  expect(fingerprint).toBeDefined();
  expect(cutShort).toBeUndefined();
  const old = { ...common, jarm: '2'.repeat(62) };
  expect(new Ajv2020({ discriminator: true }).validate(tlsFacts, old)).toBe(true);
  expect((await judged(old, 'tls/1')).findings).toEqual((await judged(facts)).findings);
});

it('a whole look leaves no mark', async () => {
  const directory = await labDirectory();
  try {
    const { rsa } = await makeCertificates(directory.path);
    const nginx = await startNginx({
      dir: directory.path,
      servers: [onAddress(address, nginxTls.intermediate(rsa))],
    });
    stops.push(nginx.stop);
    const target = serviceTarget(address, 443, 'lab.test');
    const facts = await createTlsProbe().observe({ target, wire: openWire(), signal: AbortSignal.timeout(30_000) });
    expect(facts).not.toHaveProperty('cutShort');
    expect(facts).not.toHaveProperty('jarm');
  } finally {
    for (const stop of stops.splice(0)) await stop();
    await directory.remove();
  }
});
