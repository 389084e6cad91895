/** The languages of every word a user can read; Vietnamese is the first. */
export const languages = ['vi', 'en'] as const;
export type Lang = (typeof languages)[number];

/** One text in both languages, neither empty. */
export type Text = { readonly vi: string; readonly en: string };

/** A sentence of the catalogue (`templates/text/*.yaml`) by key, with the values it is filled with. */
export type Message = {
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
};

/** Names a sentence of the catalogue; a test proves that every key named this way exists in both languages. */
export function message(key: string, params?: Record<string, string | number>): Message {
  return params === undefined ? { key } : { key, params };
}
