import { describe, expect, test } from 'vitest';
import { decideLevel } from '../../../src/assess/level/decide.ts';
import { factKinds, factsOf } from '../../../src/assess/level/facts.ts';
import type { LevelFacts } from '../../../src/model/inventory/classification.ts';
import type { Regime } from '../../../src/model/inventory/level-words.ts';
import type { FactName, FactValue } from '../../../src/model/level-law.ts';
import { lawOf, withFacts } from './build.ts';

const online = { type: 'phuc-vu-nguoi-dan-doanh-nghiep' } as const;
const internal = { type: 'noi-bo' } as const;
const infrastructure = { type: 'co-so-ha-tang' } as const;
const control = { type: 'dieu-khien-cong-nghiep' } as const;
const secret = { information: ['bi-mat-nha-nuoc'] } as const satisfies LevelFacts;
const defence = { defenceSecurity: true } as const;
const people = { information: ['cong-cong', 'ca-nhan'] } as const satisfies LevelFacts;

type Example = readonly [article: string, level: number | null, what: string, facts: LevelFacts];

/** Each limb of Decree 331/2026 Đ11-15 by at least one example that it decides, boundaries from both sides. */
const decree331: readonly Example[] = [
  ['Đ11.1', 1, 'internal, public information only', { ...internal, information: ['cong-cong'] }],
  ['Đ11.2', 1, 'a risk assessment came to level 1', { type: 'khac', risk: { level: 1 } }],
  ['Đ12.1', 2, 'internal, private information', { ...internal, information: ['cong-cong', 'rieng'] }],
  ['Đ12.1', 2, 'internal, personal information', { ...internal, information: ['ca-nhan'] }],
  ['Đ12.2.a', 2, 'online, not conditional business', { ...online, conditionalBusiness: false }],
  ['Đ12.2.a', 2, 'online, conditional or not is not declared', online],
  ['Đ12.2.b', 2, '99,999 subjects of basic data', { ...online, ...people, basicDataSubjects: 99_999 }],
  ['Đ12.2.b', 2, '9,999 subjects of sensitive data', { ...online, ...people, sensitiveDataSubjects: 9_999 }],
  ['Đ12.3', 2, 'infrastructure of one body', { ...infrastructure, infrastructureScope: 'mot-co-quan' }],
  ['Đ12.4', 2, 'a risk assessment came to level 2', { type: 'khac', risk: { level: 2 } }],
  ['Đ12.4', 2, 'the Prime Minister decided level 2', { type: 'khac', primeMinister: { level: 2 } }],
  ['Đ13.1', 3, 'state secrets', { ...internal, ...secret }],
  ['Đ13.1', 3, 'state secrets that harm national security', { ...secret, nationalSecurityHarm: 'ton-hai' }],
  ['Đ13.1', 3, 'serves defence, harms national security', { ...defence, nationalSecurityHarm: 'ton-hai' }],
  ['Đ13.2.a', 3, 'online, conditional business', { ...online, conditionalBusiness: true }],
  ['Đ13.2.b', 3, 'administrative procedures', { ...online, administrativeProcedures: true }],
  ['Đ13.2.c', 3, '100,000 subjects of basic data', { ...online, ...people, basicDataSubjects: 100_000 }],
  ['Đ13.2.c', 3, '10,000 subjects of sensitive data', { ...online, ...people, sensitiveDataSubjects: 10_000 }],
  ['Đ13.3', 3, 'infrastructure of a province', { ...infrastructure, infrastructureScope: 'bo-nganh-tinh' }],
  ['Đ13.3', 3, 'of the country, may stop', { ...infrastructure, infrastructureScope: 'quoc-gia', nonStop: false }],
  ['Đ13.4', 3, 'works of grade II', { ...control, constructionGrade: 'ii' }],
  ['Đ13.4', 3, 'works of grade III', { ...control, constructionGrade: 'iii' }],
  ['Đ13.4', 3, 'works of grade IV', { ...control, constructionGrade: 'iv' }],
  ['Đ13.5', 3, 'a risk assessment came to level 3', { type: 'khac', risk: { level: 3 } }],
  ['Đ13.5', 3, 'the Prime Minister decided level 3', { type: 'khac', primeMinister: { level: 3 } }],
  ['Đ14.1', 4, 'state secrets, grave harm', { ...secret, nationalSecurityHarm: 'nghiem-trong' }],
  ['Đ14.1', 4, 'serves defence, grave harm', { ...defence, nationalSecurityHarm: 'nghiem-trong' }],
  [
    'Đ14.1',
    4,
    'gravest harm, not strategic',
    { ...secret, nationalSecurityHarm: 'dac-biet-nghiem-trong', strategic: false },
  ],
  ['Đ14.2', 4, 'national e-government system, 24/7', { nationalSystem: true, nonStop: true }],
  ['Đ14.2', 4, 'of the country, 24/7', { ...infrastructure, infrastructureScope: 'quoc-gia', nonStop: true }],
  ['Đ14.3', 4, 'works of grade I', { ...control, constructionGrade: 'i' }],
  ['Đ14.4', 4, 'a risk assessment came to level 4', { type: 'khac', risk: { level: 4 } }],
  ['Đ14.4', 4, 'the Prime Minister decided level 4', { type: 'khac', primeMinister: { level: 4 } }],
  [
    'Đ15.1',
    5,
    'state secrets, strategic, gravest harm',
    { ...secret, strategic: true, nationalSecurityHarm: 'dac-biet-nghiem-trong' },
  ],
  [
    'Đ15.1',
    5,
    'defence, strategic, gravest harm',
    { ...defence, strategic: true, nationalSecurityHarm: 'dac-biet-nghiem-trong' },
  ],
  ['Đ15.2', 5, 'central store of national data', { nationalDataStore: true }],
  ['Đ15.3', 5, 'links the country with the world', { ...infrastructure, infrastructureScope: 'quoc-te' }],
  ['Đ15.4', 5, 'works of the special grade', { ...control, constructionGrade: 'dac-biet' }],
  ['Đ15.4', 5, 'works important to national security', { ...control, constructionGrade: 'iv', securityWorks: true }],
  ['Đ15.5', 5, 'a risk assessment came to level 5', { type: 'khac', risk: { level: 5 } }],
  ['Đ15.5', 5, 'the Prime Minister decided level 5', { type: 'khac', primeMinister: { level: 5 } }],
];

