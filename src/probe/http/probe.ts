import type { Chain, HttpFacts } from '../../model/facts/http.ts';
import type { SecrecyMark } from '../../model/facts/web-paths.ts';
import type { EndpointOf } from '../../model/inventory/endpoint.ts';
import { FailureError, type FailureCode } from '../../model/failure.ts';
import type { Target } from '../../model/target.ts';
import type { Probe, ProbeRequest } from '../wire/wire.ts';
import { createAsk, createSend, type AskingContext, type Send } from './asking.ts';
import { createBudget, type Budget } from './budget.ts';
import { followChain, type ChainContext } from './chain.ts';
import { portOf, type Place } from './connection.ts';
import { failureOf } from './failures.ts';
import { refusalIn, type StandIn } from './refusal.ts';
import { isRedirect, toPage, type Page } from './page.ts';
import { allParts } from './parts.ts';
import { noPaths } from './paths/ask-paths.ts';
import { placeOf, type Resolve, type Scope } from './scope.ts';
import { createMarkWatch, withoutWay } from './secrecy/watch.ts';
import { siteOf } from './site.ts';
import { startUrls, type StartUrls } from './start-urls.ts';
import type { WebPart } from './web-part.ts';

export type HttpProbeOptions = {
  /** Most of a body that is read, and most that a compressed one may grow to; default 512 kB. */
  readonly maxBodyBytes?: number;
  /** From the request to the end of the headers; default 10,000. */
  readonly headersMs?: number;
  /** From the end of the headers to the end of the body; default 10,000. */
  readonly bodyMs?: number;
  /** Time for a TLS handshake; default 10,000. */
  readonly handshakeMs?: number;
  /** Without it a redirect to another name is recorded and never followed. */
  readonly resolve?: Resolve;
  /** Requests of one observation; default 40. */
  readonly requests?: number;
  /** Requests in any second; default 4. */
  readonly requestsPerSecond?: number;
  /** Tells a page of something that stands in the site's place; without it only statuses tell. */
  readonly standIn?: StandIn;
  /** What is asked beyond the chains, in this order; default all there is. */
  readonly parts?: readonly WebPart[];
  /** The marker of a target, in a run with a detection check; one marked request is then among the 40. */
  readonly markerOf?: (target: Target) => string | undefined;
};

const maxHeaderBytes = 65_536;

/**
 * Observes a web endpoint: its https chain and its http chain, side by side, then what the parts ask beyond them. A URL
 * that both chains come to is asked for once. All of it is at most 40 requests, four in any second.
 */
export function createHttpProbe(options: HttpProbeOptions = {}): Probe<HttpFacts> {
  /** Endpoints at which a document with a state-secrecy mark was met: nothing more is asked of them. */
  const ended = new Set<string>();
  return {
    id: 'http/2',
    observe: async (request) => {
      const { endpoint } = request.target;
      if (endpoint.kind !== 'web') throw new TypeError(`the http probe was given a ${endpoint.kind} endpoint`);
      if (ended.has(endpoint.url)) throw new FailureError('not-run', 'asking of this endpoint ended at a secrecy mark');
      const facts = await observe(request, endpoint, options);
      if (facts.paths?.secrecyMark != null) ended.add(endpoint.url);
      return facts;
    },
  };
}

async function observe(
  request: ProbeRequest,
  endpoint: EndpointOf<'web'>,
  options: HttpProbeOptions,
): Promise<HttpFacts> {
  const { address } = request.target;
  if (address === undefined) throw new FailureError('dns', 'the name has no address');
  const urls = startUrls(endpoint);
  const asking = askingContext(request, scopeOf(request, endpoint, address, urls, options), options);
  const { budget, limits } = asking;
  const marks = createMarkWatch({ budget, now: request.wire.now, maxBytes: limits.maxBodyBytes });
  const send = marks.guard(createSend(asking));
  const context = chainContext(asking, send);
  const follow = async (url: URL | null) => (url === null ? null : followChain(url, context));
  const [secure, plain] = await Promise.all([follow(urls.secure), follow(urls.plain)]);
  const mark = marks.seen();
  if (mark !== null) return markedFacts({ secure, plain }, mark, budget);
  refuseToSayNothing({ secure, plain });
  let facts: HttpFacts = { secure, plain };
  const unwelcome = refusalIn(secure ?? plain, options.standIn);
  if (unwelcome !== null) asking.budget.stop(unwelcome);
  const marker = options.markerOf?.(request.target);
  const web = {
    target: request.target,
    userAgent: request.wire.userAgent,
    now: request.wire.now,
    ...(marker === undefined ? {} : { marker }),
    secure,
    plain,
    ...siteOf({ secure, plain }, new URL(endpoint.url).hostname),
    ask: createAsk(asking, send),
    stop: budget.stop,
  };
  for (const part of options.parts ?? allParts) facts = { ...facts, ...(await part(web)) };
  const paths = { ...(facts.paths ?? noPaths()), secrecyMark: marks.seen() };
  return { ...facts, paths, requests: budget.tell() };
}

