import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { plain } from './plain.ts';
import { signatureOf } from './sign.ts';

export type Receiver = {
  readonly url: string;
  readonly ca?: string;
  readonly secret: string;
  readonly timeoutMs: number;
  readonly tries: number;
  /** Before the second try; doubles before each further one. */
  readonly pauseMs: number;
};

export type Delivered =
  { readonly is: 'sent'; readonly answer: string } | { readonly is: 'failed'; readonly reason: string };

/** Most of an answer that is read, in bytes; nothing of it is used but the status. */
const mostBytes = 64 * 1024;

/**
 * POSTs one delivery. A 2xx is taken for delivered. A 5xx, a 429, silence and a broken connection are tried again with the same
 * delivery id; any other answer, a redirect too, is final: nothing that was signed for one address goes to another.
 */
export async function sendWebhook(
  { url, ca, secret, timeoutMs, tries, pauseMs }: Receiver,
  { id, body }: { readonly id: string; readonly body: string },
  userAgent: string,
): Promise<Delivered> {
  const agent = new Agent({
    connect: { timeout: timeoutMs, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  let last = '';
  try {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      if (attempt > 0) await sleep(pauseMs * 2 ** (attempt - 1));
      const answer = await post(
        agent,
        url,
        timeoutMs,
        {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': userAgent,
          'x-rasoat-delivery': id,
          'x-rasoat-signature': signatureOf(secret, Math.floor(Date.now() / 1000), body),
        },
        body,
      );
      if (typeof answer === 'number' && answer >= 200 && answer < 300) return { is: 'sent', answer: `HTTP ${answer}` };
      last = typeof answer === 'number' ? `HTTP ${answer}` : answer.reason;
      if (typeof answer === 'number' && answer < 500 && answer !== 429) break;
    }
    return { is: 'failed', reason: last };
  } finally {
    await agent.destroy();
  }
}

async function post(
  dispatcher: Agent,
  url: string,
  timeoutMs: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<number | { readonly reason: string }> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await request(url, { method: 'POST', dispatcher, headers, body, signal });
    // Read and thrown away, so that the receiver's write does not fail; a dump that is too long is cut off.
    await answer.body.dump({ limit: mostBytes, signal }).catch(() => undefined);
    return answer.statusCode;
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
    const mark = typeof code === 'string' ? `${code}: ` : '';
    return { reason: plain(`${mark}${typeof message === 'string' ? message : 'error'}`, 300) };
  }
}