/** The same of Decree 85/2016 Đ7-11. */
const decree85: readonly Example[] = [
  ['Đ7', 1, 'internal, public information only', { ...internal, information: ['cong-cong'] }],
  ['Đ8.1', 2, 'internal, personal information', { ...internal, ...people }],
  ['Đ8.2.a', 2, 'public service of grade 2, no more known', { ...online, publicServiceLevel: 2 }],
  ['Đ8.2.b', 2, 'online, not conditional business', { ...online, conditionalBusiness: false }],
  ['Đ8.2.c', 2, '9,999 users', { ...online, ...people, users: 9_999 }],
  ['Đ8.3', 2, 'infrastructure of one body', { ...infrastructure, infrastructureScope: 'mot-co-quan' }],
  ['Đ9.1', 3, 'state secrets', { ...internal, ...secret }],
  ['Đ9.1', 3, 'serves defence, harms it', { ...defence, nationalSecurityHarm: 'ton-hai' }],
  ['Đ9.2.a', 3, 'public service of grade 3', { ...online, publicServiceLevel: 3 }],
  ['Đ9.2.a', 3, 'public service of grade 4', { ...online, publicServiceLevel: 4 }],
  ['Đ9.2.b', 3, 'online, conditional business', { ...online, conditionalBusiness: true }],
  ['Đ9.2.c', 3, '10,000 users', { ...online, ...people, users: 10_000 }],
  ['Đ9.3', 3, 'shared infrastructure of a province', { ...infrastructure, infrastructureScope: 'bo-nganh-tinh' }],
  ['Đ9.4', 3, 'works of grade II', { ...control, constructionGrade: 'ii' }],
  ['Đ9.4', 3, 'works of grade IV', { ...control, constructionGrade: 'iv' }],
  ['Đ10.1', 4, 'state secrets, grave harm', { ...secret, nationalSecurityHarm: 'nghiem-trong' }],
  ['Đ10.2', 4, 'national e-government system, 24/7', { nationalSystem: true, nonStop: true }],
  ['Đ10.3', 4, 'of the country, 24/7', { ...infrastructure, infrastructureScope: 'quoc-gia', nonStop: true }],
  ['Đ10.4', 4, 'works of grade I', { ...control, constructionGrade: 'i' }],
  ['Đ11.1', 5, 'state secrets, gravest harm', { ...secret, nationalSecurityHarm: 'dac-biet-nghiem-trong' }],
  ['Đ11.2', 5, 'central store of national data', { nationalDataStore: true }],
  ['Đ11.3', 5, 'links the country with the world', { ...infrastructure, infrastructureScope: 'quoc-te' }],
  ['Đ11.4', 5, 'works of the special grade', { ...control, constructionGrade: 'dac-biet' }],
  ['Đ11.4', 5, 'works important to national security', { ...control, securityWorks: true }],
  ['Đ11.5', 5, 'the Prime Minister decided', { type: 'khac', primeMinister: { level: 5 } }],
];

/** Nearly a limb, and none: an unknown or a false limb never decides. */
const nothing: readonly (readonly [Regime, string, LevelFacts])[] = [
  ['nd-331-2026', 'nothing declared', {}],
  ['nd-331-2026', 'internal, kind of information not declared', internal],
  ['nd-331-2026', 'serves defence, harm not assessed', defence],
  ['nd-331-2026', 'national system that may stop', { nationalSystem: true, nonStop: false }],
  ['nd-331-2026', 'industrial control, works not declared', control],
  ['nd-85-2016', 'procedures, of which Decree 85 knows nothing', { administrativeProcedures: true }],
  ['nd-85-2016', 'a risk assessment, which Decree 85 does not ask', { type: 'khac', risk: { level: 4 } }],
];

