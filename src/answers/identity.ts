import { Type, type Static } from '@sinclair/typebox';
import { borderOf } from '../model/border.ts';
import { closed, instant, text } from '../model/schema.ts';
import { sheetFormat, type Identity } from './sheet.ts';

const identitySchema = Type.Object(
  {
    format: Type.Literal(sheetFormat),
    sheet: text(16, { pattern: '^[0-9a-f]{16}$' }),
    organisation: text(64, { minLength: 1 }),
    run: text(100, { minLength: 1 }),
    head: text(80, { pattern: '^\\d{1,12}:[0-9a-f]{64}$' }),
    at: instant(),
  },
  closed,
);
const fits = borderOf<Static<typeof identitySchema>>(identitySchema);

/** Which sheet a file says that it is; undefined where it says nothing that could be one of ours. */
export function identityOf(value: unknown): Identity | undefined {
  if (!fits(value)) return undefined;
  const { sheet, organisation, run, head, at } = value;
  return { sheet, organisation, run, head, at };
}
