import type { ErrorSign } from '../../../model/facts/web-paths.ts';
import { mask } from './mask.ts';

type Sign = {
  readonly kind: ErrorSign['kind'];
  readonly product: string;
  readonly pattern: RegExp;
  readonly also?: RegExp;
};

/** What error pages give away, the gravest first; the first group of a pattern is the telling line. */
const signs: readonly Sign[] = [
  {
    kind: 'debug-page',
    product: 'django',
    pattern: /(You(?:&#x27;|'|&#39;)re seeing this error because you have <code>DEBUG = True)/,
  },
  {
    kind: 'debug-page',
    product: 'werkzeug',
    pattern: /(Werkzeug Debugger|The debugger caught an exception in your WSGI application)/,
  },
  {
    kind: 'debug-page',
    product: 'laravel',
    pattern:
      /(Whoops! There was an error|<div class="Whoops|Illuminate\\[A-Za-z\\]{1,80}|ignition(?:Report|-error)|window\.ignite\()/,
  },
  {
    kind: 'debug-page',
    product: 'symfony',
    pattern: /(Symfony Exception|sf-dump|<title>[^<]{0,120}\(\d{3} [A-Za-z ]{1,40}\)<\/title>[\s\S]{0,400}symfony)/i,
  },
  { kind: 'debug-page', product: 'rails', pattern: /(Action Controller: Exception caught|Rails\.root: )/ },
  {
    kind: 'debug-page',
    product: 'asp.net',
    pattern: /(Server Error in '[^'<]{1,80}' Application\.[\s\S]{0,3000}?Stack Trace:)/,
  },
  {
    kind: 'debug-page',
    product: 'asp.net-core',
    pattern: /(An unhandled exception occurred while processing the request\.)/,
  },
  {
    kind: 'debug-page',
    product: 'express',
    pattern: /(<pre>[^<]{1,200}(?:<br>|\n) ?(?:&nbsp; ?){0,16}at [\w.<>& ;]{1,80} ?\()/,
  },
  {
    kind: 'stack-trace',
    product: 'java',
    pattern: /(\b(?:java|javax|jakarta|org|com|net|vn)\.[\w.$]{1,160}(?:Exception|Error)\b[^\n<]{0,160})/,
  },
  {
    kind: 'stack-trace',
    product: 'java',
    pattern: /(\bat [\w.$<>/]{1,200}\([A-Za-z0-9_]{1,60}\.java:\d{1,6}\))/,
  },
  { kind: 'stack-trace', product: '.net', pattern: /(\bat (?:System|Microsoft)\.[\w.`<>[\]]{1,160}\()/ },
  {
    kind: 'stack-trace',
    product: 'php',
    pattern: /([^\n]{0,300}\.php(?:<\/b>)? on line)/,
    also: /\b(?:Fatal error|Warning|Notice|Deprecated|Parse error)\b/,
  },
  { kind: 'stack-trace', product: 'python', pattern: /(Traceback \(most recent call last\):)/ },
  {
    kind: 'stack-trace',
    product: 'node.js',
    pattern: /(\bat [\w.$<> [\]]{1,80} \((?:file:\/\/|node:|\/|[A-Z]:\\)[^\n)<]{1,200}:\d{1,6}:\d{1,6}\))/,
  },
  { kind: 'stack-trace', product: 'oracle-database', pattern: /(ORA-\d{5}: [^\n<]{1,160})/ },
  {
    kind: 'stack-trace',
    product: 'sql',
    pattern:
      /(You have an error in your SQL syntax;|SQLSTATE\[\w{5}\]|Unclosed quotation mark after the character string)/,
  },
  { kind: 'version', product: 'tomcat', pattern: /(Apache Tomcat\/\d[\w.]{0,20})/ },
  { kind: 'version', product: 'apache', pattern: /<address>(Apache\/\d[^<]{0,120})/ },
  { kind: 'version', product: 'nginx', pattern: /<center>((?:nginx|openresty)\/\d[^<]{0,40})<\/center>/ },
  { kind: 'version', product: 'jetty', pattern: /(Powered by Jetty:\/\/ ?\d[\w.]{0,24}|Jetty\(\d[\w.]{0,24}\))/ },
  { kind: 'version', product: 'asp.net', pattern: /(ASP\.NET Version:\s?\d[\d.]{1,20})/ },
  { kind: 'version', product: 'jboss', pattern: /(JBoss(?:Web| Web|AS|EAP| AS)?[/ ]\d[\w.]{0,24})/ },
  { kind: 'version', product: 'glassfish', pattern: /(GlassFish Server[\w ]{0,30} \d[\w.]{0,20})/ },
  { kind: 'version', product: 'lighttpd', pattern: /(lighttpd\/\d[\d.]{0,12})/ },
];

/** As much of an error page as is read. */
const most = 65_536;

/** What an error page tells beyond its error: traces and debug pages, and versions; at most one of each. Total. */
export function errorSignsIn(url: string, status: number, text: string): readonly ErrorSign[] {
  const page = text.slice(0, most);
  const found = signs.flatMap(({ kind, product, pattern, also }) => {
    const line = also?.test(page) === false ? undefined : pattern.exec(page)?.[1];
    return line === undefined
      ? []
      : [{ url: url.slice(0, 2048), status, kind, product, excerpt: mask(firstLine(line)) }];
  });
  const trace = found.find(({ kind }) => kind !== 'version');
  const version = found.find(({ kind }) => kind === 'version');
  return [trace, version].filter((sign) => sign !== undefined);
}

const firstLine = (text: string) =>
  text
    .replace(/<[^>]{0,200}>/g, ' ')
    .trimStart()
    .split('\n', 1)[0] ?? '';
