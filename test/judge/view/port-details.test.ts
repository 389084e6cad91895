import { describe, expect, it } from 'vitest';
import type { OpenPort, PortsFacts } from '../../../src/model/facts/ports.ts';
import type { PortDetails, SshDetails } from '../../../src/model/facts/port-details.ts';
import { derivePorts } from '../../../src/judge/view/ports.ts';
import { describeSsh } from '../../../src/judge/view/ssh-algorithms.ts';
import { at } from '../build.ts';

const hostWith = (services?: { port: number; service?: string }[]) => ({
  key: 'h [127.0.0.1]',
  kind: 'host' as const,
  system: 's',
  endpoint: { kind: 'host' as const, host: '127.0.0.1', ...(services === undefined ? {} : { services }) },
  address: '127.0.0.1',
});
const facts = (open: OpenPort[]): PortsFacts => ({ engine: 'connect', asked: '1-100', open, closed: '1', silent: '' });
const view = (open: OpenPort[], services?: { port: number; service?: string }[]) =>
  derivePorts(facts(open), { at, target: hostWith(services), reference: {} });

const ssh = (more: Partial<SshDetails>): SshDetails => ({
  kex: [],
  hostKeys: [],
  ciphers: [],
  macs: [],
  compression: [],
  ...more,
});
const told = (port: number, service: string, details: PortDetails): OpenPort => ({
  port,
  service,
  banner: 'x',
  details,
});

describe('SSH algorithms', () => {
  it('of today are none of them weak', () => {
    const kex = [
      'mlkem768x25519-sha256',
      'curve25519-sha256',
      'diffie-hellman-group14-sha256',
      'kex-strict-s-v00@openssh.com',
    ];
    const hostKeys = ['ssh-ed25519', 'rsa-sha2-512', 'ssh-rsa'];
    const ciphers = ['chacha20-poly1305@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr'];
    const macs = ['umac-128-etm@openssh.com', 'hmac-sha2-256-etm@openssh.com', 'hmac-sha1'];
    expect(describeSsh(22, ssh({ kex, hostKeys, ciphers, macs }))).toEqual({
      port: 22,
      weakKex: [],
      weakHostKeys: [],
      weakCiphers: [],
      weakMacs: [],
      terrapin: false,
      postQuantum: true,
    });
  });

  it('ssh-rsa alone signs with SHA-1; beside rsa-sha2 it is a name for old clients', () => {
    expect(describeSsh(22, ssh({ hostKeys: ['ssh-rsa'] })).weakHostKeys).toEqual(['ssh-rsa']);
    expect(describeSsh(22, ssh({ hostKeys: ['ssh-rsa', 'rsa-sha2-256'] })).weakHostKeys).toEqual([]);
    expect(describeSsh(22, ssh({ hostKeys: ['ssh-dss', 'rsa-sha2-256'] })).weakHostKeys).toEqual(['ssh-dss']);
  });

  it.each([
    [['chacha20-poly1305@openssh.com'], [], [], true],
    [['aes128-cbc'], ['hmac-sha2-256-etm@openssh.com'], [], true],
    [['aes128-cbc'], ['hmac-sha2-256'], [], false],
    [['aes256-gcm@openssh.com'], ['hmac-sha2-256-etm@openssh.com'], [], false],
    [['chacha20-poly1305@openssh.com'], [], ['kex-strict-s-v00@openssh.com'], false],
  ])('%j with %j and %j: open to truncation %s', (ciphers, macs, kex, terrapin) => {
    expect(describeSsh(22, ssh({ ciphers, macs, kex })).terrapin).toBe(terrapin);
  });
});

