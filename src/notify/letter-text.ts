import type { Letter } from './letter.ts';

/** The letter as text/plain. */
export function letterText(letter: Letter): string {
  const { mark, title, opening, sections, answerTitle, answerLead, answer, closing } = letter;
  const lines = [
    mark,
    '',
    title,
    '',
    ...opening,
    ...sections.flatMap((section) => [
      '',
      section.title.toLocaleUpperCase(letter.lang),
      section.lead,
      ...section.systems.flatMap(({ name, note, groups }) => [
        '',
        `* ${name}${note === undefined ? '' : ` (${note})`}`,
        ...groups.flatMap(({ title: group, facts, checks, places, fix }) => [
          `  - ${group}`,
          `    ${facts.join(' · ')}`,
          ...checks.map((check) => `    · ${check}`),
          ...places.map((place) => `    @ ${place}`),
          ...(fix === undefined ? [] : [`    → ${fix}`]),
        ]),
      ]),
      ...section.lines.map((line) => `  - ${line}`),
    ]),
    '',
    answerTitle.toLocaleUpperCase(letter.lang),
    answerLead,
    ...answer.map((line) => `- ${line}`),
    '',
    ...closing,
  ];
  return `${lines.join('\n')}\n`;
}