/** What is kept of an observation whose chains came to a document with a state-secrecy mark: that they did. */
function markedFacts(
  { secure, plain }: Pick<HttpFacts, 'secure' | 'plain'>,
  mark: SecrecyMark,
  budget: Budget,
): HttpFacts {
  const paths = { ...noPaths(), secrecyMark: mark };
  return { secure: withoutWay(secure), plain: withoutWay(plain), paths, requests: budget.tell() };
}

function scopeOf(
  { target, wire }: ProbeRequest,
  endpoint: EndpointOf<'web'>,
  address: string,
  urls: StartUrls,
  options: HttpProbeOptions,
): Scope {
  const place: Place = { address, ...(target.name === undefined ? {} : { name: target.name }) };
  const ports = [urls.secure, urls.plain].filter((url) => url !== null).map(portOf);
  return { wire, home: { hostname: new URL(endpoint.url).hostname, place, ports }, resolve: options.resolve };
}

function askingContext({ wire, signal }: ProbeRequest, scope: Scope, options: HttpProbeOptions): AskingContext {
  return {
    wire,
    signal,
    handshakeMs: options.handshakeMs ?? 10_000,
    limits: {
      maxHeaderBytes,
      maxBodyBytes: options.maxBodyBytes ?? 524_288,
      headersMs: options.headersMs ?? 10_000,
      bodyMs: options.bodyMs ?? 10_000,
    },
    budget: createBudget({
      ...(options.requests === undefined ? {} : { requests: options.requests }),
      ...(options.requestsPerSecond === undefined ? {} : { perSecond: options.requestsPerSecond }),
    }),
    placeOf: (url) => placeOf(url, scope),
    ...(options.standIn === undefined ? {} : { standIn: options.standIn }),
  };
}

function chainContext(asking: AskingContext, send: Send): ChainContext {
  const { signal, limits } = asking;
  const pages = new Map<string, Promise<Page>>();

  async function ask(url: URL, place: Place): Promise<Page> {
    const answer = await send({ url, wantsBody: (head) => !isRedirect(head) }, place);
    return toPage(url, place.address, answer, limits.maxBodyBytes);
  }

  return {
    placeOf: asking.placeOf,
    failureOf: (error) => failureOf(error, signal),
    getPage: (url, place) => {
      const key = `${place.address} ${url.href}`;
      const page = pages.get(key) ?? ask(url, place);
      pages.set(key, page);
      return page;
    },
  };
}

/** Failures by which the target said something: a closed port, no TLS, no HTTP, an answer too long. */
const telling: ReadonlySet<FailureCode> = new Set<FailureCode>(['refused', 'tls', 'protocol', 'too-large', 'blocked']);

/**
 * Throws when nothing was seen, so that the observation is a Failure. Facts are kept when any chain had an answer, and
 * when two chains failed in different ways of which one tells something (port 80 refused while port 443 stays silent:
 * nothing is served in clear). One way of failing everywhere, or several kinds of silence, is a Failure, the https
 * chain's where there is one.
 */
function refuseToSayNothing({ secure, plain }: Pick<HttpFacts, 'secure' | 'plain'>): void {
  const chains = [secure, plain].filter((chain) => chain !== null);
  if (chains.some((chain) => chain.hops.length > 0)) return;
  const failures = chains.map((chain: Chain) => chain.failure).filter((failed) => failed !== undefined);
  const first = failures[0];
  if (first === undefined) return;
  const differ = failures.some((failed) => failed.code !== first.code);
  if (differ && failures.some((failed) => telling.has(failed.code))) return;
  throw new FailureError(first.code, first.detail);
}
