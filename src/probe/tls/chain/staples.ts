import type { StapleFacts } from '../../../model/facts/tls.ts';
import type { HelloAnswer } from '../answer.ts';
import { certificateFacts } from '../certificates.ts';
import type { TlsContext } from '../context.ts';
import { authenticationOf } from '../registry/authentication.ts';
import { versionNumber } from '../wire/version.ts';
import { askFlight } from './ask-flight.ts';
import { keyKind, schemesOfKind } from './key-kinds.ts';
import { pathCertificate } from './path-certificate.ts';
import { stapleFact } from './staple.ts';
import { mozillaStore, rootStore } from './stores.ts';

const most = 8;

/**
 * Stapled answers of the leaves in `flights`; [] when none came to a client that asked, undefined when no flight was read so
 * far. Where a certificate names a responder and no staple came, one more connection asks again: nginx fetches its first
 * answer only after it was wanted.
 */
export async function stapleFacts(
  context: TlsContext,
  flights: readonly HelloAnswer[],
): Promise<StapleFacts[] | undefined> {
  const told = flights.filter(({ rest }) => rest?.done === true || rest?.status !== undefined);
  if (told.length === 0) return undefined;
  let stapled = told.filter(({ rest }) => rest?.status !== undefined);
  if (stapled.length === 0) {
    const late = await askAgain(context, told);
    if (late === undefined) return [];
    stapled = [late];
  }
  const at = Date.parse(context.dial.wire.now());
  const roots = [mozillaStore(), ...context.extraRoots.map(rootStore)];
  const facts = new Map<string, StapleFacts>();
  for (const { chain = [], rest } of stapled) {
    const [leaf, ...others] = chain.map(pathCertificate);
    if (leaf === undefined || rest?.status === undefined || facts.has(leaf.sha256)) continue;
    const known = roots.flatMap((store) => [...store.anchors.issuersOf(leaf), ...store.others]);
    const candidates = [...others.filter((one) => one !== undefined), ...known];
    facts.set(leaf.sha256, await stapleFact({ leaf, status: rest.status }, candidates, at));
  }
  return [...facts.values()].slice(0, most);
}

/** A flight of the first leaf that names an OCSP responder, when it brings a staple now. */
async function askAgain(context: TlsContext, flights: readonly HelloAnswer[]): Promise<HelloAnswer | undefined> {
  const { seen, sni } = context;
  for (const { hello, chain = [] } of flights) {
    const [leaf] = chain;
    const version = seen.versions.find(({ protocol }) => versionNumber(protocol) === hello.version);
    if (leaf === undefined || version === undefined || version.protocol === 'SSLv3') continue;
    if ((certificateFacts(leaf)?.ocspAddresses ?? []).length === 0) continue;
    const kind = keyKind(leaf);
    const own = authenticationOf(hello.suite);
    const suites =
      version.protocol === 'TLSv1.3'
        ? version.suites
        : version.suites.filter((suite) => authenticationOf(suite) === own);
    const schemes = kind === undefined ? {} : { schemes: schemesOfKind[kind] };
    const answer = await askFlight(context, { sni, version, suites, ...schemes });
    return answer.kind === 'hello' && answer.rest?.status !== undefined ? answer : undefined;
  }
  return undefined;
}