describe('what was not told is absent, with its reason', () => {
  it('for every kind of service', () => {
    const open: OpenPort[] = [
      { port: 22, service: 'ssh', banner: 'SSH-2.0-x' },
      { port: 445 },
      { port: 3389, service: 'ms-wbt-server', banner: 'x' },
      { port: 5900, service: 'vnc', banner: 'RFB 003.008' },
      { port: 6379, service: 'redis', banner: '-ERR x' },
      { port: 21, service: 'ftp', banner: '220 hello' },
    ];
    const { view: seen, unseen } = view(open);
    expect(seen.sshServices).toEqual([{ port: 22 }]);
    expect(seen.smbServices).toEqual([{ port: 445 }]);
    expect(seen.rdpServices).toEqual([{ port: 3389 }]);
    expect(seen.vncServices).toEqual([{ port: 5900 }]);
    expect(seen.openServices).toEqual([{ port: 6379, service: 'redis' }]);
    expect(seen.ftpServices).toEqual([{ port: 21 }]);
    const places = unseen.map((one) => one.at);
    for (const place of [
      'sshServices/0/weakKex',
      'smbServices/0/smb1',
      'rdpServices/0/withoutNla',
      'vncServices/0/encrypts',
    ])
      expect(places).toContain(`/ports/${place}`);
  });

  it('NLA is asked for only where both layers below it were refused', () => {
    const of = (rdp: { standard?: boolean; tls?: boolean }) =>
      view([told(3389, 'ms-wbt-server', { rdp })]).view.rdpServices?.[0]?.withoutNla;
    expect(of({ standard: false, tls: false })).toBe(false);
    expect(of({ standard: false, tls: true })).toBe(true);
    expect(of({ standard: true })).toBe(true);
    expect(of({ standard: false })).toBeUndefined();
  });

  it('VNC encrypts where a type says so, and VeNCrypt alone does not say', () => {
    const of = (...securityTypes: string[]) =>
      view([told(5900, 'vnc', { vnc: { version: '003.008', securityTypes } })]).view.vncServices?.[0];
    expect(of('TLS', 'None')).toEqual({ port: 5900, withoutPassword: true, encrypts: true });
    expect(of('VNC Authentication')).toEqual({ port: 5900, withoutPassword: false, encrypts: false });
    expect(of('VeNCrypt', 'VNC Authentication')).toEqual({ port: 5900, withoutPassword: false });
  });

  it.each([
    ['220 Welcome, anonymous login allowed', true],
    ['220 Anonymous users are not welcome; anonymous access denied', undefined],
    ['220 (vsFTPd 3.0.3)', undefined],
    ['220 No anonymous login', undefined],
  ])('%s', (banner, invites) => {
    expect(view([{ port: 21, service: 'ftp', banner }]).view.ftpServices?.[0]?.invitesAnonymous).toBe(invites);
  });
});

describe('declared against observed', () => {
  const compared = (declared: string, open: OpenPort) =>
    view([open], [{ port: open.port, service: declared }]).view.comparedServices;

  it.each([
    ['https', { port: 443, service: 'http', tls: true, banner: 'HTTP/1.1 200' }, true],
    ['https', { port: 443, service: 'http', tls: false, banner: 'HTTP/1.1 200' }, false],
    ['https', { port: 443, service: 'ssh', tls: false, banner: 'SSH-2.0-x' }, false],
    ['rdp', { port: 3389, service: 'ms-wbt-server', banner: 'x' }, true],
    ['ssl/imap', { port: 993, service: 'imap', tls: true, banner: '* OK' }, true],
    ['MariaDB', { port: 3306, service: 'mysql', product: 'mariadb' }, true],
  ] as const)('%s and %j: %s', (declared, open, same) => {
    expect(compared(declared, open)?.[0]?.asDeclared).toBe(same);
  });

  it('a guess from the port’s number, an unknown name or an open question is not compared', () => {
    expect(compared('https', { port: 443, service: 'https' })).toEqual([]);
    expect(compared('cổng dịch vụ công', { port: 443, service: 'http', tls: true, banner: 'HTTP/1.1 200' })).toEqual(
      [],
    );
    expect(compared('https', { port: 443, service: 'http', banner: 'HTTP/1.1 200' })).toEqual([]);
  });
});
