import { listOf, reading, readRow, type Reading, type Row } from './reading.ts';
import { osIn } from './packaged.ts';

/** Answers to `version.bind` and its like (RFC 4892). */
const dns: readonly Row[] = [
  { words: /dnsmasq-(?:pi-hole-)?v?(?<version>\d[\w.]*)(?<os>.*)/i, product: 'dnsmasq' },
  { words: /unbound v?(?<version>\d[\w.]*)/i, product: 'unbound' },
  { words: /PowerDNS (?:Authoritative Server )?v?(?<version>\d[\w.-]*)/i, product: 'powerdns' },
  { words: /PowerDNS Recursor v?(?<version>\d[\w.-]*)/i, product: 'powerdns-recursor' },
  { words: /Microsoft DNS (?<version>\d[\w.]*)/i, product: 'windows-dns', os: 'windows' },
  { words: /\bNSD (?<version>\d[\w.]*)/, product: 'nsd' },
  { words: /Knot DNS (?<version>\d[\w.]*)/i, product: 'knot-dns' },
  { words: /Knot Resolver (?<version>\d[\w.]*)?/i, product: 'knot-resolver' },
  { words: /CoreDNS-?(?<version>\d[\w.]*)?/i, product: 'coredns' },
  { words: /Nominum|Vantio/i, product: 'vantio' },
  { words: /^(?:ISC )?BIND\s*(?<version>\d[\w.-]*)?(?<os>.*)/i, product: 'bind' },
  { words: /^(?<version>[4-9]\.\d+\.\d[\w.]*(?:-[PSW]\d+)?)[^ ]*(?<os>.*)/, product: 'bind' },
];

/**
 * A name server's word of itself. BIND writes its package behind its version, `9.16.1-Ubuntu`,
 * `9.11.4-P2-RedHat-9.11.4-26.P2.el7_9.15`, `9.18.19-1~deb12u1-Debian`.
 */
export function readDnsVersion(text: string): readonly Reading[] {
  const said = text.trim().replace(/^"|"$/g, '');
  const found = readRow(dns, said);
  if (found?.product !== 'bind' || found.version === undefined) return listOf(found);
  const rpm = /-RedHat-(\d\S*)/i.exec(said)?.[1];
  const deb = /^(?:BIND )?(\d\S*?)-(?:Debian|Ubuntu)$/i.exec(said)?.[1];
  const packaged = rpm ?? (deb !== undefined && /-\d/.test(deb) ? deb : undefined);
  const os = osIn(said);
  const release = /\.el(\d+)|~deb(\d+)|ubuntu0\.(\d\d\.\d\d)/.exec(packaged ?? '');
  return [
    reading({
      product: 'bind',
      version: found.version.replace(/-\d.*$/, ''),
      os: os ?? found.os,
      osVersion: release?.[1] ?? release?.[2] ?? release?.[3],
      package: packaged,
    }),
  ];
}

/** Names of Windows as SMB's NativeOS, RDP and LDAP tell them; the release stands in words. */
const windows: readonly Row[] = [
  { words: /Samba (?:smbd )?(?<version>\d[\w.]*)(?<os>[^\r\n]*)/i, product: 'samba' },
  { words: /\bSamba\b/i, product: 'samba' },
  { words: /Windows Server(?: \(R\))?,? (?<version>20\d\d(?: R2)?)/i, product: 'windows-server', os: 'windows' },
  { words: /Windows (?<version>2000|XP|7|8\.1|8|10|11)\b/i, product: 'windows', os: 'windows' },
  { words: /\bWindows(?: NT)?[ /]v?(?<version>\d+\.\d+(?:\.\d+)?)/i, product: 'windows', os: 'windows' },
  {
    words: /^\s*(?:Product_Version:? *)?(?<version>(?:10\.0|6\.[0-3]|5\.[0-2])(?:\.\d{4,5})?(?:\.\d+)?)\s*$/i,
    product: 'windows',
    os: 'windows',
  },
  { words: /\bbuild (?<version>\d{4,5})\b/i, product: 'windows', os: 'windows' },
  { words: /\bWindows\b/i, product: 'windows', os: 'windows' },
  { words: /\bxrdp\b(?: (?<version>\d[\w.]*))?/i, product: 'xrdp' },
  { words: /\bmacOS|Mac OS X/i, product: 'macos', os: 'macos' },
];

