import type { Message } from '../../model/text.ts';

/** The three forms. */
export const forms = ['mau-08', 'periodic', 'plan'] as const;
export type FormKind = (typeof forms)[number];

/**
 * What a place of a form holds: text, a whole number, a day, official words by key of the catalogue (several: one after
 * another; `otherwise` where the catalogue has none), or nothing (left blank, never invented).
 */
export type Value =
  | string
  | number
  | { readonly day: string }
  | { readonly words: readonly string[]; readonly otherwise?: string }
  | { readonly sentence: Sentence }
  | null;
export type Values = Readonly<Record<string, Value>>;

/**
 * A sentence of the catalogue and what it is filled with. Names of values are the tags that an office sees in the Word
 * template, so they are Vietnamese and stay as they are once published (templates/forms/README.md).
 */
export type Sentence = { readonly key: string; readonly values: Values };

/** One column of a table; `width` in millimetres. */
export type Column = {
  readonly tag: string;
  readonly head: string;
  readonly width: number;
  readonly align?: 'left' | 'center';
};

/** A piece of a paper. `tag` names what repeats, in the template too. */
export type Block =
  | { readonly kind: 'heading' | 'subheading' | 'line' | 'remark'; readonly words: Sentence }
  | { readonly kind: 'each'; readonly tag: string; readonly items: readonly (readonly Block[])[] }
  | {
      readonly kind: 'table';
      readonly tag: string;
      readonly columns: readonly Column[];
      /** A row `(1)`, `(2)` ... under the head, as the official form has. */
      readonly numbered?: boolean;
      readonly rows: readonly Values[];
    };

/** An annex on pages of its own. */
export type Annex = {
  readonly label: Sentence;
  readonly name: Sentence;
  readonly landscape: boolean;
  readonly blocks: readonly Block[];
};

/** Something that a person must put right before the paper leaves the house. */
export type Defect = {
  /** Stable name, for `--json`. */
  readonly code: string;
  readonly system?: string;
  readonly organisation?: string;
  /** Name of the system or the organisation. */
  readonly about: string;
  readonly message: Message;
};

/** What stands before the paper and does not go with it, in the reader's language. */
export type Cover = {
  readonly title: Message;
  readonly facts: readonly Message[];
  readonly defects: readonly Defect[];
  readonly notes: readonly Message[];
};

/** One official paper by Decree 30/2020, as a draft: number, signature and stamp are blank. */
export type Paper = {
  readonly kind: FormKind;
  readonly cover: Cover;
  /** Cơ quan chủ quản trực tiếp; null leaves the line out. */
  readonly parent: string | null;
  readonly organisation: string;
  /** Day of the report. */
  readonly on: string;
  /** Tên loại; null for a công văn, whose subject then stands under the number. */
  readonly title: Sentence | null;
  readonly subject: Sentence;
  /** Chỉ dẫn phạm vi lưu hành. */
  readonly internal: boolean;
  readonly addressee: Value;
  readonly body: readonly Block[];
  readonly annexes: readonly Annex[];
  /** What was filled, for `--json`. */
  readonly filled: Readonly<Record<string, unknown>>;
};

/** A sentence without values, or with them. */
export function sentence(key: string, values: Values = {}): Sentence {
  return { key, values };
}

export const heading = (key: string, values?: Values): Block => ({ kind: 'heading', words: sentence(key, values) });
export const subheading = (key: string, values?: Values): Block => ({
  kind: 'subheading',
  words: sentence(key, values),
});
export const line = (key: string, values?: Values): Block => ({ kind: 'line', words: sentence(key, values) });
export const remark = (key: string, values?: Values): Block => ({ kind: 'remark', words: sentence(key, values) });
