import { Type, type Static } from '@sinclair/typebox';
import { closed, list, text } from '../schema.ts';

/** One request and its answer. */
export const hopSchema = Type.Object(
  {
    url: text(2048),
    /** Literal address that answered. */
    address: text(45),
    status: Type.Integer({ minimum: 100, maximum: 999 }),
    /**
     * Name and value as sent: case, order and duplicates kept; each value cut at 8,192. The value of a cookie is a secret:
     * each of its characters stands as `*` (observations of `http/1` may still hold it).
     */
    headers: list(Type.Tuple([text(256), text(8192)]), 200),
    /** The answer had more headers, or longer ones, than we keep. */
    headersCut: Type.Boolean(),
    /** Where a 3xx answer points, resolved against `url`. */
    location: Type.Optional(text(2048)),
  },
  closed,
);
export type Hop = Static<typeof hopSchema>;

/** What the beginning of a body shows, as HTML alone tells it. */
export const answerBody = {
  bytes: Type.Integer({ minimum: 0 }),
  /** The body was longer than we read. */
  cut: Type.Boolean(),
  contentType: Type.Union([text(256), Type.Null()]),
  title: Type.Union([text(512), Type.Null()]),
  generator: Type.Union([text(256), Type.Null()]),
  /** The page asks for a password. */
  passwordField: Type.Boolean(),
  /** Where the page itself sends its visitors by `<meta http-equiv="refresh">`, resolved against its URL. */
  refresh: Type.Optional(text(2048)),
  /** All the text of a page that has no more than this to say; white space collapsed. */
  text: Type.Optional(text(600)),
};
export const answerBodySchema = Type.Object(answerBody, closed);
export type AnswerBody = Static<typeof answerBodySchema>;
