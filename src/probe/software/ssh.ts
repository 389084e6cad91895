import { osIn, osVersionIn } from './packaged.ts';
import { reading, readRow, type Reading, type Row } from './reading.ts';

/** softwareversion of RFC 4253 (4.2), with the comment behind it. */
const rows: readonly Row[] = [
  { words: /^OpenSSH_for_Windows_(?<version>\d[\w.]*)/i, product: 'openssh', os: 'windows' },
  { words: /^OpenSSH[_-](?<version>\d[\w.]*)[^ ]*(?<os>.*)/i, product: 'openssh' },
  { words: /^OpenSSH\b/i, product: 'openssh' },
  { words: /^dropbear(?:[_-]v?(?<version>\d[\w.]*))?/i, product: 'dropbear' },
  // Cisco's 1.25 and Huawei's 1.5 are versions of their SSH code, not of IOS or VRP.
  { words: /^Cisco-(?<version>\d[\w.]*)/i, product: 'cisco-ssh', os: 'cisco-ios' },
  { words: /^CISCO_WLC/i, product: 'cisco-wlc' },
  { words: /^HUAWEI-(?:VRP-?)?(?<version>\d[\w.]*)/i, product: 'huawei-ssh', os: 'huawei-vrp' },
  { words: /^HUAWEI|^-$/i, product: 'huawei-ssh', os: 'huawei-vrp' },
  { words: /^(?:H3C-)?Comware-(?<version>\d[\w.]*)/i, product: 'comware' },
  { words: /^ROSSSH/i, product: 'routeros', os: 'routeros' },
  { words: /^libssh[_-](?<version>\d[\w.]*)/i, product: 'libssh' },
  { words: /^libssh2_(?<version>\d[\w.]*)/i, product: 'libssh2' },
  { words: /^mpSSH_(?<version>\d[\w.]*)/i, product: 'ilo-ssh', os: 'ilo' },
  { words: /^RomSShell(?:_(?<version>\d[\w.]*))?/i, product: 'romsshell' },
  { words: /^(?:APACHE-)?SSHD(?:-(?:CORE|UNKNOWN|SCP|SFTP))?-(?<version>\d[\w.-]*)/i, product: 'apache-mina-sshd' },
  { words: /^paramiko_(?<version>\d[\w.]*)/i, product: 'paramiko' },
  { words: /^WeOnlyDo(?:-wodFTPD)? (?<version>\d[\w.]*)/i, product: 'weonlydo-ssh', os: 'windows' },
  // Bitvise tells its FlowSsh library's number first, its own behind, `7.34 FlowSsh: Bitvise SSH Server (WinSSHD) 7.34`.
  {
    words: /^(?:\d[\w.]* )?FlowSsh: (?:Bitvise SSH Server|WinSSHD)(?: \(WinSSHD\))?(?: (?<version>\d[\w.]*))?/i,
    product: 'bitvise-ssh',
    os: 'windows',
  },
  {
    words: /^\d[\w.]* sshlib: (?:WinSSHD|Bitvise SSH Server)(?: (?<version>\d[\w.]*))?/i,
    product: 'bitvise-ssh',
    os: 'windows',
  },
  { words: /^(?<version>\d[\w.]*) (?:Bitvise SSH Server|WinSSHD)/i, product: 'bitvise-ssh', os: 'windows' },
  { words: /^(?:WinSSHD|Bitvise SSH Server)[ _](?<version>\d[\w.]*)/i, product: 'bitvise-ssh', os: 'windows' },
  { words: /^(?:HUAWEI-)?VRP-(?<version>\d[\w.]*)/i, product: 'huawei-ssh', os: 'huawei-vrp' },
  { words: /^Go\b/, product: 'golang-x-crypto-ssh' },
  { words: /^DraySSH[_-](?<version>\d[\w.]*)/i, product: 'draytek-ssh', os: 'draytek-vigor' },
  { words: /^Zyxel SSH server/i, product: 'zyxel-ssh', os: 'zyxel' },
  { words: /^FortiSSH(?:_(?<version>\d[\w.]*))?/i, product: 'fortissh', os: 'fortios' },
  { words: /^NetScreen/i, product: 'screenos' },
  { words: /^Serv-U_(?<version>\d[\w.]*)/i, product: 'serv-u' },
  { words: /^WS_FTP-SSH_(?<version>\d[\w.]*)/i, product: 'ws-ftp', os: 'windows' },
  { words: /^(?:WRQ)?ReflectionForSecureIT_(?<version>\d[\w.]*)/i, product: 'reflection-secure-it' },
  { words: /^(?<version>\d[\w.]*)(?: \(build \d+\))? SSH Tectia Server/i, product: 'tectia' },
  { words: /^(?<version>\d[\w.]*) SSH Secure Shell/i, product: 'ssh-secure-shell' },
  { words: /^(?<version>\d[\w.]*) VShell/i, product: 'vshell' },
  { words: /^VShell_(?<version>\d[\w.]*)/i, product: 'vshell' },
  { words: /^CrushFTPSSHD(?:-(?<version>\d[\w.]*))?/i, product: 'crushftp' },
  { words: /^mod_sftp(?:\/(?<version>\d[\w.]*))?/i, product: 'proftpd-mod_sftp' },
  { words: /^ProFTPD mod_sftp/i, product: 'proftpd-mod_sftp' },
  { words: /^CerberusFTPServer_(?<version>\d[\w.]*)/i, product: 'cerberus-ftp', os: 'windows' },
  { words: /^FileZilla_?Server_?(?<version>\d[\w.]*)?/i, product: 'filezilla-server' },
  { words: /^IPSSH[-_](?<version>\d[\w.]*)/i, product: 'ipssh', os: 'vxworks' },
  { words: /^SSH Compatible Server/i, product: 'ssh-compatible-server' },
  { words: /^Twisted/i, product: 'twisted' },
  { words: /^(?:Sun_SSH|SunSSH)_(?<version>\d[\w.]*)/i, product: 'sun-ssh', os: 'solaris' },
  { words: /^RGOS_SSH|^RGOS_PK|^Ruijie/i, product: 'ruijie-ssh', os: 'ruijie-rgos' },
  { words: /^ZTE_SSH\.?(?<version>\d[\w.]*)?/i, product: 'zte-ssh' },
  { words: /^Adtran_(?<version>\d[\w.]*)/i, product: 'adtran-ssh' },
  { words: /^AWS_SFTP_(?<version>\d[\w.]*)/i, product: 'aws-transfer' },
  { words: /^Gerrit_?CodeReview_(?<version>\d[\w.]*)/i, product: 'gerrit' },
  { words: /^GitLab-SSHD/i, product: 'gitlab' },
  { words: /^babeld/i, product: 'github-babeld' },
  { words: /^Teleport/i, product: 'teleport' },
  { words: /^(?:JSCAPE|maverick)/i, product: 'maverick-ssh' },
  { words: /^ConfD-(?<version>\d[\w.]*)/i, product: 'confd' },
  { words: /^Data ONTAP SSH (?<version>\d[\w.]*)/i, product: 'ontap' },
  { words: /^lancom/i, product: 'lancom-ssh' },
];

