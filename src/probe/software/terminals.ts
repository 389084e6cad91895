import { listOf, readRow, type Reading, type Row } from './reading.ts';

/** RFB's `003.008` is the protocol's version (RFC 6143, 7.1.1), never the product's. */
const vnc: readonly Row[] = [
  { words: /^RFB 003\.889/, product: 'apple-remote-desktop', os: 'macos' },
  { words: /^RFB 00[45]\.\d{3}/, product: 'realvnc' },
  { words: /^RFB 003\.(?:006|014|016)/, product: 'ultravnc', os: 'windows' },
  { words: /^RFB \d{3}\.\d{3}[\s\S]*TightVNC/i, product: 'tightvnc' },
  { words: /^RFB \d{3}\.\d{3}/, product: 'vnc' },
  { words: /TightVNC(?: Server)?[ /](?:desktop|viewer|Version )?v?(?<version>\d[\w.]*)?/i, product: 'tightvnc' },
  { words: /UltraVNC(?:[ _]?(?:Server|v))? ?v?(?<version>\d[\w.]*)?/i, product: 'ultravnc', os: 'windows' },
  { words: /TigerVNC(?: Server)?(?: v(?:ersion )?)? ?(?<version>\d[\w.]*)?/i, product: 'tigervnc' },
  { words: /RealVNC(?: Server)?(?:[ /](?:Enterprise |Personal )?E?(?<version>\d[\w.]*))?/i, product: 'realvnc' },
  { words: /LibVNCServer[ /]?(?<version>\d[\w.]*)?/i, product: 'libvncserver' },
  { words: /QEMU/i, product: 'qemu' },
];

/** A VNC greeting. */
export function readVnc(text: string): readonly Reading[] {
  return listOf(readRow(vnc, text));
}

const telnet: readonly Row[] = [
  { words: /MikroTik v?(?<version>\d[\w.]*)/i, product: 'routeros', os: 'routeros' },
  { words: /MikroTik/i, product: 'routeros', os: 'routeros' },
  {
    words: /User Access Verification|Cisco (?:IOS|Systems|Configuration)|Catalyst/i,
    product: 'cisco-ios',
    os: 'cisco-ios',
  },
  { words: /Microsoft Telnet Service/i, product: 'microsoft-telnet', os: 'windows' },
  { words: /DrayTek|Vigor\d*/i, product: 'draytek-vigor' },
  {
    words: /Copyright \(c\)[^\r\n]{0,80}Huawei|HUAWEI|Versatile Routing Platform/i,
    product: 'huawei-vrp',
    os: 'huawei-vrp',
  },
  { words: /\b(?:H3C|Hangzhou H3C|3Com Corporation)\b/i, product: 'comware', os: 'comware' },
  { words: /FortiGate|Fortinet/i, product: 'fortios', os: 'fortios' },
  { words: /\bJUNOS\b(?: (?<version>\d[\w.-]*))?|Juniper Networks/i, product: 'junos', os: 'junos' },
  { words: /ProCurve[^\r\n]{0,60}|HP J\d{4}\w/i, product: 'hp-procurve' },
  { words: /ExtremeXOS(?: version)? ?(?<version>\d[\w.]*)?/i, product: 'extremexos' },
  { words: /ArubaOS(?: \([^)]*\))?(?:, Version)? ?(?<version>\d[\w.]*)?/i, product: 'arubaos' },
  { words: /Ruijie|RGOS/i, product: 'ruijie-rgos' },
  { words: /ZXR10|ZXAN|ZXHN|\bZTE\b/i, product: 'zte-device' },
  { words: /ZyXEL|ZyWALL|P-660/i, product: 'zyxel' },
  { words: /TP-?LINK/i, product: 'tp-link-router' },
  { words: /D-Link/i, product: 'd-link' },
  { words: /HP JetDirect/i, product: 'hp-printer' },
  { words: /dvrdvs login|Hikvision/i, product: 'hikvision-web' },
  { words: /Welcome to Dahua|\bDahua\b/i, product: 'dahua-web' },
  { words: /\bAXIS [\w-]+ (?:Network|Video)[^\r\n]{0,40}?(?<version>\d+\.\d[\w.]*)?/, product: 'axis-os' },
  { words: /DD-WRT v?(?<version>\d[\w.-]*)/i, product: 'dd-wrt' },
  { words: /OpenWrt(?: (?:[A-Za-z]+ )?v?(?<version>\d[\w.-]*))?/i, product: 'openwrt' },
  { words: /BusyBox v(?<version>\d[\w.]*)/i, product: 'busybox', os: 'linux' },
  { words: /Ubuntu (?<version>\d\d\.\d\d(?:\.\d+)?)/, product: 'ubuntu', os: 'ubuntu' },
  { words: /Raspbian GNU\/Linux (?<version>\d+)/, product: 'raspbian', os: 'raspbian' },
  { words: /Debian GNU\/Linux (?<version>\d+(?:\.\d+)?)/, product: 'debian', os: 'debian' },
  { words: /Red Hat Enterprise Linux[A-Za-z ]{0,20}(?<version>\d[\d.]*)?/, product: 'rhel', os: 'rhel' },
  { words: /CentOS[A-Za-z ]{0,20}(?<version>\d[\d.]*)?/, product: 'centos', os: 'centos' },
  { words: /Rocky Linux (?:release )?(?<version>\d[\d.]*)/, product: 'rocky-linux', os: 'rocky-linux' },
  { words: /AlmaLinux (?:release )?(?<version>\d[\d.]*)/, product: 'almalinux', os: 'almalinux' },
  { words: /Oracle Linux Server[A-Za-z ]{0,20}(?<version>\d[\d.]*)/, product: 'oracle-linux', os: 'oracle-linux' },
  { words: /Fedora (?:release )?(?<version>\d+)/, product: 'fedora', os: 'fedora' },
  { words: /SUSE Linux Enterprise Server (?<version>\d[\d.]*)/i, product: 'suse', os: 'suse' },
  { words: /FreeBSD(?:\/\w+)?(?: (?:\([^)]{1,60}\) )?(?<version>\d+\.\d+))?/, product: 'freebsd', os: 'freebsd' },
  { words: /SunOS (?<version>\d[\d.]*)|Solaris/, product: 'solaris', os: 'solaris' },
  { words: /AIX Version (?<version>\d[\d.]*)/, product: 'aix', os: 'aix' },
  { words: /HP-UX \S+ B\.(?<version>\d[\d.]*)/, product: 'hp-ux', os: 'hp-ux' },
  { words: /VxWorks(?: (?<version>\d[\w.]*))?/, product: 'vxworks', os: 'vxworks' },
  { words: /Synology|DiskStation/i, product: 'synology-dsm', os: 'synology-dsm' },
  { words: /Linux (?<version>\d+\.\d+\.\d[\w.-]*)/, product: 'linux-kernel', os: 'linux' },
];

/** What a telnet service says before it asks for a name; option negotiation (RFC 854) is passed over. */
export function readTelnet(text: string): readonly Reading[] {
  return listOf(readRow(telnet, text.replace(/\xff[\xfb-\xfe]./gs, '')));
}
