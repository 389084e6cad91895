import type { Chain, Hop } from '../../model/facts/http.ts';
import type { ObservationOf, Seen } from '../../model/observation.ts';
import { message, type Message } from '../../model/text.ts';

/** One header: every value that was sent, none, or not known. */
export type HeaderRow = { readonly name: string; readonly values: readonly string[]; readonly word: Message | null };

/** A chain of answers from one starting URL. */
export type ChainView = {
  readonly start: string;
  readonly hops: readonly { readonly url: string; readonly status: number; readonly location: string | null }[];
  readonly end: Message;
};

/** What one web endpoint answered. */
export type HeadersPanel = {
  readonly target: string;
  readonly at: string;
  readonly chains: readonly ChainView[];
  /** Of the last answer over https, or over http where there is none; null when neither answered. */
  readonly headers: { readonly url: string; readonly rows: readonly HeaderRow[]; readonly cut: boolean } | null;
};

/** Security headers in the order in which they are worth setting, then those that tell about the server. */
const watched = [
  'Strict-Transport-Security',
  'Content-Security-Policy',
  'X-Frame-Options',
  'X-Content-Type-Options',
  'Referrer-Policy',
  'Permissions-Policy',
  'Cross-Origin-Opener-Policy',
  'Set-Cookie',
  'Server',
  'X-Powered-By',
] as const;

/** The panel of one HTTP observation. */
export function headersPanel(observation: ObservationOf<'http'> & Seen<'http'>): HeadersPanel {
  const { secure, plain } = observation.facts;
  const last = lastHop(secure) ?? lastHop(plain);
  return {
    target: observation.target,
    at: observation.at,
    chains: [secure, plain].filter((chain) => chain !== null).map(chainView),
    headers: last === undefined ? null : { url: last.url, rows: headerRows(last), cut: last.headersCut },
  };
}

function headerRows(hop: Hop): readonly HeaderRow[] {
  return watched.map((name) => {
    const values = hop.headers.filter(([sent]) => sent.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
    const missing = hop.headersCut ? 'report.headers.unknown' : 'report.headers.none';
    return { name, values, word: values.length > 0 ? null : message(missing) };
  });
}

function lastHop(chain: Chain | null): Hop | undefined {
  return chain?.end === 'answer' ? chain.hops.at(-1) : undefined;
}

function chainView(chain: Chain): ChainView {
  return {
    start: chain.start,
    hops: chain.hops.map(({ url, status, location }) => ({ url, status, location: location ?? null })),
    end:
      chain.failure === undefined
        ? message(`report.chain.${chain.end}`)
        : message(`words.failure.${chain.failure.code}`),
  };
}
