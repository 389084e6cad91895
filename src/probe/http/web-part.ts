import type { Chain, HttpFacts } from '../../model/facts/http.ts';
import type { Failure } from '../../model/failure.ts';
import type { Iso } from '../../model/observation.ts';
import type { Target } from '../../model/target.ts';
import type { Head, Method } from '../wire/undici.ts';
import type { Answer } from './answer.ts';
import type { Place } from './connection.ts';

/** One further question of an observation. */
export type Question = {
  readonly url: URL;
  /** Default GET. */
  readonly method?: Method;
  /** Beside the usual ones, or in their stead where the name is the same. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the body is of use; default: yes. */
  readonly wantsBody?: (head: Head) => boolean;
  /** Most of the body that is read; default: as much as of a page. */
  readonly maxBodyBytes?: number;
  /** Another address than the one the URL's host has for us; it is held against the authorisations all the same. */
  readonly place?: Place;
  /** Whether the certificate is to be told; default: no. */
  readonly wantsCertificate?: boolean;
};

/**
 * `answer`: as it came, redirects not followed, the body as sent; `page.ts` makes facts of it. `left-out`: not sent,
 * because the budget was spent or stopped, or the target's time was up. `failed`: no answer, or nobody to ask: out of
 * scope is `not-permitted`.
 */
export type Asked =
  | { readonly outcome: 'answer'; readonly address: string; readonly answer: Answer }
  | { readonly outcome: 'left-out'; readonly failure: Failure }
  /** `noName`: the resolver knows that the URL's host does not exist. */
  | { readonly outcome: 'failed'; readonly failure: Failure; readonly noName?: true };

export type Ask = (question: Question) => Promise<Asked>;

/** What a part may lean on: what the chains saw, and asking more within the one budget. */
export type WebContext = {
  readonly target: Target;
  readonly secure: Chain | null;
  readonly plain: Chain | null;
  /** `https://portal.example`: origins on the endpoint's own host that answered, https first. */
  readonly origins: readonly URL[];
  /** The site's own last answer with 2xx, 401 or 404, by https where there is one; undefined: the site showed no page. */
  readonly main?: { readonly url: URL; readonly chain: Chain };
  /** The URL of that page, or of the site's own redirect to elsewhere; undefined: the site itself did not answer. */
  readonly front?: URL;
  readonly ask: Ask;
  /** The marker of a detection check, in runs that make one. */
  readonly marker?: string;
  readonly userAgent: string;
  readonly now: () => Iso;
  /** Ends all further asking of this observation: the target, or something in front of it, wants no more. */
  readonly stop: (why: Failure) => void;
};

/** One part of an observation beyond the chains: it asks, and brings its facts. Parts take their turns one after another. */
export type WebPart = (context: WebContext) => Promise<Partial<HttpFacts>>;
