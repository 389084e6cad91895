import { tlsProtocols, type TlsFacts } from '../../model/facts/tls.ts';
import { failure, type Failure } from '../../model/failure.ts';
import type { TlsView } from './tls-view.ts';
import type { Weakness } from './tls-weaknesses.ts';
import type { Derived } from './view.ts';

/** Why a part of the view is absent, where that is the same for every service. */
const noReason = {
  tls12OrLater: 'no clear answer to TLSv1.2 or TLSv1.3',
  suites: 'no list of suites was read',
  leaves: 'no certificate was seen',
  chains: 'no certificate was seen',
  sslv2KeyHolders: 'the keys of the other services of the run are not known',
  trust: 'no certificate was held against the roots',
  publiclyTrusted: 'no certificate was held against the roots of Mozilla',
  groupsUsed: 'the suites were not read to their end',
  groups: 'no group for key exchange was read',
  groupsComplete: 'the groups for key exchange were not read to their end',
  modernGroup: 'the groups for key exchange were not read to their end',
  postQuantumGroup: 'the groups for key exchange were not read to their end',
  signatureAlgorithms: 'no signature of the server was read',
  signatureAlgorithmsComplete: 'the signature schemes of the server were not read to their end',
  dh: 'no Diffie-Hellman parameters were read',
  tls12OrEarlier: 'no clear answer to a version before TLSv1.3',
  olderThanTls12: 'no clear answer to a version before TLSv1.2',
  cbcOffered: 'the suites were not read to their end',
  ticketsUsed: 'it was not tried whether a session goes on by a ticket',
  staples: 'no stapled answer was asked for',
  ocspNamed: 'no certificate with its OCSP addresses was seen',
  mustStaple: 'no certificate with its TLS features was seen',
  mustStapleHonoured: 'no stapled answer was asked for',
  clientCertificate: 'it was not seen whether the server asks for a client certificate',
  mozillaProfile: 'too little was seen to compare with the profiles of Mozilla',
  mozillaDifferences: 'too little was seen to compare with the profiles of Mozilla',
  verified: 'no full handshake came about',
  secondOpinion: 'the second reader said nothing',
  opinionsAgree: 'one of the two readers said nothing',
} as const satisfies Partial<Record<keyof TlsView, string>>;

const featureReason = {
  secureRenegotiation: 'no answer in the clear from a version before TLSv1.3',
  clientRenegotiation: 'it was not tried whether a client may renegotiate',
  compression: 'it was not seen whether compression is accepted',
  fallbackScsv: 'it was not seen how a fallback is answered',
  extendedMasterSecret: 'no answer in the clear from a version before TLSv1.3',
  encryptThenMac: 'no suite in CBC mode was answered',
  heartbeat: 'it was not seen whether heartbeats are answered',
  ticketLifetime: 'no ticket came',
  earlyData: 'it was not seen whether data is accepted before the handshake ends',
  alpn: 'it was not asked for application protocols',
  intolerance: 'it was not seen how unusual hellos are answered',
  needsName: 'it was not asked without a server name',
} as const;

/**
 * A reason for each fact that checks may miss. `decided` are the weaknesses with the facts that they lack, `cutShort` the
 * questions without an answer, which may be the reason for any of them.
 */
export function unseenReasons(
  view: TlsView,
  incomplete: string | undefined,
  decided: readonly Weakness[],
  cutShort: TlsFacts['cutShort'],
): Derived<TlsView>['unseen'] {
  const found: { at: string; failure: Failure }[] = [];
  const beside = unanswered(cutShort);
  const say = (at: string, detail: string) => found.push({ at, failure: failure('undecided', `${detail}${beside}`) });
  for (const version of tlsProtocols) {
    if (view.protocols[version] === undefined) say(`/tls/protocols/${version}`, `no clear answer to ${version}`);
    else {
      say(`/tls/protocols/${version}/order`, `not seen who decides the order of suites in ${version}`);
      say(`/tls/protocols/${version}/mixesAead`, `the suites of ${version} were not read to their end`);
    }
  }
  for (const [key, detail] of Object.entries(noReason)) if (!(key in view)) say(`/tls/${key}`, detail);
  if (incomplete !== undefined) say('/tls/suitesComplete', incomplete);
  for (const [key, detail] of Object.entries(featureReason)) {
    if (!(key in (view.features ?? {}))) say(`/tls/features/${key}`, detail);
  }
  for (const { id, missing } of decided) {
    if (missing.length > 0) say(`/tls/weaknesses/${id}`, `not seen: ${missing.join(', ').slice(0, 300)}`);
  }
  say('/tls/faults/pkcs1Oracle', 'the answers to wrong RSA paddings were not compared');
  sayOfLists(view, say);
  return found;
}

/** `; 12 questions got no answer (timeout 12)`. */
function unanswered(cutShort: TlsFacts['cutShort']): string {
  if (cutShort === undefined) return '';
  const all = cutShort.reduce((sum, { questions }) => sum + questions, 0);
  const codes = cutShort.map(({ code, questions }) => `${code} ${questions}`).join(', ');
  return `; ${all} ${all === 1 ? 'question' : 'questions'} got no answer (${codes})`;
}

function sayOfLists(view: TlsView, say: (at: string, detail: string) => void): void {
  view.suites?.forEach((suite, index) => {
    if (suite.cipher === undefined) say(`/tls/suites/${index}`, `${suite.name} is not a suite we can read`);
  });
  view.groups?.forEach(({ name, strength }, index) => {
    if (strength === undefined) say(`/tls/groups/${index}/strength`, `the strength of ${name} is not known`);
  });
  view.signatureAlgorithms?.forEach(({ name, hash }, index) => {
    if (hash === undefined) say(`/tls/signatureAlgorithms/${index}/hash`, `the hash of ${name} is not known`);
  });
  view.staples?.forEach(({ current }, index) => {
    if (current === undefined) say(`/tls/staples/${index}/current`, 'the stapled answer tells no time');
  });
  const certificates = [
    ...(view.leaves ?? []).map((one, index) => [`/tls/leaves/${index}`, one] as const),
    ...(view.chains ?? []).flatMap(({ certificates: sent }, chain) =>
      sent.map((one, index) => [`/tls/chains/${chain}/certificates/${index}`, one] as const),
    ),
  ];
  for (const [at, { keyType, strength, signature, signatureHash }] of certificates) {
    if (strength === undefined) say(`${at}/strength`, `the strength of a key of type ${keyType} is not known`);
    if (signatureHash === undefined)
      say(`${at}/signatureHash`, `the hash of ${signature ?? 'an unnamed signature'} is not known`);
  }
  view.leaves?.forEach((leaf, index) => {
    for (const key of ['validation', 'servesTls', 'revocable', 'scts'] as const) {
      if (!(key in leaf)) say(`/tls/leaves/${index}/${key}`, 'the extensions of the certificate were not read');
    }
    if (leaf.publiclyTrusted === undefined)
      say(`/tls/leaves/${index}/publiclyTrusted`, 'the certificate was not held against the roots of Mozilla');
  });
  view.chains?.forEach(({ complete }, index) => {
    if (complete === undefined)
      say(`/tls/chains/${index}/complete`, 'whether a certificate is missing cannot be told from outside');
  });
}
