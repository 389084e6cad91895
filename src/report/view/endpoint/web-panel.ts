import type { Chain, Hop } from '../../../model/facts/http.ts';
import type { SecurityTxtFacts } from '../../../model/facts/web-paths.ts';
import type { ObservationOf, Seen } from '../../../model/observation.ts';
import { message, type Message } from '../../../model/text.ts';
import { factRow, listed, type FactRow } from './fact-row.ts';
import { failureWord } from '../unseen.ts';

/** Of an answer's headers those that guard the visitor. */
const guards = [
  'strict-transport-security',
  'content-security-policy',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'permissions-policy',
] as const;

/** What a web endpoint showed beside its redirects and headers: cookies, policy, well-known files, paths that answer. */
export function webRows({ facts }: ObservationOf<'http'> & Seen<'http'>): readonly FactRow[] {
  const { secure, plain, paths, asks } = facts;
  const chain = [secure, plain].find((one) => one?.end === 'answer');
  const last = chain?.hops.at(-1);
  const proved = paths?.answered.filter(({ proof }) => proof !== undefined).map(({ url }) => url);
  const methods = asks?.questions.find(({ question }) => question === 'options')?.hop;
  return [
    factRow('page', titleOf(chain)),
    listed('cookies', last && cookiesOf(last)),
    listed('csp', last && policiesOf(last)),
    securityTxtRow(paths?.securityTxt),
    robotsRow(paths?.robots),
    listed('paths', proved),
    ...(methods === undefined ? [] : [listed('methods', valuesOf(methods, 'allow'))]),
  ];
}

/** A web endpoint in a few words. */
export function webDigest({ facts }: ObservationOf<'http'> & Seen<'http'>): readonly Message[] {
  const { secure, plain } = facts;
  const last = [secure, plain].find((one) => one?.end === 'answer')?.hops.at(-1);
  if (last === undefined) {
    const failure = (secure ?? plain)?.failure;
    return failure === undefined ? [] : [failureWord(failure.code)];
  }
  const sent = new Set(last.headers.map(([name]) => name.toLowerCase()));
  return [
    message('owner.digest.status', { status: last.status }),
    message('owner.digest.headers', { n: guards.filter((name) => sent.has(name)).length, of: guards.length }),
  ];
}

function titleOf(chain: Chain | null | undefined): readonly string[] | undefined {
  const body = chain?.body;
  if (body === undefined) return undefined;
  return [body.title, body.generator].filter((one) => one !== null && one !== '').map(String);
}

function valuesOf({ headers }: Hop, wanted: string): readonly string[] {
  return headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
}

/** Name and attributes: values are secrets and were never kept. */
function cookiesOf(hop: Hop): readonly string[] {
  return valuesOf(hop, 'set-cookie').map((line) => {
    const [pair = '', ...attributes] = line.split(';').map((one) => one.trim());
    return [pair.split('=')[0] ?? '', ...attributes].join('; ');
  });
}

function policiesOf(hop: Hop): readonly string[] {
  return valuesOf(hop, 'content-security-policy').flatMap((policy) =>
    policy
      .split(';')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  );
}

function securityTxtRow(facts: SecurityTxtFacts | undefined): FactRow {
  if (facts === undefined) return factRow('security-txt', undefined);
  if (facts.file === undefined) return listed('security-txt', []);
  return factRow(
    'security-txt',
    facts.file.fields.map(([, name, value]) => `${name}: ${value}`),
  );
}

function robotsRow(
  facts:
    { readonly status: number | null; readonly present: boolean; readonly disallow: readonly string[] } | undefined,
): FactRow {
  if (facts === undefined || facts.status === null) return factRow('robots', undefined);
  return facts.present ? factRow('robots', facts.disallow) : listed('robots', []);
}
