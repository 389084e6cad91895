import { constants, randomBytes } from 'node:crypto';
import type { TlsFaults } from '../../../model/facts/tls.ts';
import type { Dial } from '../exchange.ts';
import { suiteName } from '../registry/suites.ts';
import type { SeenProtocols, SeenVersion } from '../seen.ts';
import { rsaEncrypt, rsaKeyOf } from '../session/client-key-exchange.ts';
import { converse } from '../session/conversation.ts';
import { ownHello } from '../session/own-hello.ts';
import { changeCipherSpec, handshakeMessage, plainRecord } from '../session/records.ts';
import { hearFlight } from '../session/server-flight.ts';
import { vector } from '../wire/bytes.ts';
import { contentType } from '../wire/record.ts';
import { versionNumber } from '../wire/version.ts';
import { hearOutcome, outcomeMs } from './hear-outcome.ts';
import { modulusBytes, oracleStrength, pkcs1Block, pkcs1Variants, type Pkcs1Variant } from './pkcs1-variants.ts';

/** Servers of RSA key exchange: the version and its suites; AES first, whose records the garbage Finished has the form of. */
export function rsaKeyExchange({ versions }: SeenProtocols): { version: SeenVersion; suites: number[] } | undefined {
  for (const version of versions) {
    if (version.protocol === 'TLSv1.3' || version.protocol === 'SSLv3') continue;
    const suites = version.suites.filter((suite) => suiteName(suite).startsWith('TLS_RSA_WITH_'));
    const aes = suites.filter((suite) => suiteName(suite).includes('_AES_'));
    if (suites.length > 0) return { version, suites: aes.length > 0 ? aes : suites };
  }
  return undefined;
}

/** How much is sent after the key exchange: some servers only give themselves away while they wait for the rest. */
type Flow = 'whole' | 'short';

/**
 * ROBOT (CVE-2017-13099 and others): sends each variant once and compares what comes back. A difference counts only when
 * the differing variants, asked again, answer as before; undefined when they do not. Seven connections where all is
 * well, at most ten more where it is not. `correct`: what a right block with a wrong record behind it has brought already,
 * which saves one. No plaintext of anybody is decrypted: the blocks are our own.
 */
export async function pkcs1Oracle(
  dial: Dial,
  sni: string | undefined,
  { version, suites }: { readonly version: SeenVersion; readonly suites: readonly number[] },
  correct?: string,
): Promise<TlsFaults['pkcs1Oracle']> {
  const ask = (variant: Pkcs1Variant, flow: Flow) =>
    askVariant(dial, { sni, version: versionNumber(version.protocol), suites, variant, flow });
  const whole = await judgeFlow((variant) => ask(variant, 'whole'), pkcs1Variants, correct);
  if (whole !== 'none') return whole;
  // In the short flow two variants show whether there is an oracle at all; the others only how strong it is.
  return judgeFlow((variant) => ask(variant, 'short'), ['correct', 'wrong-start']);
}

async function judgeFlow(
  ask: (variant: Pkcs1Variant) => Promise<string | undefined>,
  first: readonly Pkcs1Variant[],
  correct?: string,
): Promise<TlsFaults['pkcs1Oracle']> {
  const outcomes = new Map<Pkcs1Variant, string>();
  const askAll = async (variants: readonly Pkcs1Variant[]) => {
    const answers = await Promise.all(variants.map(ask));
    for (const [index, variant] of variants.entries()) {
      const answer = answers[index];
      if (answer === undefined) return false;
      outcomes.set(variant, answer);
    }
    return true;
  };
  const others = correct === undefined ? first : first.filter((variant) => variant !== 'correct');
  if (!(await askAll(others))) return undefined;
  // What was brought along may differ because the record behind it did: then the block is sent as the others were.
  if (correct !== undefined && [...outcomes.values()].some((outcome) => outcome !== correct)) {
    if (!(await askAll(['correct']))) return undefined;
  }
  if (new Set(outcomes.values()).size === 1) return 'none';
  if (!(await askAll(pkcs1Variants.filter((variant) => !outcomes.has(variant))))) return undefined;
  // A reset may overtake an end, or be overtaken: such a difference alone has to last longer, and if not is none.
  const inEndsAlone =
    new Set([...outcomes.values()].map((outcome) => outcome.replace(/\b(fin|reset)$/, 'end'))).size === 1;
  const lasting = inEndsAlone
    ? (await holds(ask, [...outcomes])) && (await holds(ask, [...outcomes]))
    : await holds(ask, oneOfEach(outcomes));
  if (!lasting) return inEndsAlone ? 'none' : undefined;
  return oracleStrength(Object.fromEntries(outcomes) as Record<Pkcs1Variant, string>);
}

/** Asks again and expects the same. */
async function holds(
  ask: (variant: Pkcs1Variant) => Promise<string | undefined>,
  expected: readonly (readonly [Pkcs1Variant, string])[],
): Promise<boolean> {
  const again = await Promise.all(expected.map(async ([variant, outcome]) => (await ask(variant)) === outcome));
  return again.every(Boolean);
}

/** One variant for each outcome. */
function oneOfEach(outcomes: ReadonlyMap<Pkcs1Variant, string>): [Pkcs1Variant, string][] {
  const examples = new Map([...outcomes].map(([variant, outcome]) => [outcome, variant]));
  return [...examples].map(([outcome, variant]) => [variant, outcome]);
}

type Question = {
  readonly sni: string | undefined;
  readonly version: number;
  readonly suites: readonly number[];
  readonly variant: Pkcs1Variant;
  readonly flow: Flow;
};

/** One connection; undefined when it does not come to a key exchange by RSA. */
function askVariant(dial: Dial, { sni, version, suites, variant, flow }: Question): Promise<string | undefined> {
  return converse(dial, async (conversation) => {
    conversation.say(ownHello({ version, suites, sni }).record);
    const flight = await hearFlight(conversation, dial.answerMs);
    const key = rsaKeyOf(flight?.chain[0]);
    if (flight === undefined || key === undefined || flight.hello.version !== version || modulusBytes(key) < 64) {
      return undefined;
    }
    const block = pkcs1Block(variant, key, version);
    const encrypted = rsaEncrypt(key, constants.RSA_NO_PADDING, block);
    if (encrypted === undefined) return undefined;
    const empty = flight.requested ? [plainRecord(22, version, handshakeMessage(11, Buffer.alloc(3)))] : [];
    const finished = plainRecord(contentType.handshake, version, randomBytes(64));
    conversation.say(
      ...empty,
      plainRecord(contentType.handshake, version, handshakeMessage(16, vector(2, encrypted))),
      ...(flow === 'whole' ? [changeCipherSpec(version), finished] : []),
    );
    return hearOutcome(conversation, outcomeMs(dial.answerMs, flight.ms));
  });
}
