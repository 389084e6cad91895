import { readProductTokens } from './product-tokens.ts';
import { readRow, type Reading, type Row } from './reading.ts';

const microsoft = 'microsoft';

/** Servers whose name holds blanks or brackets, so that it is not a product token. */
const serverPhrases: readonly Row[] = [
  { words: /^Jetty\(v?(?<version>\d[^\s()]*)\)/i, product: 'jetty', vendor: 'eclipse' },
  { words: /^Apache Tomcat(?:\/(?<version>\d[\w.-]*))?/i, product: 'tomcat', vendor: 'apache' },
  { words: /^GlassFish Server[A-Za-z ]{0,40}(?<version>\d[\w.]*)?/i, product: 'glassfish', vendor: 'eclipse' },
  { words: /^Payara Server\s+(?<version>\d[\w.]*)?/i, product: 'payara', vendor: 'payara' },
  { words: /^WebLogic (?:Application )?Server (?<version>\d[\w.]*)?/i, product: 'weblogic', vendor: 'oracle' },
  { words: /^WebSphere Application Server(?:\/(?<version>\d[\w.]*))?/i, product: 'websphere', vendor: 'ibm' },
  { words: /^Phusion Passenger(?:\(R\))? ?(?<version>\d[\w.]*)?/i, product: 'passenger', vendor: 'phusion' },
  { words: /^Cisco IOS/i, product: 'cisco-ios', vendor: 'cisco' },
  { words: /^Cisco AWARE/i, product: 'cisco-asa', vendor: 'cisco' },
  { words: /^Citrix|^NetScaler|^NS[-_]?CACHE/i, product: 'netscaler', vendor: 'citrix' },
  { words: /^(?:PanWeb Server|Palo Alto)/i, product: 'pan-os', vendor: 'palo-alto-networks' },
  { words: /^Zimbra/i, product: 'zimbra', vendor: 'synacor' },
  { words: /^Kerio Connect (?<version>\d[\w.]*)?/i, product: 'kerio-connect', vendor: 'gfi' },
  { words: /^MDaemon(?: Webmail)? ?(?<version>\d[\w.]*)?/i, product: 'mdaemon', vendor: 'alt-n' },
];

/** The Server header. */
export function readServer(text: string): readonly Reading[] {
  return readProductTokens(text, serverPhrases);
}

/** X-Powered-By, and header lines that exist to name a product (given as `Name: value`). */
const poweredPhrases: readonly Row[] = [
  {
    words: /^Liferay[- ]Portal: Liferay[A-Za-z ()/-]{0,60}(?<version>\d[\w.-]*)?/i,
    product: 'liferay',
    vendor: 'liferay',
  },
  { words: /^X-Jenkins: (?<version>\d[\w.-]*)/i, product: 'jenkins', vendor: 'jenkins' },
  { words: /^MicrosoftSharePointTeamServices: (?<version>\d[\w.]*)/i, product: 'sharepoint', vendor: microsoft },
  { words: /^X-OWA-Version: (?<version>\d[\w.]*)/i, product: 'msexchange', vendor: microsoft },
  { words: /^X-Drupal-(?:Dynamic-)?Cache: /i, product: 'drupal', vendor: 'drupal' },
  { words: /^X-LiteSpeed-Cache: /i, product: 'litespeed', vendor: 'litespeed' },
  { words: /^X-Varnish: /i, product: 'varnish', vendor: 'varnish' },
  // The CLR or MVC version of ASP.NET; the plain word has no number of its own.
  { words: /^ASP\.NET/i, product: 'aspnet', vendor: microsoft },
  { words: /^Express\b/i, product: 'express', vendor: 'openjs' },
  { words: /^Next\.js ?(?<version>\d[\w.]*)?/i, product: 'nextjs', vendor: 'vercel' },
  { words: /^Phusion Passenger(?:\(R\))? ?(?<version>\d[\w.]*)?/i, product: 'passenger', vendor: 'phusion' },
  { words: /^PleskLin|^PleskWin/i, product: 'plesk', vendor: 'plesk' },
  { words: /^W3 Total Cache\/(?<version>\d[\w.]*)/i, product: 'w3-total-cache', vendor: 'wordpress' },
];

/** X-Powered-By and its like. `Servlet/3.1` and `JSP/2.3` are levels of a specification that many products implement. */
export function readPoweredBy(text: string): readonly Reading[] {
  const rest = text.replace(/^X-Powered-By: /i, '');
  const inServlet = /\(([^()]*)\)/.exec(rest)?.[1];
  if (/^(?:Servlet|JSP|JSF)\b/i.test(rest)) {
    const first: Reading = { product: /^JSF/i.test(rest) ? 'jsf' : 'java-servlet' };
    const product = inServlet === undefined ? undefined : readRow(serverPhrases, inServlet);
    return product === undefined ? [first, ...servletContainer(rest)] : [first, product];
  }
  return readProductTokens(rest, poweredPhrases);
}

const servletContainers: readonly Row[] = [
  { words: /\bTomcat-(?<version>\d[\w.]*)/i, product: 'tomcat', vendor: 'apache' },
  { words: /\bJBossWeb-(?<version>\d[\w.]*)/i, product: 'jboss-web', vendor: 'red-hat' },
  { words: /\bUndertow\/(?<version>\d[\w.]*)/i, product: 'undertow', vendor: 'red-hat' },
];

function servletContainer(text: string): readonly Reading[] {
  const found = readRow(servletContainers, text);
  return found === undefined ? [] : [found];
}

/**
 * X-AspNet-Version tells the version of the CLR (4.0.30319 serves every .NET Framework from 4.0 to 4.8.1), so it is kept
 * as ASP.NET's and never as the framework's; X-AspNetMvc-Version is given as a line with its name.
 */
export function readAspNetVersion(text: string): readonly Reading[] {
  const mvc = /^X-AspNetMvc-Version: *(?<version>\d[\w.]*)/i.exec(text)?.groups?.['version'];
  if (mvc !== undefined) return [{ product: 'aspnet-mvc', version: mvc, vendor: microsoft }];
  const clr = /^(?:X-AspNet-Version: *)?(\d[\w.]*)/i.exec(text)?.[1];
  return [{ product: 'aspnet', ...(clr === undefined ? {} : { version: clr }), vendor: microsoft }];
}

/** Via (RFC 9110, 7.6.3): what a proxy says of itself stands in the comments. */
export function readVia(text: string): readonly Reading[] {
  const comments = [...text.matchAll(/\(([^()]*)\)/g)].map((match) => match[1] ?? '').slice(0, 10);
  return comments.flatMap((comment) => readProductTokens(comment, [])).filter(({ version }) => version !== undefined);
}
