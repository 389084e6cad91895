import { Type, type Static } from '@sinclair/typebox';
import { failureSchema } from '../failure.ts';
import { closed, list, oneOf, text } from '../schema.ts';
import { answerBodySchema, hopSchema } from './http-answer.ts';

/**
 * What is asked once the chains have been followed, in the order of asking:
 * `cors-stranger`, `cors-lookalike`, `cors-null` the page, with an Origin that is not the site's own (the first accepts
 * compressed answers, the others do not); `options` and `trace` the page by these methods; `sibling` the page at another
 * address of the same name; `twin` the host's name with `www.` put on or taken off; `address-https` and `address-http`
 * the root by the bare address, no name told.
 */
export const webQuestions = [
  'cors-stranger',
  'options',
  'trace',
  'sibling',
  'address-https',
  'address-http',
  'twin',
  'cors-lookalike',
  'cors-null',
] as const;
export type WebQuestion = (typeof webQuestions)[number];

/** One question with its answer, or with `failure`: why there is none. Redirects are not followed. */
const askedSchema = Type.Object(
  {
    question: oneOf(webQuestions),
    url: text(2048),
    /** Literal address that was to answer, where it is not the target's own. */
    address: Type.Optional(text(45)),
    /** The header that makes the question: the Origin, or the mark to be echoed. */
    sent: Type.Optional(Type.Tuple([text(64), text(512)])),
    hop: Type.Optional(hopSchema),
    /** What the body showed, when it was read. */
    body: Type.Optional(answerBodySchema),
    /** The body repeats the mark that was sent. */
    echoed: Type.Optional(Type.Boolean()),
    /** The certificate shown to this question. */
    certificate: Type.Optional(
      Type.Object({ sha256: text(64, { pattern: '^[0-9a-f]{64}$' }), names: list(text(255), 100) }, closed),
    ),
    failure: Type.Optional(failureSchema),
    /** Not asked: no room, no time, or asking was stopped. `failure` says which. */
    leftOut: Type.Optional(Type.Literal(true)),
    /** The resolver knows that the URL's host does not exist. */
    noName: Type.Optional(Type.Literal(true)),
  },
  closed,
);
export type WebAsked = Static<typeof askedSchema>;

/** The questions for which there was a page to ask about; none when the site showed no page. */
export const webAsksFacts = Type.Object({ questions: list(askedSchema, 32) }, closed);
