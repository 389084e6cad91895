import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenPort } from '../../src/model/facts/ports.ts';
import type { SoftwareItem } from '../../src/model/facts/software.ts';
import { packageOf } from '../../src/model/software/distribution-package.ts';
import { debianServices, startDebianServices, type DebianService } from '../servers/debian-services.ts';
import { startDovecot, startPostfix, startPostgres } from '../servers/starttls-daemons.ts';
import { makeCertificates } from '../servers/tls-certificates.ts';
import { startServer, type RunningServer } from '../servers/process.ts';
import { rasoat, scratch } from './cli.ts';
import { sketchInventory } from './inventory.ts';
import { storePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';

/** The whole scan, as a user runs it, against what Debian ships: every version told must be the one that dpkg knows. */
const folder = scratch();
const running: Pick<RunningServer, 'stop'>[] = [];
const mixed = '127.62.10.1';
const mute = '127.62.10.2';
const alone = debianServices.filter((one) => one.alone === true);
const addressOf = (service: DebianService) =>
  service.alone === true ? `127.62.10.${10 + alone.indexOf(service)}` : mixed;
const items = new Map<string, readonly SoftwareItem[]>();
const open = new Map<string, readonly OpenPort[]>();

const installed = (name: string) =>
  execFileSync('dpkg-query', ['-W', '-f', '${Version}', name], { encoding: 'utf8' }).trim();

/** `9.2p1` of `1:9.2p1-2+deb12u10`: without epoch, Debian's revision and what Debian took away (`+dfsg`). */
const upstream = (version: string) =>
  version
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/[+~].*$/, '');

beforeAll(async () => {
  // Servers that give up root must still reach their files.
  chmodSync(folder.path, 0o755);
  for (const name of ['services', 'mute', 'certificates']) mkdirSync(folder.file(name));
  const { rsa } = await makeCertificates(folder.file('certificates'));
  running.push(await startDebianServices(debianServices, folder.file('services'), addressOf));
  const place = { dir: folder.file('mute'), host: mute, certificate: rsa };
  running.push(await startPostfix(place), await startDovecot(place), await startPostgres(place, true));
  running.push(
    await startServer(
      '/usr/bin/Xtigervnc',
      [':262', '-rfbport', '5900', '-interface', mute, '-SecurityTypes', 'VncAuth', '-PasswordFile', '/dev/null'],
      [{ host: mute, port: 5900 }],
    ),
  );
  const hosts = [...new Set([mixed, mute, ...alone.map(addressOf)])];
  writeFileSync(
    folder.file('tinh.yaml'),
    sketchInventory(hosts.map((host, at) => ({ id: `may-${at}`, endpoints: [{ kind: 'host', host }] }))),
  );
  const scan = await rasoat([
    ...['scan', '--inventory', folder.file('tinh.yaml'), '--out', folder.file('out')],
    ...['--no-report', '--ports', 'connect'],
  ]);
  if (scan.code !== 1 && scan.code !== 3) throw new Error(scan.err);
  await readScan(folder.file('out'));
});
afterAll(async () => {
  for (const one of running) await one.stop();
  folder.remove();
});

/** Takes out what the scan stored of each address. */
async function readScan(out: string): Promise<void> {
  const store = await openStore(storePlace(out));
  try {
    const [run] = await store.runs();
    if (run === undefined) throw new Error('there is no run');
    const targets = new Map((await store.targets(run.id)).map((target) => [target.key, target.address ?? '']));
    for (const one of await store.observations(run.id)) {
      if (!one.ok) continue;
      const host = targets.get(one.target) ?? '';
      if (one.kind === 'software') items.set(host, one.facts.items);
      if (one.kind === 'ports') open.set(host, one.facts.open);
    }
  } finally {
    await store.close();
  }
}

const at = (host: string, port: number) => (items.get(host) ?? []).filter((item) => item.port === port);

describe('real services of Debian', () => {
  it.each(debianServices.map((one) => [one.package, one] as const))(
    '%s is named with the version of dpkg',
    (_, service) => {
      const version = upstream(installed(service.package));
      expect(at(addressOf(service), service.port)).toContainEqual(
        expect.objectContaining({ product: service.product, version }),
      );
      // Nothing else there claims another version of it.
      const versions = at(addressOf(service), service.port).filter(({ product }) => product === service.product);
      expect(new Set(versions.map((one) => one.version))).toEqual(new Set([version]));
    },
  );

  it.each([
    ['openssh-server', 'openssh', mixed, 22],
    ['mariadb-server-core', 'mariadb', mixed, 3306],
    ['bind9', 'bind', '127.62.10.10', 53],
  ] as const)('%s tells its whole package, equal to dpkg with its epoch', (name, product, host, port) => {
    const item = at(host, port).find((one) => one.product === product);
    const { os = '', osVersion, package: packaged = '' } = item ?? {};
    expect(packageOf(product, os, osVersion, packaged).version).toBe(installed(name));
  });

  it.each([
    ['postfix', 'smtp', 25],
    ['dovecot-core', 'imap', 143],
    ['dovecot-core', 'pop3', 110],
    ['postgresql-15', 'postgresql', 5432],
    ['tigervnc-standalone-server', 'vnc', 5900],
  ] as const)('%s greets by %s without its version, and none is made up', (name, service, port) => {
    const seen = open.get(mute)?.find((one) => one.port === port);
    expect(seen).toMatchObject({ service });
    // Were it told, it would belong to the list above.
    const { version, banner = '' } = seen ?? {};
    expect(banner).not.toContain(upstream(installed(name)));
    expect([version, ...at(mute, port).map(({ version }) => version)].filter((one) => one !== undefined)).toEqual([]);
  });
});
