import { Agent, ProxyAgent, request, type Dispatcher } from 'undici';
import { DeskAway } from '../../model/desk.ts';
import {
  answerBytes,
  calls,
  protocolHeader,
  protocolVersion,
  Refusal,
  refusalBorder,
  type Answers,
  type Asks,
  type CallName,
} from './protocol.ts';

export type CentreOptions = {
  /** `https://centre.example:8443` */
  readonly url: string;
  /** `-` while it is not known: only `whoami` is answered then. */
  readonly zone: string;
  readonly certificate: Buffer;
  readonly key: Buffer;
  /** The authority that the centre's certificate must come from; no other is believed. */
  readonly ca: Buffer;
  readonly proxy?: { readonly url: string; readonly user?: string; readonly password?: string };
  readonly userAgent: string;
};

/** Calls the gateway. */
export type Centre = {
  /** Throws DeskAway where no answer came or it may come later, Refusal for what asking again does not change. */
  readonly call: <Name extends CallName>(name: Name, session: string, ask: Asks[Name]) => Promise<Answers[Name]>;
  readonly close: () => Promise<void>;
};

/** How long an answer is waited for, in milliseconds: signs of life shorter than what they keep alive. */
const patienceMs: Readonly<Record<CallName, number>> = {
  whoami: 10_000,
  hello: 10_000,
  take: 30_000,
  order: 60_000,
  touch: 8000,
  locate: 20_000,
  deliver: 120_000,
  costs: 20_000,
  controls: 120_000,
  finish: 20_000,
  'give-back': 5000,
  'hold-take': 4000,
  'hold-renew': 4000,
  'hold-release': 4000,
  bye: 2000,
};

const shortestMs = 250;
const longestMs = 15_000;

/** Makes a caller over HTTPS with a certificate of our own, through a proxy where one is named (CONNECT). */
export function createCentre(options: CentreOptions): Centre {
  const dispatcher = dispatcherOf(options);
  const base = options.url.replace(/\/+$/, '');
  let tries = 0;
  let awayUntil = -Infinity;
  let lastWhy = '';

  /** In a cut nobody waits for each question anew: one goes out now and then, each machine in its own time. */
  function away(why: string, cause?: unknown): DeskAway {
    tries += 1;
    lastWhy = why;
    const pause = Math.min(longestMs, shortestMs * 2 ** Math.min(tries, 10));
    awayUntil = performance.now() + pause * (0.5 + Math.random() / 2);
    return new DeskAway(why, cause);
  }

  async function call<Name extends CallName>(name: Name, session: string, ask: Asks[Name]): Promise<Answers[Name]> {
    if (performance.now() < awayUntil) throw new DeskAway(lastWhy);
    let status: number;
    let text: string;
    try {
      const response = await request(`${base}/v1/zones/${encodeURIComponent(options.zone)}/${name}`, {
        dispatcher,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': options.userAgent,
          [protocolHeader]: String(protocolVersion),
        },
        body: JSON.stringify({ session, ...ask }),
        signal: AbortSignal.timeout(patienceMs[name]),
      });
      status = response.statusCode;
      text = await response.body.text();
    } catch (error) {
      throw away(wordsOf(error), error);
    }
    const answer = parsed(text);
    if (status === 200) {
      const { answer: border } = calls[name];
      if (!border(answer)) throw away(`an answer to ${name} that is none: ${border.errors?.[0]?.instancePath ?? ''}`);
      tries = 0;
      return answer as Answers[Name];
    }
    if (!refusalBorder(answer)) throw away(`HTTP ${status}`);
    const { error, detail } = answer;
    // The gateway is there and says what is wrong: that is no cut.
    if (error === 'away' || error === 'rate' || error === 'bug') throw away(detail);
    throw new Refusal(error, detail);
  }

  return { call, close: () => dispatcher.destroy() };
}

function dispatcherOf({ certificate, key, ca, proxy }: CentreOptions): Dispatcher {
  const tls = { cert: certificate, key, ca, minVersion: 'TLSv1.3' as const, timeout: 10_000 };
  const limits = {
    maxResponseSize: answerBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 20_000,
    connections: 8,
  };
  if (proxy === undefined) return new Agent({ ...limits, connect: tls });
  const { url, user, password } = proxy;
  const token = user === undefined ? undefined : Buffer.from(`${user}:${password ?? ''}`).toString('base64');
  return new ProxyAgent({
    ...limits,
    uri: url,
    requestTls: tls,
    ...(token === undefined ? {} : { token: `Basic ${token}` }),
  });
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`.slice(0, 300);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
