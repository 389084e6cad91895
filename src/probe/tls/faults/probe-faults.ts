import type { TlsFacts, TlsFaults, TlsFeatures } from '../../../model/facts/tls.ts';
import type { TlsContext } from '../context.ts';
import { orNoAnswer } from '../lane.ts';
import { newestInClear, seenVersion } from '../seen.ts';
import { defined } from '../session/defined.ts';
import { clearSessions, type ClearSessions } from '../session/in-clear.ts';
import { sessions13, type Sessions13 } from '../session/in-13.ts';
import { versionNumber } from '../wire/version.ts';
import { cbcOffer, probeCbcPadding } from './cbc-padding.ts';
import { earlyRecords } from './early-records.ts';
import { pkcs1Oracle, rsaKeyExchange } from './pkcs1-oracle.ts';

/** The keys that this part fills; the others of `features` are the survey's. */
type Sessions = ClearSessions['features'] & Sessions13;

/**
 * Known faults of implementations, each by one safe question where what it needs was seen, and sessions: resumption,
 * early data, renegotiation by the client. A question that the target cut off leaves its own fact absent and no other.
 */
export async function probeFaults(context: TlsContext): Promise<Pick<TlsFacts, 'faults' | 'features'>> {
  const { dial, sni, seen } = context;
  const clear = newestInClear(seen);
  const tls = clear?.protocol === 'SSLv3' ? undefined : clear;
  const ask = async <G, T>(given: G | undefined, run: (given: G) => Promise<T>): Promise<T | undefined> => {
    if (given === undefined) return undefined;
    const answer = await orNoAnswer(dial, async () => ({ value: await run(given) }));
    return 'value' in answer ? answer.value : undefined;
  };
  const cbc = ask(cbcOffer(seen), (offer) => probeCbcPadding(dial, sni, offer));
  const ready = cbc.then((verdict) => verdict?.session);
  const [early, oracle, padding, sessions, modern] = await Promise.all([
    ask(clear, (version) => earlyRecords(dial, sni, version)),
    ask(rsaKeyExchange(seen), async (offer) => {
      const refused = (await cbc)?.refused;
      const comparable = refused?.version === versionNumber(offer.version.protocol);
      return pkcs1Oracle(dial, sni, offer, comparable ? refused.outcome : undefined);
    }),
    cbc,
    ask(tls, () => clearSessions(dial, sni, ready)),
    ask(seenVersion(seen, 'TLSv1.3'), () => sessions13(context)),
  ]);
  const faults: TlsFaults = defined({
    ...early,
    ...sessions?.faults,
    pkcs1Oracle: oracle,
    cbcPaddingIgnored: padding?.ignored,
  });
  const features: Sessions = { ...sessions?.features, ...modern, ...longestLifetime(sessions?.features, modern) };
  return {
    ...(Object.keys(faults).length === 0 ? {} : { faults }),
    ...(Object.keys(features).length === 0 ? {} : { features: features satisfies TlsFeatures }),
  };
}

/** A ticket opens past traffic for as long as it lives: of two eras the longer counts. */
function longestLifetime(...eras: readonly (Pick<TlsFeatures, 'ticketLifetime'> | undefined)[]) {
  const lifetimes = eras.flatMap((era) => (era?.ticketLifetime === undefined ? [] : [era.ticketLifetime]));
  return lifetimes.length === 0 ? {} : { ticketLifetime: Math.max(...lifetimes) };
}
