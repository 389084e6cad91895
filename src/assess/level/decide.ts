import type { FactName, FactValue, LevelLaw, Limb } from '../../model/level-law.ts';
import type { LevelAnswer, Truth } from '../../model/level.ts';
import { tell } from './condition.ts';
import type { KnownFacts } from './facts.ts';

/** One limb and what it came to for one system. */
type ToldLimb = { readonly limb: Limb; readonly truth: Truth; readonly missing: readonly FactName[] };

/** Every limb of a law, told. A presumption stands in for its fact while that is not given. */
function tellLimbs(law: LevelLaw, facts: KnownFacts): readonly ToldLimb[] {
  return law.limbs.map((limb) => ({ limb, ...tell(limb.when, presumed(limb, facts)) }));
}

/**
 * The level that a law asks: the highest of whose limbs one is true (Decree 331 Đ8.2; Decree 85 states the same by
 * listing the higher criteria apart). Unknown limbs never decide; those of a higher level are listed.
 */
export function decideLevel(law: LevelLaw, facts: KnownFacts): LevelAnswer {
  const told = tellLimbs(law, facts);
  const held = told.filter(({ truth }) => truth === 'true').map(({ limb }) => limb);
  const level = held.reduce<Limb['level'] | null>(
    (top, { level: one }) => (top === null || one > top ? one : top),
    null,
  );
  const top = held.filter((limb) => limb.level === level);
  // A limb that needs no presumption speaks before one that does.
  const plain = top.filter((limb) => unstated(limb, facts).length === 0);
  const deciding = plain[0] ?? top[0];
  return {
    regime: law.regime,
    law: law.id,
    level,
    article: deciding?.article ?? null,
    limb: deciding?.text ?? null,
    also: [...new Set(plain.map(({ article }) => article))].filter((article) => article !== deciding?.article),
    presumed: deciding === undefined ? [] : unstated(deciding, facts),
    undecided: told
      .filter(({ truth, limb }) => truth === 'unknown' && limb.level > (level ?? 0))
      .map(({ limb, missing }) => ({ level: limb.level, article: limb.article, text: limb.text, missing })),
  };
}

function presumed(limb: Limb, facts: KnownFacts): KnownFacts {
  const more = unstated(limb, facts);
  if (more.length === 0) return facts;
  return new Map<FactName, FactValue>([...facts, ...more.map(({ fact, value }) => [fact, value] as const)]);
}

function unstated(limb: Limb, facts: KnownFacts): NonNullable<Limb['presumes']> {
  return (limb.presumes ?? []).filter(({ fact }) => !facts.has(fact));
}
