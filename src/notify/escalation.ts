import type { Organisation } from '../model/inventory/organisation.ts';
import type { Told, ToldItem } from '../model/notice.ts';
import { daysBetween } from '../model/day.ts';
import type { DigestInput, Subordinate } from './digest-types.ts';
import { mayBeNamed } from './may-be-named.ts';

/** Days after which a delay of somebody else is told again. */
const againDays = 30;

export type Escalations = {
  readonly subordinates: readonly Subordinate[];
  readonly told: readonly ToldItem[];
  /** Something crossed the line since it was last told. */
  readonly rings: boolean;
};

/**
 * What an organisation is told of the delays of those below it, or as the police of everybody's: whose, how many, how long;
 * no system and no finding, which are their owner's alone. An organisation is late by what it operates. Pure.
 */
export function escalationsOf(
  organisation: Organisation,
  told: ReadonlyMap<string, Told>,
  { findings, inventory, ladder, work, police, day }: DigestInput,
): Escalations {
  const operators = new Map(inventory.systems.filter(mayBeNamed).map(({ id, operator }) => [id, operator]));
  const organisations = new Map(inventory.organisations.map((one) => [one.id, one]));
  const late: { readonly of: Organisation; readonly days: number; readonly item: ToldItem }[] = [];
  for (const { life, state, daysLate } of findings) {
    const of = organisations.get(operators.get(life.system) ?? '');
    if (of === undefined || of.id === organisation.id || life.severity === 'info' || !work.has(state)) continue;
    const { parent, police: last } = ladder[life.severity].escalate;
    const from = Math.min(
      of.parent === organisation.id ? parent : Number.POSITIVE_INFINITY,
      police === organisation.id ? last : Number.POSITIVE_INFINITY,
    );
    if (daysLate >= from)
      late.push({ of, days: daysLate, item: { kind: 'escalation', finding: life.id, of: life.openedAt } });
  }
  const groups = [...Map.groupBy(late, ({ of }) => of.id).values()];
  return {
    subordinates: groups.flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      return [{ organisation: first.of, late: group.length, mostDays: Math.max(...group.map(({ days }) => days)) }];
    }),
    told: late.map(({ item }) => item),
    rings: late.some(({ item }) => {
      const before = told.get(`escalation ${item.finding}`);
      return before?.of !== item.of || daysBetween(before.lastOn, day) >= againDays;
    }),
  };
}
