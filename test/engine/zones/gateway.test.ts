import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { protocolVersion } from '../../../src/engine/zones/protocol.ts';
import { watchZoneSettings } from '../../../src/engine/zones/zone-settings.ts';
import { signRequest } from '../../../src/keys/authority.ts';
import { DeskAway } from '../../../src/model/desk.ts';
import { about, startGatewayLab } from './gateway-lab.ts';

const run = promisify(execFile);
const lab = await startGatewayLab('127.81.2.1');
const { host, folder, settingsFile, gateway, one, other, heard, refused, enrol, ask, centreFor } = lab;
afterAll(lab.stop);

describe('certificates', () => {
  it('are what openssl makes of them', async () => {
    const verified = await run('openssl', [
      'verify',
      '-CAfile',
      folder.file('pki/ca.pem'),
      '-purpose',
      'sslclient',
      folder.file('may-tslcd/agent.pem'),
    ]);
    expect(verified.stdout).toContain('OK');
    const server = await run('openssl', [
      'verify',
      '-x509_strict',
      '-CAfile',
      folder.file('pki/ca.pem'),
      '-purpose',
      'sslserver',
      '-verify_ip',
      host,
      folder.file('pki/gateway.pem'),
    ]);
    expect(server.stdout).toContain('OK');
    const wrong = run('openssl', [
      'verify',
      '-CAfile',
      folder.file('pki/ca.pem'),
      '-purpose',
      'sslserver',
      folder.file('may-tslcd/agent.pem'),
    ]);
    await expect(wrong).rejects.toThrow();
    expect(
      (await run('openssl', ['req', '-in', folder.file('may-tslcd/agent.csr'), '-verify', '-noout'])).stderr,
    ).toContain('OK');
  });

  it('of a request made by openssl are signed as well', async () => {
    const [key, csr] = [folder.file('o.key'), folder.file('o.csr')];
    await run('openssl', [
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      key,
      '-out',
      csr,
      '-subj',
      '/CN=o',
    ]);
    const { certificate, fingerprint } = await signRequest(folder.file('pki'), csr, 'o', 30);
    writeFileSync(folder.file('o.pem'), certificate);
    const told = await run('openssl', ['x509', '-in', folder.file('o.pem'), '-noout', '-fingerprint', '-sha256']);
    expect(told.stdout.trim().split('=')[1]?.replaceAll(':', '').toLowerCase()).toBe(fingerprint);
    // Signed by our authority, and on no list.
    await expect(ask('/v1/zones/tslcd/take', '{}', { cert: certificate, key: readFileSync(key) })).rejects.toThrow();
    expect(refused).toContain('not-listed');
  });
});

