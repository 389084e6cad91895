import { readStandIns } from '../../../src/feeds/stand-ins.ts';
import type { Chain, Hop } from '../../../src/model/facts/http.ts';
import type { PageFacts } from '../../../src/model/facts/page.ts';
import { readPageWords } from '../../../src/probe/http/html-words.ts';
import type { EndpointOf } from '../../../src/model/inventory/endpoint.ts';
import type { Reference } from '../../../src/model/reference.ts';
import type { Target } from '../../../src/model/target.ts';
import type { ViewContext } from '../../../src/judge/view/view.ts';

/** Hand-made facts for the tests of views: small, and nothing in them that a probe could not have seen. */
export function hop(
  url: string,
  status: number,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): Hop {
  const location = headers['Location'];
  return {
    url,
    address: '127.0.0.1',
    status,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, each]),
    ),
    headersCut: false,
    ...(typeof location === 'string' && { location: new URL(location, url).href }),
  };
}

export function chain(hops: readonly Hop[], rest: Partial<Chain> = {}): Chain {
  return { start: hops[0]?.url ?? 'https://portal.example/', hops: [...hops], end: 'answer', ...rest };
}

export const failed = (start: string, code: 'refused' | 'timeout' | 'tls'): Chain => ({
  start,
  hops: [],
  end: 'failed',
  failure: { code, detail: `${code} by the test`, retryable: false },
});

/** What a page of this HTML says, as the probe reads it. */
export const page = (html: string): PageFacts => ({ sha256: '', ...readPageWords(html).page });

/** A page whose words are as told and which loads nothing. */
export const body = (rest: Partial<NonNullable<Chain['body']>> = {}): NonNullable<Chain['body']> => ({
  bytes: 100,
  cut: false,
  contentType: 'text/html',
  title: 'Cổng thông tin',
  generator: null,
  passwordField: false,
  page: page('<html lang=vi><body>'),
  ...rest,
});

/** The pages that stand in a site's place, as the program ships them. */
const standIns = await readStandIns();

export function context(
  target: Target,
  reference: Reference = { standIns },
  at = '2026-09-01T00:00:00.000Z',
): ViewContext {
  return { at, target, reference };
}

export function web(url = 'https://portal.example/'): Target {
  return {
    key: `${url} [127.0.0.1]`,
    kind: 'web',
    system: 'portal',
    endpoint: { kind: 'web', url },
    address: '127.0.0.1',
  };
}

export function host(services?: EndpointOf<'host'>['services']): Target {
  const endpoint = { kind: 'host', host: '127.0.0.1', ...(services !== undefined && { services }) } as const;
  return { key: '127.0.0.1', kind: 'host', system: 'portal', endpoint, address: '127.0.0.1' };
}
