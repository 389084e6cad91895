import { listOf, readRow, type Reading, type Row } from './reading.ts';

/** sysDescr.0 (RFC 3418) of devices and systems; one row a maker's way of writing it. */
const rows: readonly Row[] = [
  {
    words: /Cisco IOS XR Software[\s\S]{0,200}?Version (?<version>\d[\w.]*)/i,
    product: 'cisco-ios-xr',
    os: 'cisco-ios-xr',
  },
  {
    words: /Cisco NX-OS\(tm\)[\s\S]{0,200}?Version (?<version>\d[\w.()]*)/i,
    product: 'cisco-nx-os',
    os: 'cisco-nx-os',
  },
  {
    words: /IOS[- ]XE Software[\s\S]{0,200}?Version (?<version>\d[\w.()]*)/i,
    product: 'cisco-ios-xe',
    os: 'cisco-ios-xe',
  },
  {
    words: /Cisco IOS Software \[\w+\][\s\S]{0,200}?Version (?<version>1[6-9]\.[\w.()]*)/i,
    product: 'cisco-ios-xe',
    os: 'cisco-ios-xe',
  },
  {
    words: /Cisco (?:IOS|Internetwork Operating System) Software[\s\S]{0,300}?Version (?<version>\d[\w.()]*)/i,
    product: 'cisco-ios',
    os: 'cisco-ios',
  },
  { words: /Cisco Adaptive Security Appliance Version (?<version>\d[\w.()]*)/i, product: 'cisco-asa', os: 'cisco-asa' },
  { words: /Cisco Controller/i, product: 'cisco-wlc' },
  { words: /^RouterOS(?: (?:[A-Z][\w+-]* )?v?(?<version>\d[\w.]*)?)?/i, product: 'routeros', os: 'routeros' },
  { words: /Juniper Networks[\s\S]{0,200}?JUNOS (?<version>\d[\w.-]*)/i, product: 'junos', os: 'junos' },
  { words: /NetScreen[\w-]* version (?<version>\d[\w.]*)/i, product: 'screenos', os: 'screenos' },
  { words: /Forti(?:Gate|OS)[\w-]*(?:[ ,]+v?(?<version>\d[\w.]*))?/i, product: 'fortios', os: 'fortios' },
  { words: /Palo Alto Networks/i, product: 'pan-os', os: 'pan-os' },
  {
    words: /Huawei[\s\S]{0,200}?(?:VRP|Versatile Routing Platform)[\s\S]{0,80}?Version (?<version>\d[\w.]*)/i,
    product: 'huawei-vrp',
    os: 'huawei-vrp',
  },
  {
    words: /VRP \(?R?\)? ?(?:software|Platform)[\s\S]{0,60}?Version (?<version>\d[\w.]*)/i,
    product: 'huawei-vrp',
    os: 'huawei-vrp',
  },
  { words: /(?:H3C |HPE? )?Comware[\s\S]{0,60}?Version (?<version>\d[\w.]*)/i, product: 'comware', os: 'comware' },
  {
    words: /(?:ProCurve|HP J\d+\w|Aruba (?:JL|J)\d+\w)[\s\S]{0,100}?revision (?<version>[A-Z]{1,2}\.\d[\w.]*)/i,
    product: 'hp-procurve',
  },
  { words: /ArubaOS[\s\S]{0,40}?Version (?<version>\d[\w.-]*)/i, product: 'arubaos', os: 'arubaos' },
  { words: /ExtremeXOS[\s\S]{0,40}?version (?<version>\d[\w.]*)/i, product: 'extremexos', os: 'extremexos' },
  { words: /DrayTek[\s\S]{0,80}?Version: ?(?<version>\d[\w.]*)/i, product: 'draytek-vigor' },
  { words: /Vigor\w*/i, product: 'draytek-vigor' },
  {
    words: /Linux (?:\S+ )?(?<version>\d+\.\d+\.\d[\w.+-]*)[\s\S]{0,100}?(?:EdgeOS|EdgeRouter|UBNT)/i,
    product: 'edgeos',
    os: 'edgeos',
  },
  { words: /EdgeOS v(?<version>\d[\w.]*)/i, product: 'edgeos', os: 'edgeos' },
  { words: /VMware ESXi? (?<version>\d[\w.]*)/i, product: 'vmware-esxi', os: 'vmware-esxi' },
  {
    words:
      /(?:Hardware: [\s\S]{0,100})?Software: Windows (?:2000 )?Version (?<version>\d[\d.]*)(?: \(Build (?<build>\d+))?/i,
    product: 'windows',
    os: 'windows',
  },
  { words: /Synology|DiskStation/i, product: 'synology-dsm', os: 'synology-dsm' },
  { words: /(?:TS-|QNAP)[\w -]{0,30}?(?<version>\d+\.\d+\.\d+)/i, product: 'qts', os: 'qts' },
  { words: /HP ETHERNET MULTI-ENVIRONMENT|HP (?:Color )?LaserJet|JETDIRECT/i, product: 'hp-printer' },
  { words: /(?:FIRMWARE|EEPROM)[ :]V?\.?(?<version>\d[\w.]*)[\s\S]{0,40}?JETDIRECT/i, product: 'hp-printer' },
  { words: /^Brother /i, product: 'brother-printer' },
  { words: /^Canon /i, product: 'canon-printer' },
  { words: /^EPSON /i, product: 'epson-printer' },
  { words: /^Xerox |^FUJI XEROX/i, product: 'xerox-printer' },
  { words: /^RICOH /i, product: 'ricoh-printer' },
  { words: /^KYOCERA/i, product: 'kyocera-printer' },
  { words: /^Lexmark /i, product: 'lexmark-printer' },
  { words: /AXIS [\w -]{1,60}?; (?:[\w -]{1,60}?; )?(?<version>\d+\.\d[\w.]*)/, product: 'axis-os', os: 'axis-os' },
  { words: /Hikvision|DS-2CD/i, product: 'hikvision-web' },
  { words: /Dahua/i, product: 'dahua-web' },
  { words: /APC Web\/SNMP Management Card[\s\S]{0,120}?AF1:v(?<version>\d[\w.]*)/i, product: 'apc-aos' },
  { words: /SonicWALL[\s\S]{0,60}?(?:SonicOS [A-Za-z]* ?(?<version>\d[\w.-]*))?/i, product: 'sonicos', os: 'sonicos' },
  { words: /BIG-IP/i, product: 'big-ip' },
  { words: /NetScaler NS(?<version>\d[\w.]*)/i, product: 'netscaler' },
  { words: /pfSense \S+ (?<version>\d[\w.-]*)/i, product: 'pfsense', os: 'freebsd' },
  { words: /ZyXEL|ZyWALL|ZyNOS/i, product: 'zyxel' },
  { words: /TP-?Link|JetStream/i, product: 'tp-link-router' },
  { words: /D-Link|DES-\d|DGS-\d/i, product: 'd-link' },
  { words: /FreeBSD \S+ (?<version>\d+\.\d+)/, product: 'freebsd', os: 'freebsd' },
  { words: /SunOS \S+ (?<version>\d\.\d+)/, product: 'solaris', os: 'solaris' },
  {
    words: /AIX[\s\S]{0,100}?Base Operating System Runtime AIX version: (?<version>\d[\d.]*)/i,
    product: 'aix',
    os: 'aix',
  },
  { words: /HP-UX \S+ B\.(?<version>\d[\d.]*)/, product: 'hp-ux', os: 'hp-ux' },
  { words: /Darwin \S+ (?<version>\d[\d.]*)/, product: 'macos', os: 'macos' },
  { words: /^Linux \S+ (?<version>\d+\.\d+\.\d+)[\w.+-]*(?<os>[^\r\n]*)/, product: 'linux-kernel', os: 'linux' },
];

/** What an SNMP agent says of the machine it stands on. */
export function readSysDescr(text: string): readonly Reading[] {
  const found = readRow(rows, text.replace(/^\s*(?:STRING: |SNMPv2-MIB::sysDescr\.0 = STRING: )"?/, ''));
  if (found?.product !== 'windows') return listOf(found);
  const build = /\(Build (\d+)/.exec(text)?.[1];
  return [
    build === undefined || found.version === undefined
      ? found
      : { ...found, version: `${windowsVersion(found.version, build)}.${build}` },
  ];
}

/** Windows 10 and its servers call themselves 6.3 here, for old programs' sake; their build tells. */
function windowsVersion(told: string, build: string): string {
  return told === '6.3' && Number(build) >= 10240 ? '10.0' : told;
}
