import { Type, type Static } from '@sinclair/typebox';
import type { PageFacts, PageScript } from '../../model/facts/page.ts';
import type { Chain } from '../../model/facts/http.ts';
import { closed } from '../../model/schema.ts';
import { enforcedPolicies } from './csp.ts';
import { allowsInline, isHash, isNonce, scriptAttributes, scriptElements, type Policy } from './csp-policy.ts';
import { unreadHtml } from './page-html.ts';
import { runs } from './page-loads.ts';
import { seen, unseen, type Part } from './part.ts';

/** What stands in the page and its own policy does not let run: broken pages, or script that somebody else put there. */
export const inlineBlockedView = Type.Object(
  {
    scripts: Type.Integer({ minimum: 0 }),
    /** Attributes such as `onclick`. */
    handlers: Type.Integer({ minimum: 0 }),
    scriptUrls: Type.Integer({ minimum: 0 }),
  },
  closed,
);

type InlineBlocked = Static<typeof inlineBlockedView>;

/** By the policies of the headers, which cover the whole page; null when they limit no scripts. */
export function inlineBlockedPart(
  headers: readonly string[],
  html: boolean,
  body: Chain['body'],
): Part<InlineBlocked | null> {
  const policies = enforcedPolicies(headers, []).map(({ policy }) => policy);
  if (!html || policies.every((policy) => scriptElements(policy) === undefined)) return seen(null);
  if (body?.page === undefined) return unseen(unreadHtml);
  const blocked = inlineBlockedOf(policies, body.page);
  const found = Object.values(blocked).some((count) => count > 0);
  return found || !(body.cut || body.page.scriptsCut) ? seen(blocked) : unseen(unreadHtml);
}

/** What cannot be told (hashes other than SHA-256) counts as let run. */
function inlineBlockedOf(policies: readonly Policy[], page: PageFacts): InlineBlocked {
  const inline = page.scripts.filter((script) => script.src === null && runs(script));
  const attributesBlocked = policies.some((policy) => {
    const sources = scriptAttributes(policy);
    return sources !== undefined && !allowsInline(sources) && !sources.includes("'unsafe-hashes'");
  });
  return {
    scripts: inline.filter((script) => policies.some((policy) => blocks(scriptElements(policy), script))).length,
    handlers: attributesBlocked ? page.eventHandlers : 0,
    scriptUrls: policies.some((policy) => blocksUrls(scriptElements(policy))) ? page.scriptUrls : 0,
  };
}

function blocks(sources: readonly string[] | undefined, { nonce, sha256 }: PageScript): boolean {
  if (sources === undefined || allowsInline(sources)) return false;
  if (nonce && sources.some(isNonce)) return false;
  const hashes = sources.filter(isHash);
  return hashes.every((hash) => /^'sha256-/i.test(hash) && plain(hash) !== `sha256-${plain(sha256 ?? '')}`);
}

/** Base64 and base64url of one digest alike. */
const plain = (digest: string) =>
  digest
    .replace(/'|=/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/^sha256\+/i, 'sha256-');

const blocksUrls = (sources: readonly string[] | undefined) =>
  sources !== undefined && !allowsInline(sources) && !sources.some(isHash);
