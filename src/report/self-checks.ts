import { readFileSync } from 'node:fs';
import { Type, type Static } from '@sinclair/typebox';
import { load } from 'js-yaml';
import { borderOf } from '../model/border.ts';
import { own } from '../model/own.ts';
import { packageRoot } from '../model/package-root.ts';
import { closed, list, text } from '../model/schema.ts';

/** What may be filled into a command; `view/remedy/places.ts` says with what. */
export const placeholders = [
  'tls',
  'address',
  'port',
  'ports',
  'host',
  'url',
  'origin',
  'plain',
  'seenUrl',
  'resolve',
  'domain',
  'selector',
] as const;
export type Placeholder = (typeof placeholders)[number];

const name = '^[a-z0-9]+(-[a-z0-9]+)*$';
const words = Type.Object({ vi: text(400, { minLength: 1 }), en: text(400, { minLength: 1 }) }, closed);
const wayIds = list(text(64, { pattern: name }), 4, { minItems: 1 });
const selfChecksSchema = Type.Object(
  {
    ways: Type.Record(
      Type.String({ pattern: name }),
      Type.Object({ run: text(500, { minLength: 1 }), expect: words }, closed),
    ),
    changes: Type.Record(Type.String({ pattern: name }), wayIds),
    checks: Type.Record(Type.String({ pattern: name }), wayIds),
  },
  closed,
);

/** Commands by which an owner sees for themselves whether a change worked, by change and by check. */
export type SelfChecks = Readonly<Static<typeof selfChecksSchema>>;
const fits = borderOf<SelfChecks>(selfChecksSchema, { allErrors: true });

let shipped: SelfChecks | undefined;

/** The commands that come with the program, read once. */
export function shippedSelfChecks(): SelfChecks {
  return (shipped ??= readSelfChecks());
}

/** Reads the commands that come with the program; a file that does not fit is our bug and throws. */
export function readSelfChecks(path: URL = new URL('templates/self-check.yaml', packageRoot)): SelfChecks {
  const value: unknown = load(readFileSync(path, 'utf8'));
  if (!fits(value)) throw new Error(`${path.pathname}: ${JSON.stringify(fits.errors)}`);
  return value;
}

/** The ways of one check: its own, else those of its change; none where nobody has written any. */
export function waysOf(all: SelfChecks, check: { readonly id: string; readonly change: string }): readonly string[] {
  return own(all.checks, check.id) ?? own(all.changes, check.change) ?? [];
}

/** Names in a template between braces. */
export function placeholdersIn(run: string): readonly string[] {
  return [...run.matchAll(/\{([A-Za-z]+)\}/g)].map(([, one = '']) => one);
}
