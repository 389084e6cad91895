import type { implementationStates, inspectionKinds } from '../../model/inventory/classification.ts';
import type { DossierState } from '../../model/inventory/level-words.ts';
import { fold } from '../../yaml/nearest.ts';

/** The official words of Mẫu 08, handed in because this room knows no catalogue. */
export type FormWords = {
  /** Heads of the twelve columns, in order. */
  readonly heads: readonly string[];
  readonly dossier: Readonly<Partial<Record<DossierState, string>>>;
  readonly implementation: Readonly<Record<(typeof implementationStates)[number], string>>;
  readonly inspection: Readonly<Record<(typeof inspectionKinds)[number], string>>;
  /** What stands where a person must write. */
  readonly blank: string;
  /** A sentence for a comment in the file, by key under forms.import of the catalogue. */
  readonly say: (key: string, params?: Record<string, string | number>) => string;
};

/** Abbreviations of the form, so that a sheet may write them out. */
const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/\bhttt\b/g, 'he thong thong tin'],
  [/\bhsdxcd\b/g, 'ho so de xuat cap do'],
  [/\bpa\b/g, 'phuong an'],
  [/\bbdanm\b/g, 'bao dam an ninh mang'],
  [/\banm\b/g, 'an ninh mang'],
];

/** A text in the shape in which words are compared: no marks, no case, no punctuation, nothing abbreviated. */
export function plain(text: string): string {
  const bare = fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return abbreviations.reduce((sum, [short, long]) => sum.replace(short, long), bare);
}

/** The key whose word a text is. */
export function keyOf<Key extends string>(
  text: string,
  words: Readonly<Partial<Record<Key, string>>>,
): Key | undefined {
  const wanted = plain(text);
  return (Object.entries(words) as [Key, string][]).find(([, word]) => plain(word) === wanted)?.[0];
}
