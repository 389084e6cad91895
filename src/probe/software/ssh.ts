import { osIn, reading, readRow, type Reading, type Row } from './reading.ts';

/** softwareversion of RFC 4253 (4.2), with the comment behind it. */
const rows: readonly Row[] = [
  { words: /^OpenSSH_for_Windows_(?<version>\d[\w.]*)/i, product: 'openssh', vendor: 'openbsd' },
  { words: /^OpenSSH[_-](?<version>\d[\w.]*)(?<os>.*)/i, product: 'openssh', vendor: 'openbsd' },
  { words: /^OpenSSH\b/i, product: 'openssh', vendor: 'openbsd' },
  { words: /^dropbear(?:_(?<version>\d[\w.]*))?/i, product: 'dropbear', vendor: 'dropbear' },
  // Cisco's 1.25 and Huawei's 1.5 are versions of their SSH code, not of IOS or VRP.
  { words: /^Cisco-(?<version>\d[\w.]*)/i, product: 'cisco-ssh', vendor: 'cisco' },
  { words: /^HUAWEI-(?<version>\d[\w.]*)/i, product: 'huawei-ssh', vendor: 'huawei' },
  { words: /^Comware-(?<version>\d[\w.]*)/i, product: 'comware', vendor: 'h3c' },
  { words: /^ROSSSH/i, product: 'routeros', vendor: 'mikrotik' },
  { words: /^libssh[_-](?<version>\d[\w.]*)/i, product: 'libssh', vendor: 'libssh' },
  { words: /^mpSSH_(?<version>\d[\w.]*)/i, product: 'ilo-ssh', vendor: 'hpe' },
  { words: /^RomSShell(?:_(?<version>\d[\w.]*))?/i, product: 'romsshell', vendor: 'allegro' },
  { words: /^(?:APACHE-)?SSHD(?:-CORE)?-(?<version>\d[\w.]*)/i, product: 'apache-mina-sshd', vendor: 'apache' },
  { words: /^paramiko_(?<version>\d[\w.]*)/i, product: 'paramiko', vendor: 'paramiko' },
  { words: /^WeOnlyDo(?:-wodFTPD)? (?<version>\d[\w.]*)/i, product: 'weonlydo-ssh', vendor: 'weonlydo' },
  { words: /^(?<version>\d[\w.]*) (?:FlowSsh: )?Bitvise SSH Server/i, product: 'bitvise-ssh', vendor: 'bitvise' },
  { words: /^Go\b/, product: 'golang-x-crypto-ssh', vendor: 'golang' },
];

/** An SSH identification line: `SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3`. */
export function readSsh(text: string): readonly Reading[] {
  const said = /^SSH-\d[\d.]{0,8}-([^\r\n]{1,255})/m.exec(text)?.[1];
  if (said === undefined) return [];
  const known = readRow(rows, said);
  if (known?.product === 'openssh' && /^OpenSSH_for_Windows/i.test(said)) return [{ ...known, os: 'windows' }];
  if (known !== undefined) return [known];
  const match = /^([A-Za-z][A-Za-z.]*(?:[-_][A-Za-z]+)*)(?:[-_ ]v?(\d[\w.]*))?/.exec(said);
  if (match?.[1] === undefined) return [];
  return [reading({ product: match[1].toLowerCase(), version: match[2], vendor: undefined, os: osIn(said) })];
}