describe('the gateway', () => {
  it('speaks TLS 1.3 alone, and to nobody without a certificate of its authority', async () => {
    const place = `${host}:${gateway.port}`;
    const files = [
      '-CAfile',
      folder.file('pki/ca.pem'),
      '-cert',
      folder.file('may-tslcd/agent.pem'),
      '-key',
      folder.file('may-tslcd/agent.key'),
    ];
    const s_client = async (...more: string[]) => {
      const done = await promisify(execFile)(
        'sh',
        ['-c', `echo | openssl s_client -connect ${place} -ign_eof ${more.join(' ')} 2>&1 || true`],
        { timeout: 60_000 },
      );
      return done.stdout;
    };
    expect(await s_client('-tls1_2', ...files)).toMatch(/alert|no protocols|wrong version/i);
    expect(await s_client('-tls1_3')).toMatch(/alert certificate required|alert/i);
    await expect(ask('/v1/zones/tslcd/take', '{}', { cert: '', key: '' })).rejects.toThrow();
  });

  it('gives an agent its own zone and says nothing of another', async () => {
    const body = JSON.stringify({ session: randomUUID(), about: about('lan-huyen') });
    const answer = await ask('/v1/zones/lan-huyen/hello', body);
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain('lan-huyen');
    // Nor by a path of its own and words of another.
    const [session] = [randomUUID()];
    const lying = await ask(
      '/v1/zones/tslcd/hello',
      JSON.stringify({ session, about: { ...about('lan-huyen'), session } }),
    );
    expect(lying.status).toBe(403);
    const other404 = await ask('/v1/zones/tslcd/constructor', '{}');
    expect(other404.status).toBe(404);
    expect(heard.filter((line) => line.startsWith('lan-huyen'))).toEqual([]);
  });

  it('tells of no error of the store, and of no other session', async () => {
    const session = randomUUID();
    expect(
      (await ask('/v1/zones/tslcd/hello', JSON.stringify({ session, about: { ...about(), session } }))).status,
    ).toBe(200);
    const bug = await ask('/v1/zones/tslcd/order', JSON.stringify({ session, run: 'r' }));
    expect([bug.status, bug.text]).toEqual([500, '{"error":"bug","detail":"bug"}']);
    lab.store.away = true;
    const gone = await ask('/v1/zones/tslcd/take', JSON.stringify({ session, atMost: 1 }));
    lab.store.away = false;
    expect([gone.status, gone.text]).toEqual([503, '{"error":"away","detail":"away"}']);
    // The session of one agent is nothing to another.
    const stolen = await ask('/v1/zones/lan-huyen/take', JSON.stringify({ session, atMost: 1 }), other);
    expect([stolen.status, stolen.text]).toEqual([409, '{"error":"session","detail":"say hello first"}']);
  });

  it('holds what is asked to its shape and size', async () => {
    const session = randomUUID();
    for (const body of [
      '',
      '[]',
      '{}',
      '{"session":1}',
      JSON.stringify({ session, atMost: 1e9 }),
      JSON.stringify({ session, atMost: 1, more: 1 }),
    ])
      expect((await ask('/v1/zones/tslcd/take', body)).status, body).toBe(400);
    expect((await ask('/v1/zones/tslcd/take', `"${'x'.repeat(70_000)}"`)).status).toBe(413);
    expect((await ask('/v1/zones/tslcd/take', '{}', { ...one, headers: { 'rasoat-protocol': '99' } })).status).toBe(
      426,
    );
    expect((await ask('/v1/zones/tslcd/take', '{}', { ...one, method: 'GET' })).status).toBe(400);
  });

  it('waits for nobody who is slow', async () => {
    const hurried = await startGatewayLab('127.81.2.2', { headMs: 500, requestMs: 800 });
    const { port } = hurried.gateway;
    const socket = connectTcp({ host: hurried.host, port });
    socket.on('error', () => undefined);
    // It says nothing for as long as it is let.
    await new Promise<void>((resolve) =>
      socket.once('close', () => {
        resolve();
      }),
    );
    // A request whose body never comes.
    const hanging = new Promise((resolve) => {
      const sent = request({
        host: hurried.host,
        port,
        path: '/v1/zones/tslcd/take',
        method: 'POST',
        ca: hurried.ca,
        agent: false,
        ...hurried.one,
        headers: { 'rasoat-protocol': String(protocolVersion), 'content-length': '100' },
      });
      sent.on('error', resolve).on('response', resolve);
      sent.write('{');
    });
    await hanging;
    await hurried.stop();
  });

  it('limits how often one agent may call', async () => {
    const centre = centreFor('lan-huyen', other);
    const statuses = await Promise.allSettled(
      Array.from({ length: 500 }, () => centre.call('whoami', randomUUID(), {})),
    );
    await centre.close();
    const away429 = statuses.filter((one) => one.status === 'rejected' && one.reason instanceof DeskAway);
    expect(away429.length).toBeGreaterThan(0);
    // The other agent notices nothing.
    const first = centreFor('tslcd');
    expect(await first.call('whoami', randomUUID(), {})).toEqual({ zone: 'tslcd', name: 'may-tslcd' });
    await first.close();
  });
});

describe('an agent that is taken off the list', () => {
  it('is out within seconds, and its connections with it', async () => {
    let [changed, failed] = [0, 0];
    const watch = watchZoneSettings(
      settingsFile,
      {
        changed: (next) => {
          gateway.use(next);
          changed += 1;
        },
        failed: () => (failed += 1),
      },
      100,
    );
    const gone = await enrol('may-bi-lay', 'tslcd');
    await expect.poll(() => changed).toBe(1);
    const centre = centreFor('tslcd', gone);
    expect((await centre.call('whoami', randomUUID(), {})).name).toBe('may-bi-lay');
    const text = readFileSync(settingsFile, 'utf8');
    // Half a file takes nobody out.
    writeFileSync(settingsFile, text.slice(0, 60));
    await expect.poll(() => failed).toBe(1);
    expect((await centre.call('whoami', randomUUID(), {})).name).toBe('may-bi-lay');
    writeFileSync(settingsFile, text.replace(/ {2}- name: may-bi-lay\n.*\n.*\n/, ''));
    await expect.poll(() => changed).toBe(2);
    await expect(centre.call('whoami', randomUUID(), {})).rejects.toThrow(DeskAway);
    watch.close();
    await centre.close();
  });
});
