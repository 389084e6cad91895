import type { Ajv2020, FuncKeywordDefinition } from 'ajv/dist/2020.js';
import type { DataValidateFunction } from 'ajv/dist/types/index.js';
import type { Iso, Kind } from '../model/observation.ts';
import { inRange, parseRange } from './version.ts';

/** The clocks of the observations that are judged: days are counted from these, never from ours. */
export type Clocks = Readonly<Partial<Record<Kind, Iso>>>;

/**
 * Our four keywords, and no more (style.md C4): a rule that wants a fifth wants a derived fact.
 *
 * - `because: { vi, en }` why a value that breaks the rule matters; the nearest enclosing one is shown
 * - `versionIn: ">=1.2 <1.5 || >=2"` the version lies in the range
 * - `daysAheadMin: 21` the day or instant is at least 21 days after the observation
 * - `daysAgoMax: 365` the day or instant is at most 365 days before the observation
 *
 * The last three may find that a value does not decide (a version told in part, no date): `isUndecided`.
 */
export const valueKeywords = ['versionIn', 'daysAheadMin', 'daysAgoMax'] as const;

/** Adds the keywords to an ajv that passes its context (`passContext`), which must be `Clocks`. */
export function addKeywords(ajv: Ajv2020): void {
  ajv.addKeyword({
    keyword: 'because',
    metaSchema: {
      type: 'object',
      required: ['vi', 'en'],
      properties: { vi: { type: 'string', minLength: 1 }, en: { type: 'string', minLength: 1 } },
      additionalProperties: false,
    },
  });
  ajv.addKeyword(
    decided('versionIn', { type: 'string' }, (text) => {
      const range = parseRange(text as string);
      if (range === undefined) throw new Error(`versionIn is not a range: ${String(text)}`);
      return (value) => inRange(value, range);
    }),
  );
  ajv.addKeyword(
    decided('daysAheadMin', { type: 'number' }, (least) => (value, at) => {
      const days = daysBetween(at, value);
      return days === undefined ? undefined : days >= (least as number);
    }),
  );
  ajv.addKeyword(
    decided('daysAgoMax', { type: 'number' }, (most) => (value, at) => {
      const days = daysBetween(value, at);
      return days === undefined ? undefined : days <= (most as number);
    }),
  );
}

/** Marks an error of ajv that means "cannot tell" rather than "wrong". */
export function isUndecided(params: Readonly<Record<string, unknown>>): boolean {
  return params['undecided'] === true;
}

type Decision = (value: string, at: Iso | undefined) => boolean | undefined;

function decided(
  keyword: (typeof valueKeywords)[number],
  metaSchema: Readonly<Record<string, unknown>>,
  prepare: (parameter: unknown) => Decision,
): FuncKeywordDefinition {
  return {
    keyword,
    type: 'string',
    metaSchema,
    errors: true,
    compile(parameter: unknown): DataValidateFunction {
      const decide = prepare(parameter);
      const validate: DataValidateFunction = function (this: unknown, value: string, place): boolean {
        const verdict = decide(value, clockOf(this as Clocks, place?.instancePath ?? ''));
        if (verdict !== true) validate.errors = [{ keyword, params: verdict === undefined ? { undecided: true } : {} }];
        return verdict === true;
      };
      return validate;
    },
  };
}

/** The clock of the kind that a pointer begins with. */
function clockOf(clocks: Clocks, pointer: string): Iso | undefined {
  return clocks[pointer.split('/')[1] as Kind];
}

/** Days from one day or instant to another, undefined when either is none. A bare day begins at midnight UTC. */
function daysBetween(from: string | undefined, to: string | undefined): number | undefined {
  const days = (instantOf(to) - instantOf(from)) / 86_400_000;
  return Number.isNaN(days) ? undefined : days;
}

function instantOf(text: string | undefined): number {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{3})?Z)?$/.test(text)
    ? Date.parse(text)
    : NaN;
}
