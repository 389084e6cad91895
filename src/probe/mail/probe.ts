import { FailureError } from '../../model/failure.ts';
import type { MailAnswer, MailFacts } from '../../model/facts/mail.ts';
import { knownFrom, plainName } from '../../mail/answers.ts';
import { knownSelectors } from '../../mail/dkim-key.ts';
import { placesOf } from '../../mail/exchangers.ts';
import { isMtaSts } from '../../mail/mta-sts.ts';
import { policyHost } from '../../mail/questions.ts';
import type { Delegation } from '../dns/dnssec/rdata.ts';
import type { Resolver } from '../dns/resolver.ts';
import { createTlsProbe } from '../tls/probe.ts';
import type { Probe, ProbeRequest } from '../wire/wire.ts';
import { askAll } from './ask-all.ts';
import { createLookup } from './lookup.ts';
import { fetchPolicy, type PolicyOptions } from './policy.ts';
import { observeServer, type ServerOptions } from './server.ts';

export type MailProbeOptions = {
  readonly resolver: Resolver;
  /** DNSSEC trust anchors, for DANE; without them no signature is validated. */
  readonly anchors?: readonly Delegation[];
  /** Roots trusted besides Mozilla's: the national and ministry CAs. */
  readonly extraRoots?: readonly { readonly name: string; readonly pem: string }[];
  /** Where mail exchangers listen; default 25. */
  readonly smtpPort?: number;
  /** Where the MTA-STS policy is fetched; default 443. */
  readonly policyPort?: number;
  /** Time for the greeting and EHLO of one server, ms; default 15,000. */
  readonly answerMs?: number;
  /** All the time one server may take, ms; default 60,000. */
  readonly serverMs?: number;
};

/** Looks at one mail domain: its records, its mail exchangers in scope, its MTA-STS policy. */
export function createMailProbe(options: MailProbeOptions): Probe<MailFacts> {
  const { resolver, anchors = [], extraRoots = [], answerMs = 15_000 } = options;
  const servers: ServerOptions = {
    tls: createTlsProbe({ extraRoots, deep: false }),
    port: options.smtpPort ?? 25,
    serverMs: options.serverMs ?? 60_000,
    answerMs,
  };
  const policy: PolicyOptions = {
    port: options.policyPort ?? 443,
    extraRoots: extraRoots.map(({ pem }) => pem),
    answerMs: Math.min(answerMs, 10_000),
  };
  return { id: 'mail/1', observe: (request) => observe(request, { resolver, anchors }, servers, policy) };
}

async function observe(
  request: ProbeRequest,
  names: { readonly resolver: Resolver; readonly anchors: readonly Delegation[] },
  servers: ServerOptions,
  policy: PolicyOptions,
): Promise<MailFacts> {
  const { target, wire, signal } = request;
  const now = Math.floor(Date.parse(wire.now()) / 1000);
  const domain = target.name ?? '';
  const declared = (target.endpoint.kind === 'mail' ? (target.endpoint.dkimSelectors ?? []) : []).map(plainName);
  const selectors = [...new Set([...declared, ...knownSelectors])];
  const { answers, leftOut } = await askAll(domain, selectors, createLookup({ ...names, signal, now }));
  refuseToSayNothing(answers);
  const known = knownFrom(answers);
  const addresses = (['A', 'AAAA'] as const).flatMap((type) => known(policyHost(domain), type)?.values ?? []);
  const announced = known(`_mta-sts.${domain}`, 'TXT')?.values.some(isMtaSts) === true;
  const [seen, fetched] = await Promise.all([
    Promise.all(placesOf(domain, known).map((place) => observeServer(place, request, servers))),
    announced ? fetchPolicy(domain, addresses, request, policy) : undefined,
  ]);
  return {
    domain,
    selectors,
    declaredSelectors: new Set(declared).size,
    answers: [...answers],
    leftOut,
    servers: seen,
    ...(fetched === undefined ? {} : { policy: fetched }),
  };
}

/** A resolver that answers nothing has shown us nothing. */
function refuseToSayNothing(answers: readonly MailAnswer[]): void {
  const [first] = answers;
  if (first?.failure === undefined || answers.some(({ outcome }) => outcome !== 'failed')) return;
  throw new FailureError(first.failure.code, first.failure.detail);
}
