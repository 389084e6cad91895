import type { System } from '../../model/inventory.ts';
import type { LevelFacts } from '../../model/inventory/classification.ts';
import type { FactName, FactValue } from '../../model/level-law.ts';

/** What kind of value a fact has, and for ordered words their order, lowest first. */
export type FactKind =
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'word'; readonly words: readonly string[]; readonly ordered: boolean }
  | { readonly kind: 'list'; readonly words: readonly string[] };

const number = { kind: 'number' } as const;
const boolean = { kind: 'boolean' } as const;
const word = (ordered: boolean, ...words: string[]) => ({ kind: 'word', words, ordered }) as const;

/** Every fact that a criterion may ask, by its name in `classification.facts`. */
export const factKinds: Readonly<Record<FactName, FactKind>> = {
  type: word(false, 'noi-bo', 'phuc-vu-nguoi-dan-doanh-nghiep', 'co-so-ha-tang', 'dieu-khien-cong-nghiep', 'khac'),
  information: { kind: 'list', words: ['cong-cong', 'rieng', 'ca-nhan', 'bi-mat-nha-nuoc'] },
  basicDataSubjects: number,
  sensitiveDataSubjects: number,
  users: number,
  administrativeProcedures: boolean,
  publicServiceLevel: number,
  conditionalBusiness: boolean,
  infrastructureScope: word(true, 'mot-co-quan', 'bo-nganh-tinh', 'quoc-gia', 'quoc-te'),
  nationalSystem: boolean,
  nonStop: boolean,
  nationalDataStore: boolean,
  constructionGrade: word(true, 'iv', 'iii', 'ii', 'i', 'dac-biet'),
  securityWorks: boolean,
  defenceSecurity: boolean,
  nationalSecurityHarm: word(true, 'ton-hai', 'nghiem-trong', 'dac-biet-nghiem-trong'),
  strategic: boolean,
  'primeMinister.level': number,
  'risk.level': number,
};

/** Facts of one system by name; what is not in the map is not known. */
export type KnownFacts = ReadonlyMap<FactName, FactValue>;

/**
 * The facts of a system. `stateSecret: true` says that state secrets are handled whatever the list of information says.
 * What nobody decided is no decision: without a decision of the Prime Minister or a risk assessment in the inventory
 * their levels are unknown, not none.
 */
export function factsOf(system: Pick<System, 'classification' | 'stateSecret'>): KnownFacts {
  const facts: LevelFacts = system.classification?.facts ?? {};
  const known = new Map<FactName, FactValue>();
  for (const name of Object.keys(factKinds)) {
    const value = valueAt(facts, name);
    if (value !== undefined) known.set(name, value);
  }
  if (system.stateSecret === true) {
    const information = facts.information ?? [];
    known.set('information', [...new Set([...information, 'bi-mat-nha-nuoc'])]);
  }
  return known;
}

function valueAt(facts: LevelFacts, name: FactName): FactValue | undefined {
  let at: unknown = facts;
  for (const step of name.split('.')) at = (at as Readonly<Record<string, unknown>> | undefined)?.[step];
  return at as FactValue | undefined;
}
