import { deviceServers } from './device-servers.ts';
import { readProductTokens } from './product-tokens.ts';
import type { Reading, Row } from './reading.ts';

/** Servers whose name holds blanks or brackets, so that it is not a product token. */
export const serverPhrases: readonly Row[] = [
  { words: /^Jetty\(v?(?<version>\d[^\s()]*)\)/i, product: 'jetty' },
  { words: /^(?:Mort Bay )?Jetty[- ](?<version>\d[\w.-]*)/i, product: 'jetty' },
  { words: /^Apache[ -]Tomcat(?:\/v?(?<version>\d[\w.-]*))?(?<os>.*)/i, product: 'tomcat' },
  { words: /^Apache[ -]TomEE(?:\/(?<version>\d[\w.-]*))?/i, product: 'tomee' },
  {
    words: /^(?:Eclipse |Oracle |Sun )?GlassFish(?: (?:Enterprise )?Server)?[A-Za-z ]{0,40}\s*v?(?<version>\d[\w.]*)?/i,
    product: 'glassfish',
  },
  { words: /^Payara (?:Server|Micro)[A-Za-z ]{0,20}\s*(?<version>\d[\w.]*)?/i, product: 'payara' },
  { words: /^(?:WebLogic )?WebLogic (?:Application )?Server(?: (?<version>\d[\w.]*))?/i, product: 'weblogic' },
  { words: /^(?:IBM )?WebSphere Application Server(?:[/ ]v?(?<version>\d[\w.]*))?/i, product: 'websphere' },
  { words: /^Phusion Passenger(?:\(R\))? ?(?<version>\d[\w.]*)?/i, product: 'passenger' },
  { words: /^Zope\/\(?(?:Zope |unreleased version)?(?<version>\d[\w.]*)?/i, product: 'zope' },
  {
    words: /^SAP NetWeaver Application Server(?:(?: \/ (?:ABAP|ICM))? (?<version>\d[\d.]*))?/i,
    product: 'sap-netweaver',
  },
  { words: /^Oracle XML DB\/Oracle Database/i, product: 'oracle-database' },
  { words: /^Oracle[- ]Fusion[- ]Middleware(?:\/(?<version>\d[\w.]*))?/i, product: 'oracle-fusion-middleware' },
  { words: /^Oracle Containers for J2EE/i, product: 'oracle-application-server' },
  { words: /^(?:Lotus|IBM|HCL) Domino(?:[/ ](?<version>\d[\w.]*))?/i, product: 'domino' },
  { words: /^Hiawatha v(?<version>\d[\w.]*)/i, product: 'hiawatha' },
  { words: /^HFS (?<version>\d[\w.]*)/i, product: 'http-file-server', os: 'windows' },
  { words: /^Icecast (?<version>\d[\w.-]*)/i, product: 'icecast' },
  { words: /^Abyss\/(?<version>\d[\w.]*)/i, product: 'abyss' },
  { words: /^Kerio (?:Connect|MailServer)(?: (?<version>\d[\w.]*))?/i, product: 'kerio-connect' },
  { words: /^MDaemon(?: Webmail)? ?(?<version>\d[\w.]*)?/i, product: 'mdaemon', os: 'windows' },
  { words: /^CrushFTP/i, product: 'crushftp' },
  { words: /^Zimbra/i, product: 'zimbra' },
  { words: /^IceWarp(?: WebSrv)?[/ ](?<version>\d[\w.]*)/i, product: 'icewarp' },
  { words: /^Google Frontend/i, product: 'google-web-server' },
  { words: /^Sitecore CMS/i, product: 'sitecore' },
  { words: /^VMware(?: ESXi?| Authentication)/i, product: 'vmware-esxi' },
  { words: /^Splunkd/i, product: 'splunk' },
  ...deviceServers,
];

/** The Server header. */
export function readServer(text: string): readonly Reading[] {
  const said = text.replace(/^Server:\s*/i, '').trim();
  return readProductTokens(inOneWord(said), serverPhrases);
}

/** `nginx/1.18.0 + Phusion Passenger 6.0.4`: a name of two words behind a token becomes a token. */
function inOneWord(text: string): string {
  return text.replace(/(?<=\S \+? ?)Phusion Passenger(?:\(R\))?[ /](?=\d)/i, 'Phusion_Passenger/');
}
