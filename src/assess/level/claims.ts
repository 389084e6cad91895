import type { System } from '../../model/inventory.ts';
import type { Level, Regime } from '../../model/inventory/level-words.ts';
import type { LevelBook } from '../../model/level-law.ts';
import { never, type HeldClaim } from '../held-claim.ts';
import { decideLevel } from './decide.ts';
import { factsOf } from './facts.ts';
import { missingParts, procedureLevel } from './procedure.ts';
import { lawOf } from './regime.ts';

/** What levels are held against: the laws, and the one that the system stands under. */
export type LevelGround = { readonly book: LevelBook; readonly regime: Regime };

/** The approval of the level: said by the state of the dossier, shown by the decision. */
export function levelClaim(system: System): HeldClaim | undefined {
  const classification = system.classification;
  if (classification === undefined) {
    // A system that its owner calls trọng yếu and for which no level is recorded is one without a decision.
    return system.critical === undefined ? undefined : { claim: { says: false }, deniedFrom: never };
  }
  const { decision, dossier } = classification;
  if (dossier !== 'da-phe-duyet') return { claim: { says: false }, deniedFrom: never };
  if (decision === undefined) return { claim: { says: true }, deniedFrom: never, deniesItself: true };
  return { claim: { says: true, on: decision.date, document: decision.number }, deniedFrom: decision.date };
}

/**
 * The level claimed, against the level that the inventory's own facts ask by the law the system stands under. A level
 * approved under the old law is kept (Law 116 Đ45.1), so the new criteria do not deny it.
 */
export function factsClaim(system: System, { book, regime }: LevelGround): HeldClaim | undefined {
  const classification = system.classification;
  if (classification === undefined) return undefined;
  const facts = factsOf(system);
  const answers = book.laws.map((law) => decideLevel(law, facts));
  // Facts that decide under another law alone do not deny this one's approval, and leave nothing unsaid.
  if (answers.every(({ level: one }) => one === null)) return undefined;
  const asked = answers.find((one) => one.regime === regime)?.level ?? null;
  if (asked === null && regime === 'nd-331-2026') return undefined;
  const { decision, level } = classification;
  return {
    claim: { says: true, ...(decision === undefined ? {} : { on: decision.date, document: decision.number }) },
    deniedFrom: never,
    deniesItself: asked !== null && level < asked,
  };
}

/** The quy chế, which must be issued before the level is approved (Decree 331 Đ30.7, Circular 12/2022 Đ9.7). */
export function regulationClaim(system: System): HeldClaim | undefined {
  const { regulation, decision } = system.classification ?? {};
  if (regulation === undefined) return undefined;
  return {
    claim: { says: true, on: regulation.date, document: regulation.number },
    deniedFrom: never,
    deniesItself: decision !== undefined && decision.date < regulation.date,
  };
}

/**
 * The parts of the dossier that the inventory names (Decree 331 Đ21, Đ22.5; Decree 85 Đ15). A dossier still being drafted
 * may lack some and is then not done; one that has been sent lacks what its own state says it has.
 */
export function dossierClaim(system: System, { book, regime }: LevelGround): HeldClaim | undefined {
  const classification = system.classification;
  const law = lawOf(book, regime);
  if (classification === undefined || law === undefined) return undefined;
  const { dossier, documents, level } = classification;
  if (dossier === 'chua-lap') return { claim: { says: false }, deniedFrom: never };
  if (documents === undefined) return undefined;
  const at: Level = procedureLevel(law, system, level);
  const lacking = missingParts(law, system, at).filter(({ part }) => part !== 'appraisal');
  if (lacking.length > 0) {
    return dossier === 'dang-du-thao'
      ? { claim: { says: false }, deniedFrom: never }
      : { claim: { says: true }, deniedFrom: never, deniesItself: true };
  }
  const named = Object.values(documents);
  const on = named
    .map(({ date }) => date)
    .sort()
    .at(-1);
  const numbers = [...new Set(named.map(({ number }) => number))].join('; ');
  return { claim: { says: true, ...(on === undefined ? {} : { on }), document: numbers }, deniedFrom: never };
}