/** Values graver than one, where the fact has an order. */
function above(fact: FactName, value: FactValue): readonly FactValue[] {
  const kind = factKinds[fact];
  switch (kind?.kind) {
    case 'boolean':
      return [true];
    case 'number':
      return fact.endsWith('.level') || fact === 'publicServiceLevel'
        ? [1, 2, 3, 4, 5].filter((one) => one > Number(value))
        : [Number(value) + 1, 9_999, 10_000, 99_999, 100_000, 1_000_000].filter((one) => one > Number(value));
    case 'word':
      return kind.ordered ? kind.words.slice(kind.words.indexOf(String(value)) + 1) : [];
    case 'list':
      return kind.words.map((word) => [...new Set([...(value as readonly string[]), word])]);
    case undefined:
      return [];
  }
}

describe.each([
  ['nd-331-2026', decree331],
  ['nd-85-2016', decree85],
] as const)('%s', (regime, examples) => {
  const law = lawOf(regime);

  test.each(examples)('%s makes level %s: %s', (article, level, _what, facts) => {
    const answer = decideLevel(law, factsOf(withFacts(facts)));
    expect([answer.level, ...[answer.article, ...answer.also].filter((one) => one === article)]).toEqual([
      level,
      article,
    ]);
  });

  test('no example is lowered by raising any one of its facts', () => {
    for (const [article, level, , facts] of examples) {
      const known = factsOf(withFacts(facts));
      for (const [fact, value] of known) {
        for (const more of above(fact, value)) {
          const raised = decideLevel(law, new Map(known).set(fact, more)).level ?? 0;
          expect(raised, `${article}: ${fact} ${String(value)} → ${String(more)}`).toBeGreaterThanOrEqual(level ?? 0);
        }
      }
    }
  });

  test('every limb of the law is decided by an example above', () => {
    expect(new Set(examples.map(([article]) => article))).toEqual(new Set(law.limbs.map(({ article }) => article)));
  });
});

test.each(nothing)('%s asks nothing: %s', (regime, _what, facts) => {
  const answer = decideLevel(lawOf(regime), factsOf(withFacts(facts)));
  expect([answer.level, answer.article]).toEqual([null, null]);
});

describe('boundaries', () => {
  const asked = (regime: Regime, facts: LevelFacts) =>
    decideLevel(lawOf(regime), factsOf(withFacts({ ...online, ...people, ...facts }))).level;

  test('Decree 331 Đ12.2.b, Đ13.2.c: 99,999 and 100,000 subjects of basic data', () => {
    expect([99_999, 100_000, 100_001].map((basicDataSubjects) => asked('nd-331-2026', { basicDataSubjects }))).toEqual([
      2, 3, 3,
    ]);
  });
  test('Decree 331 Đ12.2.b, Đ13.2.c: 9,999 and 10,000 subjects of sensitive data', () => {
    expect([9_999, 10_000].map((sensitiveDataSubjects) => asked('nd-331-2026', { sensitiveDataSubjects }))).toEqual([
      2, 3,
    ]);
  });
  test('Decree 331: few of one kind do not outweigh many of the other', () => {
    expect(asked('nd-331-2026', { basicDataSubjects: 10, sensitiveDataSubjects: 10_000 })).toBe(3);
    expect(asked('nd-331-2026', { basicDataSubjects: 100_000, sensitiveDataSubjects: 1 })).toBe(3);
  });
  test('Decree 85 Đ8.2.c, Đ9.2.c: 9,999 and 10,000 users', () => {
    expect([9_999, 10_000].map((users) => asked('nd-85-2016', { users }))).toEqual([2, 3]);
  });
  test('Decree 85 Đ8.2.a, Đ9.2.a: public service of grade 2 and 3', () => {
    expect([2, 3].map((publicServiceLevel) => asked('nd-85-2016', { publicServiceLevel }))).toEqual([2, 3]);
  });
});

describe('what is not declared', () => {
  test('is listed with the higher limbs that it leaves open', () => {
    const answer = decideLevel(
      lawOf('nd-331-2026'),
      factsOf(withFacts({ ...online, ...people, administrativeProcedures: false })),
    );
    expect(answer.level).toBe(2);
    const open = answer.undecided.find(({ article }) => article === 'Đ13.2.c');
    expect(open).toMatchObject({ level: 3, missing: ['basicDataSubjects', 'sensitiveDataSubjects'] });
    expect(answer.undecided.map(({ article }) => article)).not.toContain('Đ13.2.b');
    expect(answer.undecided.every(({ level }) => level > 2)).toBe(true);
  });

  test('is told where the law is answered either way (Đ12.2.a, Đ13.2.a)', () => {
    const answer = decideLevel(lawOf('nd-331-2026'), factsOf(withFacts(online)));
    expect(answer.presumed).toMatchObject([{ fact: 'conditionalBusiness', value: false }]);
    expect(answer.undecided.map(({ article }) => article)).toContain('Đ13.2.a');
  });

  test('a state secret flag counts as information (Đ13.1) and takes away Đ11.1', () => {
    const one = { ...withFacts({ ...internal, information: ['cong-cong'] }), stateSecret: true };
    expect(decideLevel(lawOf('nd-331-2026'), factsOf(one))).toMatchObject({ level: 3, article: 'Đ13.1' });
  });
});
