import { message, type Message } from '../../model/text.ts';
import type { Name } from './name.ts';

/** One thing that rows may be asked: a list of values, each with its word or a proper name. */
export type FilterSelect = {
  /** Name of the row's data attribute, and of the value in the address. */
  readonly name: string;
  readonly label: Message;
  readonly options: readonly {
    readonly value: string;
    readonly word: Message | null;
    readonly name: Name | null;
  }[];
};

/** The filter of a section's rows, drawn hidden and shown by the script that works it. */
export type Filter = {
  readonly section: string;
  readonly label: Message;
  readonly selects: readonly FilterSelect[];
  /** Name of the file that holds what is shown. */
  readonly file: string;
};

/** A filter over a section; lists with fewer than two values are left out, for they would narrow nothing. */
export function filterOf(section: string, run: string, selects: readonly FilterSelect[]): Filter {
  return {
    section,
    label: message(`shell.filter.of-${section}`),
    selects: selects.filter(({ options }) => options.length > 1),
    file: `rasoat-${run}-${section}.csv`.replaceAll(/[^A-Za-z0-9.-]/g, '_'),
  };
}

/** A list of words of the catalogue; those that no row has are left out. */
export function wordSelect(
  name: string,
  label: string,
  values: readonly string[],
  had: ReadonlySet<string>,
  word: (value: string) => Message,
): FilterSelect {
  const options = values.filter((value) => had.has(value)).map((value) => ({ value, word: word(value), name: null }));
  return { name, label: message(label), options };
}

/** A list of proper names, in the order of the language they are written in. */
export function nameSelect(name: string, label: string, names: ReadonlyMap<string, Name>): FilterSelect {
  const options = [...names]
    .toSorted(([a, one], [b, other]) => one.vi.localeCompare(other.vi, 'vi') || (a < b ? -1 : 1))
    .map(([value, of]) => ({ value, word: null, name: of }));
  return { name, label: message(label), options };
}
