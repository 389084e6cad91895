import { readProductTokens } from './product-tokens.ts';
import { readRow, readRows, type Reading, type Row } from './reading.ts';
import { serverPhrases } from './server-words.ts';

/** What stands in X-Powered-By and is no product token. */
const phrases: readonly Row[] = [
  // The CLR or MVC version of ASP.NET stands in headers of their own; the plain word has no number.
  { words: /^ASP\.NET$/i, product: 'aspnet', os: 'windows' },
  { words: /^ASP\.NET Core(?: (?<version>\d[\w.]*))?/i, product: 'aspnet-core' },
  { words: /^Express\b/i, product: 'express' },
  { words: /^Next\.js ?(?<version>\d[\w.-]*)?/i, product: 'nextjs' },
  { words: /^Nuxt(?:\.js)?(?:[ /](?<version>\d[\w.-]*))?/i, product: 'nuxt' },
  { words: /^Phusion Passenger(?:\(R\))?(?: Enterprise)? ?(?<version>\d[\w.]*)?/i, product: 'passenger' },
  { words: /^PleskLin|^PleskWin|^Plesk\b/i, product: 'plesk' },
  { words: /^W3 Total Cache\/(?<version>\d[\w.]*)/i, product: 'w3-total-cache' },
  { words: /^WP Engine/i, product: 'wordpress' },
  { words: /^WordPress(?: VIP)?(?:[ /](?<version>\d[\w.]*))?/i, product: 'wordpress' },
  { words: /^Craft CMS/i, product: 'craft' },
  { words: /^Strapi/i, product: 'strapi' },
  { words: /^Sails/i, product: 'sails' },
  { words: /^UrlRewriter\.NET (?<version>\d[\w.]*)/i, product: 'urlrewriter.net' },
  { words: /^Liferay[A-Za-z ()/-]{0,60}(?<version>\d[\w.-]*)?/i, product: 'liferay' },
  { words: /^DotNetNuke|^DNN\b/i, product: 'dotnetnuke', os: 'windows' },
  { words: /^Umbraco(?:[ /](?<version>\d[\w.]*))?/i, product: 'umbraco', os: 'windows' },
  { words: /^eZ Publish/i, product: 'ez-publish' },
  { words: /^Bitrix Site Manager/i, product: 'bitrix' },
  { words: /^Sitefinity(?:[ /](?<version>\d[\w.]*))?/i, product: 'sitefinity', os: 'windows' },
  { words: /^Blazor/i, product: 'aspnet-core' },
];

/** Java containers in the words behind `Servlet/3.1` and `JSP/2.3`, which are levels of a specification. */
const containers: readonly Row[] = [
  { words: /\bJBossAS-(?<version>\d[\w.]*)/i, product: 'jboss-as' },
  { words: /\bJBoss-(?<version>\d[\w.]*)/i, product: 'jboss-as' },
  { words: /\bJBossWeb-(?<version>\d[\w.]*)/i, product: 'jboss-web' },
  { words: /\bTomcat-(?<version>\d[\w.]*)/i, product: 'tomcat' },
  { words: /\bUndertow\/(?<version>\d[\w.]*)/i, product: 'undertow' },
  { words: /\bJava\/(?:[A-Za-z ]{1,40}\/)?(?<version>\d[\w.]*)/i, product: 'java-se' },
];

/** X-Powered-By; several values may stand in one line, `PHP/8.1, ASP.NET`. */
export function readPoweredBy(text: string): readonly Reading[] {
  const said = text.replace(/^X-Powered-By:\s*/i, '').trim();
  if (/^(?:Servlet|JSP|JSF)\b/i.test(said)) return readServlet(said);
  return said.split(/,\s*(?=[A-Z])/, 8).flatMap((part) => readProductTokens(part, phrases));
}

function readServlet(text: string): readonly Reading[] {
  const inside = /\(([^()]*)\)/.exec(text)?.[1];
  const named = inside === undefined ? undefined : readRow(serverPhrases, inside);
  return [
    ...(named === undefined ? [] : [named]),
    ...readRows(containers, text),
    { product: /^JSF/i.test(text) ? 'jsf' : 'java-servlet' },
  ];
}

/**
 * X-AspNet-Version tells the version of the CLR (4.0.30319 serves every .NET Framework from 4.0 to 4.8.1), so it is kept
 * as ASP.NET's and never as the framework's; X-AspNetMvc-Version is given as a line with its name.
 */
export function readAspNetVersion(text: string): readonly Reading[] {
  const mvc = /^X-AspNetMvc-Version: *(?<version>\d[\w.]*)/i.exec(text)?.groups?.['version'];
  if (mvc !== undefined) return [{ product: 'aspnet-mvc', version: mvc, os: 'windows' }];
  const clr = /^\s*(?:X-AspNet-Version: *)?(\d[\w.]*)/i.exec(text)?.[1];
  return clr === undefined && !/asp\.net/i.test(text)
    ? []
    : [{ product: 'aspnet', ...(clr === undefined ? {} : { version: clr }), os: 'windows' }];
}

/** Via (RFC 9110, 7.6.3): what a proxy says of itself stands in the comments, or as a pseudonym. */
export function readVia(text: string): readonly Reading[] {
  const comments = [...text.matchAll(/\(([^()]*)\)/g)].map((match) => match[1] ?? '').slice(0, 10);
  const found = comments
    .flatMap((comment) => readProductTokens(comment, []))
    .filter(({ version }) => version !== undefined);
  return found.length > 0 ? found : readRows(pseudonyms, text);
}

const pseudonyms: readonly Row[] = [
  { words: /\b(?:vegur|heroku)\b/i, product: 'heroku-router' },
  { words: /\.cloudfront\.net \(CloudFront\)/i, product: 'amazon-cloudfront' },
  { words: /\bATS\b|ApacheTrafficServer/, product: 'apache-traffic-server' },
  { words: /\bvarnish\b/i, product: 'varnish' },
  { words: /\bsquid\b/i, product: 'squid' },
  { words: /\b1\.[01] google\b/i, product: 'google-web-server' },
  { words: /NetScaler|NS-CACHE/i, product: 'netscaler' },
];
