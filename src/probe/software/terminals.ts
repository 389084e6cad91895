import { readRow, type Reading, type Row } from './reading.ts';

/** RFB's `003.008` is the protocol's version (RFC 6143, 7.1.1), never the product's. */
const vnc: readonly Row[] = [
  { words: /^RFB 003\.889/, product: 'apple-remote-desktop', vendor: 'apple' },
  { words: /^RFB 00[45]\.\d{3}/, product: 'realvnc', vendor: 'realvnc' },
  { words: /^RFB \d{3}\.\d{3}/, product: 'vnc' },
];

/** A VNC greeting. */
export function readVnc(text: string): readonly Reading[] {
  const found = readRow(vnc, text);
  return found === undefined ? [] : [found];
}

const telnet: readonly Row[] = [
  { words: /MikroTik v?(?<version>\d[\w.]*)/i, product: 'routeros', vendor: 'mikrotik' },
  { words: /User Access Verification/i, product: 'cisco-ios', vendor: 'cisco' },
  { words: /Microsoft Telnet Service/i, product: 'microsoft-telnet', vendor: 'microsoft' },
  { words: /BusyBox v(?<version>\d[\w.]*)/i, product: 'busybox', vendor: 'busybox' },
  { words: /Ubuntu (?<version>\d\d\.\d\d)/, product: 'ubuntu', vendor: 'canonical' },
  { words: /Debian GNU\/Linux (?<version>\d+)/, product: 'debian', vendor: 'debian' },
  { words: /Red Hat Enterprise Linux[A-Za-z ]{0,20}(?<version>\d[\d.]*)?/, product: 'rhel', vendor: 'red-hat' },
  { words: /CentOS[A-Za-z ]{0,20}(?<version>\d[\d.]*)?/, product: 'centos', vendor: 'centos' },
  { words: /Copyright \(c\)[^\r\n]{0,40}Huawei/i, product: 'huawei-vrp', vendor: 'huawei' },
  { words: /FortiGate|Fortinet/i, product: 'fortios', vendor: 'fortinet' },
];

/** What a telnet service says before it asks for a name; option negotiation (RFC 854) is passed over. */
export function readTelnet(text: string): readonly Reading[] {
  const found = readRow(telnet, text.replace(/\xff[\xfb-\xfe]./gs, ''));
  return found === undefined ? [] : [found];
}
