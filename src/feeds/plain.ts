/** Reading JSON of strangers: each gives what is asked or undefined, whatever stands there. */
export type Plain = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Plain | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Plain) : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string of at most `most` UTF-16 units, cut there. */
export function asText(value: unknown, most = 2000): string | undefined {
  return typeof value === 'string' ? value.slice(0, most) : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Own field of an object that may be none. */
export function field(value: unknown, name: string): unknown {
  const object = asObject(value);
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

const dayOnly = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/;

/** An instant as `...Z`, from the ways that feeds write one; a text without zone is taken for UTC. */
export function asInstant(value: unknown): string | undefined {
  const text = asText(value, 40);
  if (text === undefined) return undefined;
  const parts = instant.exec(text);
  const zone = (parts?.[4] ?? 'Z').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const time = dayOnly.test(text)
    ? Date.parse(`${text}T00:00:00Z`)
    : parts === null
      ? NaN
      : Date.parse(`${parts[1] ?? ''}T${parts[2] ?? ''}${(parts[3] ?? '').slice(0, 4)}${zone}`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** A day `YYYY-MM-DD` that exists. */
export function asDay(value: unknown): string | undefined {
  const text = asText(value, 10);
  return text !== undefined && dayOnly.test(text) && asInstant(text)?.startsWith(text) === true ? text : undefined;
}

const cve = /^CVE-\d{4}-\d{4,19}$/;

export function asCve(value: unknown): string | undefined {
  const text = asText(value, 30);
  return text !== undefined && cve.test(text) ? text : undefined;
}
