import { randomBytes } from 'node:crypto';
import type { Chain } from '../../../model/facts/http.ts';
import type { AnswerBody } from '../../../model/facts/http-answer.ts';
import type { WebAsked } from '../../../model/facts/web-asks.ts';
import { certificateNames } from '../../tls/certificate-names.ts';
import type { Answer } from '../answer.ts';
import { hopOf, toPage } from '../page.ts';
import type { WebContext, WebPart } from '../web-part.ts';
import { questionsFor, type WebAsk } from './questions.ts';

/** The part that asks about methods, cross-origin reading, other addresses and other names of the site. */
export const askSite: WebPart = async (context) => {
  const questions: WebAsked[] = [];
  for (const ask of questionsFor(context, randomBytes(6).toString('hex'))) questions.push(await put(ask, context));
  return { asks: { questions } };
};

async function put(ask: WebAsk, context: WebContext): Promise<WebAsked> {
  const { word, url, sent, place } = ask;
  const common = {
    question: word,
    url: url.href,
    ...(place === undefined ? {} : { address: place.address }),
    ...(sent === undefined ? {} : { sent: [...sent] as [string, string] }),
  };
  const asked = await context.ask(ask);
  switch (asked.outcome) {
    case 'answer':
      return { ...common, ...(await answerFacts(ask, asked.answer, asked.address)) };
    case 'left-out':
      return { ...common, failure: asked.failure, leftOut: true };
    case 'failed':
      return { ...common, failure: asked.failure, ...(asked.noName === true ? { noName: true as const } : {}) };
  }
}

async function answerFacts(ask: WebAsk, answer: Answer, address: string): Promise<Partial<WebAsked>> {
  const { certificate } = answer;
  const shown =
    certificate === undefined
      ? {}
      : {
          certificate: {
            sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
            names: certificateNames(certificate.subjectAltName).slice(0, 100),
          },
        };
  if (ask.method === 'TRACE')
    return { hop: hopOf(ask.url, address, answer), echoed: answer.body.includes(ask.sent?.[1] ?? ask.word) };
  if (ask.wantsBody?.(answer) === false) return { hop: hopOf(ask.url, address, answer), ...shown };
  const { hop, body } = await toPage(ask.url, address, answer, ask.maxBodyBytes ?? answer.body.length);
  return { hop, ...(body === undefined ? {} : { body: withoutPage(body) }), ...shown };
}

/** What the page loads is the chains' to tell; here it would be told again for each question. */
function withoutPage(body: NonNullable<Chain['body']>): AnswerBody {
  const { page: _page, ...kept } = body;
  return kept;
}
