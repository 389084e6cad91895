import { Type, type Static } from '@sinclair/typebox';
import type { PageFacts } from '../../model/facts/page.ts';
import { closed, list, text } from '../../model/schema.ts';
import { headerOnly, parsePolicy } from './csp-policy.ts';

/** A policy that a page states in `<meta http-equiv="Content-Security-Policy">`. */
export type MetaPolicy = Pick<PageFacts['metas'][number], 'content' | 'inHead' | 'after'>;

/** What policies in `<meta>` cannot do that one in a header would (CSP3, 3.3; HTML, 4.2.5.3). */
export const metaGapsView = Type.Object(
  {
    /** Directives that are ignored there. */
    ignored: list(text(64), 3),
    /** Scripts, style sheets and other loads that stand before the first policy and are not covered. */
    loadsBefore: Type.Integer({ minimum: 0 }),
    /** Policies that stand outside the head and are ignored whole. */
    outsideHead: Type.Integer({ minimum: 0 }),
  },
  closed,
);

export function metaPoliciesOf(page: PageFacts | undefined): readonly MetaPolicy[] {
  return (page?.metas ?? []).filter(({ httpEquiv, name }) => httpEquiv && name === 'content-security-policy');
}

export function metaGapsOf(metas: readonly MetaPolicy[]): Static<typeof metaGapsView> | null {
  if (metas.length === 0) return null;
  const obeyed = metas.filter(({ inHead }) => inHead);
  const names = new Set(obeyed.flatMap(({ content }) => [...parsePolicy(content).policy.keys()]));
  return {
    ignored: headerOnly.filter((name) => names.has(name)),
    loadsBefore: obeyed[0]?.after ?? 0,
    outsideHead: metas.length - obeyed.length,
  };
}