/** What an SMB or RDP service says of its system. */
export function readWindows(text: string): readonly Reading[] {
  const found = readRow(windows, text);
  const build =
    /\b(?:build |\(build )(\d{4,5})\b/i.exec(text)?.[1] ??
    /Windows Server[^\d]{0,6}20\d\d[A-Za-z0-9 ()]{0,40} (\d{4,5})\b/.exec(text)?.[1];
  if (found?.product !== 'windows' || build === undefined || /^\d+\.\d+\.\d{4,5}/.test(found.version ?? ''))
    return listOf(found);
  if (/^\d+\.\d+$/.test(found.version ?? '')) return [{ ...found, version: `${found.version ?? ''}.${build}` }];
  return [Number(build) >= 10240 ? { ...found, version: `10.0.${build}` } : found];
}

const ldap: readonly Row[] = [
  { words: /OpenLDAProotDSE|OpenLDAP(?:[ /]v?(?<version>\d[\w.]*))?/i, product: 'openldap' },
  {
    words: /389[- ](?:Project|Directory)(?:[\s\S]{0,40}?389-Directory\/(?<version>\d[\w.]*))?/i,
    product: '389-directory-server',
  },
  {
    words: /1\.2\.840\.113556\.1\.4\.(?:800|1670|1851)|domainControllerFunctionality|Active Directory/i,
    product: 'active-directory',
    os: 'windows',
  },
  { words: /Sun Microsystems|Oracle Directory|Sun-Directory/i, product: 'oracle-directory-server' },
  { words: /ApacheDS|Apache Software Foundation/i, product: 'apacheds' },
  { words: /OpenDJ(?: (?<version>\d[\w.]*))?|ForgeRock/i, product: 'opendj' },
  { words: /International Business Machines|IBM/i, product: 'ibm-directory-server' },
  { words: /Novell|NetIQ|eDirectory/i, product: 'edirectory' },
  { words: /Zimbra/i, product: 'zimbra' },
];

/** The root entry of an LDAP server, its attributes in words. */
export function readLdap(text: string): readonly Reading[] {
  return listOf(readRow(ldap, text));
}

const ntp: readonly Row[] = [
  { words: /version="?ntpd (?<version>\d[\w.]*)/i, product: 'ntpd' },
  { words: /\bntpd (?<version>\d[\w.]*)/i, product: 'ntpd' },
  { words: /chrony(?:d)?(?: (?:version )?(?<version>\d[\w.]*))?/i, product: 'chrony' },
  { words: /system="?Cisco|cisco/i, product: 'cisco-ios', os: 'cisco-ios' },
];

/** NTP's `readvar`. */
export function readNtp(text: string): readonly Reading[] {
  const found = readRow(ntp, text);
  const os = osIn(/system="?([^",]{1,80})/i.exec(text)?.[1] ?? '');
  return found === undefined ? [] : [{ ...found, ...(os === undefined || found.os !== undefined ? {} : { os }) }];
}

/** Names that a device's own certificate or a service's product line gives away: cameras, firewalls, hypervisors. */
const certificates: readonly Row[] = [
  { words: /\bFortiGate|O ?= ?Fortinet/i, product: 'fortios', os: 'fortios' },
  { words: /O ?= ?Palo Alto Networks/i, product: 'pan-os', os: 'pan-os' },
  { words: /O ?= ?VMware, Inc|VMware Engineering|OU ?= ?VMware ESX/i, product: 'vmware-esxi', os: 'vmware-esxi' },
  {
    words: /Cisco(?:-| )?(?:IOS-Self-Signed|Self-Signed)|IOS-Self-Signed-Certificate/i,
    product: 'cisco-ios',
    os: 'cisco-ios',
  },
  { words: /ASA Temporary Self Signed/i, product: 'cisco-asa', os: 'cisco-asa' },
  { words: /O ?= ?(?:DrayTek|Draytek)/i, product: 'draytek-vigor' },
  { words: /MikroTik|RouterOS/i, product: 'routeros', os: 'routeros' },
  { words: /Hewlett.Packard[\s\S]{0,60}iLO|CN ?= ?ILO/i, product: 'ilo', os: 'ilo' },
  { words: /iDRAC/i, product: 'idrac', os: 'idrac' },
  { words: /Proxmox Virtual Environment|PVE Cluster/i, product: 'proxmox-ve' },
  { words: /Synology/i, product: 'synology-dsm', os: 'synology-dsm' },
  { words: /\bQNAP\b/i, product: 'qts', os: 'qts' },
  { words: /SonicWALL/i, product: 'sonicos', os: 'sonicos' },
  { words: /Sophos/i, product: 'sophos-xg' },
  { words: /pfSense webConfigurator/i, product: 'pfsense', os: 'freebsd' },
  { words: /Kubernetes Ingress Controller Fake Certificate/i, product: 'ingress-nginx' },
  { words: /TRAEFIK DEFAULT CERT/i, product: 'traefik' },
  { words: /Plesk/i, product: 'plesk' },
  { words: /Zimbra Collaboration/i, product: 'zimbra' },
  { words: /Kerio/i, product: 'kerio-connect' },
  { words: /SSL_Self_Signed_Fallback/i, product: 'mssqlserver', os: 'windows' },
  { words: /Hikvision/i, product: 'hikvision-web' },
  { words: /Dahua/i, product: 'dahua-web' },
];

/** Subject and issuer of a certificate that a product makes for itself. */
export function readCertificate(text: string): readonly Reading[] {
  return listOf(readRow(certificates, text));
}
