import type { Hop } from '../../model/facts/http.ts';
import type { AnswerBody } from '../../model/facts/http-answer.ts';
import type { StandIn, StandInTable } from '../../model/reference.ts';
import { headerValues } from './headers.ts';

/** What a body tells of being such a page. */
export type ShownBody = Pick<AnswerBody, 'title' | 'text'> & { readonly cut?: boolean };

/** The entry of the table that an answer is known by; null when none knows it. */
export function standInFor(hop: Hop, body: ShownBody | undefined, table: StandInTable | undefined): StandIn | null {
  if (table === undefined) return null;
  const title = plain(body?.title ?? '');
  const text = body?.cut === true ? '' : plain(body?.text ?? '');
  const host = URL.parse(hop.url)?.hostname ?? '';
  return normalised(table).find((page) => isKnown(page, { hop, title, text, host })) ?? null;
}

type Shown = { readonly hop: Hop; readonly title: string; readonly text: string; readonly host: string };

function isKnown(page: StandIn, { hop, title, text, host }: Shown): boolean {
  return (
    (title !== '' && page.titles?.includes(title) === true) ||
    page.titlesBegin?.some((begin) => title.startsWith(begin)) === true ||
    (text !== '' && page.texts?.some((words) => text.includes(words)) === true) ||
    page.hosts?.some((name) => host === name || host.endsWith(`.${name}`)) === true ||
    Object.entries(page.headers ?? {}).some(([name, values]) =>
      headerValues(hop, name).some((value) => values.length === 0 || values.includes(value.toLowerCase())),
    )
  );
}

const known = new WeakMap<StandInTable, readonly StandIn[]>();

/** The table with its words made plain once. */
function normalised(table: StandInTable): readonly StandIn[] {
  const made =
    known.get(table) ??
    table.pages.map((page) => ({
      ...page,
      ...(page.titles && { titles: page.titles.map(plain) }),
      ...(page.titlesBegin && { titlesBegin: page.titlesBegin.map(plain) }),
      ...(page.texts && { texts: page.texts.map(plain) }),
    }));
  known.set(table, made);
  return made;
}

/** One spelling for what looks the same: composed letters (Vietnamese comes both ways), small, single spaces. */
function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
