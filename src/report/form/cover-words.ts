import type { Lang } from '../../model/text.ts';
import type { Catalogue } from '../../text/catalogue.ts';
import { groupBy } from '../view/report-index.ts';
import { visible } from '../visible.ts';
import type { Cover } from './paper.ts';

/** The cover page in one language, as texts. */
export type CoverWords = {
  readonly title: string;
  readonly under: string;
  readonly facts: readonly string[];
  readonly defectsTitle: string;
  readonly about: string;
  readonly what: string;
  /** One row a system or organisation, one line a defect. */
  readonly defects: readonly { readonly about: string; readonly text: string }[];
  readonly notesTitle: string;
  readonly notes: readonly string[];
};

export function coverWords(cover: Cover, catalogue: Catalogue, lang: Lang): CoverWords {
  const tell = (message: Cover['title']) => visible(catalogue.tell(lang, message));
  const say = (key: string, n?: number) => catalogue.say(lang, key, n === undefined ? undefined : { n });
  const { length } = cover.defects;
  return {
    title: tell(cover.title),
    under: say('forms.cover.under'),
    facts: cover.facts.map(tell),
    defectsTitle: length === 0 ? say('forms.cover.no-defects') : say('forms.cover.defects', length),
    about: say('forms.cover.about'),
    what: say('forms.cover.what'),
    defects: [...groupBy(cover.defects, ({ about }) => about)].map(([about, defects]) => ({
      about: visible(about),
      text: defects.map(({ message }) => (defects.length > 1 ? '– ' : '') + tell(message)).join('\n'),
    })),
    notesTitle: say('forms.cover.notes'),
    notes: cover.notes.map(tell),
  };
}