/**
 * An SSH identification line, `SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3`, or what stands behind its protocol version. The
 * comment of Debian and its kin is their package's revision.
 */
export function readSsh(text: string): readonly Reading[] {
  const line = /^SSH-\d[\d.]{0,8}-([^\r\n]{1,255})/m.exec(text)?.[1];
  const bare = line === undefined && known.test(text) ? text.trim() : undefined;
  const said = line ?? bare;
  if (said === undefined) return [];
  const found = readRow(rows, said);
  if (found?.product === 'openssh') return [{ ...found, ...revisionOf(found, said) }];
  if (found !== undefined) return [found];
  const match = /^([A-Za-z][A-Za-z.]*(?:[-_][A-Za-z]+)*)(?:[-_ ]v?(\d[\w.]*))?/.exec(said);
  if (match?.[1] === undefined) return [];
  return [
    reading({
      product: match[1].toLowerCase(),
      version: match[2],
      os: osIn(said),
      osVersion: osVersionIn(said),
      guess: true,
    }),
  ];
}

/** Names believed without `SSH-2.0-` before them. */
const known =
  /^(?:OpenSSH|dropbear|libssh|Cisco-\d|ROSSSH|mpSSH|DraySSH|RomSShell|WeOnlyDo|\d[\w.]* (?:FlowSsh|sshlib|SSH |VShell))/i;

function revisionOf({ version, os }: Reading, said: string): Partial<Reading> {
  const revision = /^OpenSSH_\S+ (?:Debian|Ubuntu|Raspbian)-(\d[\w.+~]*)/i.exec(said)?.[1];
  if (version === undefined || revision === undefined || os === undefined) return {};
  const osVersion = osVersionIn(said);
  return { package: `${version}-${revision}`, ...(osVersion === undefined ? {} : { osVersion }) };
}
