import type { Lang } from '../model/text.ts';
import { sections, type Digest, type DigestInput, type DigestItem, type Section } from './digest-types.ts';
import { groupsOf, type LetterGroup } from './letter-group.ts';
import { plain } from './plain.ts';
import { subjectOf } from './subject.ts';
import { dayWords, nameOf, type Words } from './words.ts';

export type LetterSystem = { readonly name: string; readonly note?: string; readonly groups: readonly LetterGroup[] };
export type LetterSection = {
  readonly key: Section | 'subordinates';
  readonly title: string;
  readonly lead: string;
  readonly systems: readonly LetterSystem[];
  readonly lines: readonly string[];
};

/** A letter in its last words: the text and the HTML say the same, for both only set out what stands here. */
export type Letter = {
  readonly lang: Lang;
  readonly subject: string;
  readonly mark: string;
  readonly title: string;
  readonly opening: readonly string[];
  readonly sections: readonly LetterSection[];
  readonly answerTitle: string;
  readonly answerLead: string;
  readonly answer: readonly string[];
  readonly closing: readonly string[];
};

/** Systems and groups of one section beyond these are only counted: the report has them all. */
const mostSystems = 40;
const mostGroups = 30;

/** Puts a digest into words. `replyTo`: where answers go. */
export function letterOf(words: Words, digest: Digest, input: DigestInput, replyTo: string | undefined): Letter {
  const { say } = words;
  const { organisation, counts, items, day, toHead } = digest;
  const bySection = Map.groupBy(items, ({ section }) => section);
  const name = nameOf(words, organisation);
  return {
    lang: words.lang,
    subject: subjectOf(words, digest),
    mark: say('notify.letter.mark'),
    title: say('notify.letter.title', { day: dayWords(day) }),
    opening: [
      say('notify.letter.to', { name }),
      ...(toHead ? [say('notify.letter.to-head', { position: plain(organisation.headPosition) })] : []),
      say('notify.letter.answer-first', {
        fixed: counts.fixed,
        fresh: counts.new,
        back: counts.back,
        overdue: counts.overdue,
        toMend: counts.toMend,
      }),
    ],
    sections: [
      ...sections.flatMap((key) => sectionOf(words, key, bySection.get(key) ?? [], input)),
      ...subordinatesOf(words, digest),
    ],
    answerTitle: say('notify.letter.how-to-answer'),
    answerLead:
      replyTo === undefined
        ? say('notify.letter.answer-contact')
        : say('notify.letter.answer-to', { address: plain(replyTo) }),
    answer: [
      say('notify.letter.answer-working'),
      say('notify.letter.answer-fixed'),
      say('notify.letter.answer-waiver'),
    ],
    closing: [
      say('notify.letter.proof'),
      say('notify.letter.internal'),
      say('notify.letter.automatic', { day: dayWords(day) }),
    ],
  };
}

function sectionOf(
  words: Words,
  key: Section,
  items: readonly DigestItem[],
  input: DigestInput,
): readonly LetterSection[] {
  if (items.length === 0) return [];
  const { say } = words;
  const bySystem = [...Map.groupBy(items, ({ system }) => system.id).values()];
  const systems = bySystem.slice(0, mostSystems).flatMap((group): readonly LetterSystem[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { system, role } = first;
    const operator = input.inventory.organisations.find(({ id }) => id === system.operator);
    const groups = groupsOf(words, group, input);
    const note =
      role === 'own'
        ? say('notify.letter.operated-by', { name: nameOf(words, operator ?? { name: system.operator }) })
        : undefined;
    const more = groups.length - mostGroups;
    const left = more > 0 ? say('notify.letter.more-groups', { count: more }) : undefined;
    const notes = [note, left].filter((one) => one !== undefined).join(' ');
    return [
      { name: nameOf(words, system), ...(notes === '' ? {} : { note: notes }), groups: groups.slice(0, mostGroups) },
    ];
  });
  const more = bySystem.length - mostSystems;
  return [
    {
      key,
      title: say(`notify.section.${key}`, { count: items.length }),
      lead: say(`notify.section-lead.${key}`),
      systems,
      lines: more > 0 ? [say('notify.letter.more-systems', { count: more })] : [],
    },
  ];
}

function subordinatesOf(words: Words, { subordinates }: Digest): readonly LetterSection[] {
  if (subordinates.length === 0) return [];
  const { say } = words;
  return [
    {
      key: 'subordinates',
      title: say('notify.section.subordinates', { count: subordinates.length }),
      lead: say('notify.section-lead.subordinates'),
      systems: [],
      lines: subordinates.map(({ organisation, late, mostDays }) =>
        say('notify.letter.subordinate', { name: nameOf(words, organisation), late, days: mostDays }),
      ),
    },
  ];
}
