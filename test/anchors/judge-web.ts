import { fileURLToPath } from 'node:url';
import { compileChecks } from '../../src/judge/compile.ts';
import { judgeTarget } from '../../src/judge/judge.ts';
import { readChecks } from '../../src/judge/read.ts';
import type { HttpFacts } from '../../src/model/facts/http.ts';
import type { Finding } from '../../src/model/finding.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { body, chain, hop, page, web } from '../judge/view/given.ts';

const compiled = compileChecks(await readChecks([fileURLToPath(new URL('checks/web/', packageRoot))]));

/** A case of a web site: the headers of its page, its HTML, and what its http URL answers. */
export type Site = {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly html?: string;
  readonly contentType?: string;
  readonly status?: number;
  /** Headers of the answer at the http URL, which redirects to https unless `plainStatus` says otherwise. */
  readonly plain?: Readonly<Record<string, string>>;
  readonly plainStatus?: number;
  /** Before the page, at the https URL: a redirect with these headers. */
  readonly redirect?: Readonly<Record<string, string>>;
};

const S = 'https://portal.tinh.gov.vn/';
const P = 'http://portal.tinh.gov.vn/';

function factsOf(site: Site): HttpFacts {
  const type = site.contentType ?? 'text/html; charset=utf-8';
  const isHtml = type.startsWith('text/html');
  const shown = body({ contentType: type, ...(isHtml ? { page: page(site.html ?? '<body>') } : {}) });
  const { page: read, ...words } = shown;
  const answer = hop(site.redirect === undefined ? S : `${S}vi`, site.status ?? 200, {
    'Content-Type': type,
    ...site.headers,
  });
  const before = site.redirect === undefined ? [] : [hop(S, 301, { ...site.redirect, Location: '/vi' })];
  const plain = site.plain ?? { Location: S };
  return {
    secure: chain([...before, answer], { body: isHtml && read !== undefined ? { ...words, page: read } : words }),
    plain: chain([hop(P, site.plainStatus ?? 301, plain)], site.plainStatus === 200 ? { body: body() } : {}),
  };
}

/** Findings of one site by every check about the web, by id. */
export function judgeSite(site: Site): ReadonlyMap<string, Finding> {
  const target = web(S);
  const observation = {
    kind: 'http' as const,
    target: target.key,
    zone: 'internet',
    at: '2026-11-22T08:00:00.000Z',
    ms: 1,
    probe: 'http/2',
    ok: true as const,
    facts: factsOf(site),
  };
  const findings = judgeTarget(compiled, { target, observations: [observation], kinds: ['http'], reference: {} });
  return new Map(findings.map((finding) => [finding.check, finding]));
}
