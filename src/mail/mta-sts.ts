import { plainName } from './answers.ts';
import { parseTags, valueOf } from './tag-list.ts';

/** RFC 8461 section 3.1: other records at `_mta-sts` are passed over. */
export const isMtaSts = (record: string): boolean => /^v=STSv1(?:;|\s|$)/.test(record);

/** The id of a record; undefined when it breaks the grammar of RFC 8461 section 3.1. */
export function mtaStsId(record: string): string | undefined {
  const { tags, broken } = parseTags(record);
  const id = valueOf(tags, 'id');
  return broken.length === 0 && id !== undefined && /^[A-Za-z0-9]{1,32}$/.test(id) ? id : undefined;
}

export const mtaStsModes = ['enforce', 'testing', 'none'] as const;
export type MtaStsMode = (typeof mtaStsModes)[number];
export const policyFaultWords = [
  'no-version',
  'no-mode',
  'bad-mode',
  'bad-age',
  'no-mx',
  'bad-mx',
  'broken-line',
] as const;
export type PolicyFaultWord = (typeof policyFaultWords)[number];

export type MtaStsPolicy = {
  readonly mode: MtaStsMode | null;
  /** Seconds. */
  readonly maxAge: number | null;
  readonly mx: readonly string[];
  readonly faults: readonly PolicyFaultWord[];
};

const longestAge = 31_557_600;

/** Reads a policy (RFC 8461 section 3.2): lines of `key: value`, the first of a key counts but for `mx`. Total. */
export function parsePolicy(body: string): MtaStsPolicy {
  const faults: PolicyFaultWord[] = [];
  const fields: { key: string; value: string }[] = [];
  for (const line of body.split(/\r?\n/, 1000)) {
    if (line.trim() === '') continue;
    const field = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31}):[ \t]*(.*)$/.exec(line);
    if (field === null) faults.push('broken-line');
    else fields.push({ key: field[1] ?? '', value: (field[2] ?? '').trim() });
  }
  const first = (key: string) => fields.find((field) => field.key === key)?.value;
  if (first('version') !== 'STSv1') faults.push('no-version');
  const named = first('mode');
  const mode = mtaStsModes.find((one) => one === named) ?? null;
  if (mode === null) faults.push(named === undefined ? 'no-mode' : 'bad-mode');
  const age = first('max_age') ?? '';
  const maxAge = /^\d{1,10}$/.test(age) && Number(age) <= longestAge ? Number(age) : null;
  if (maxAge === null) faults.push('bad-age');
  const mx = fields.filter(({ key }) => key === 'mx').map(({ value }) => plainName(value).slice(0, 255));
  if (mx.length === 0 && mode !== 'none') faults.push('no-mx');
  if (!mx.every((pattern) => /^(?:\*\.)?(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/.test(pattern)))
    faults.push('bad-mx');
  return { mode, maxAge, mx: mx.slice(0, 100), faults: [...new Set(faults)] };
}

/** RFC 8461 section 4.1: a wildcard stands for exactly one label, the leftmost. */
export function matchesMx(host: string, pattern: string): boolean {
  const name = plainName(host);
  if (!pattern.startsWith('*.')) return name === pattern;
  const dot = name.indexOf('.');
  return dot > 0 && name.slice(dot) === pattern.slice(1);
}
