import type { SecurityTxtFile } from '../../model/facts/web-paths.ts';
import type { Iso } from '../../model/observation.ts';

/** Rules of RFC 9116, each with its section. */
export const securityTxtRules = [
  'https', // 3
  'well-known', // 3
  'content-type', // 3
  'utf-8', // 4
  'line-ends', // 4
  'grammar', // 4
  'contact-missing', // 2.5.3
  'contact-uri', // 2.5.3
  'expires-missing', // 2.5.5
  'expires-repeated', // 2.5.5
  'expires-format', // 2.5.5
  'languages-repeated', // 2.5.8
  'languages-format', // 2.5.8
  'link-uri', // 2.5.1, 2.5.2, 2.5.4, 2.5.6, 2.5.7
  'csaf-uri', // IANA registry
  'canonical-mismatch', // 2.5.2
  'expires-far', // 2.5.5
  'not-signed', // 2.3
  'signed-without-canonical', // 2.3
] as const;
export type SecurityTxtRule = (typeof securityTxtRules)[number];

export type SecurityTxtDefect = { readonly rule: SecurityTxtRule; readonly line?: number; readonly value?: string };

type Field = { readonly line: number; readonly name: string; readonly value: string };

const links = ['acknowledgments', 'canonical', 'encryption', 'hiring', 'policy'];

/** What a file breaks of RFC 9116: `errors` of its MUST, `advice` of what it recommends. Pure. */
export function securityTxtDefects(file: SecurityTxtFile, at: Iso) {
  const fields = file.fields.map(([line, name, value]): Field => ({ line, name: name.toLowerCase(), value }));
  const named = (name: string) => fields.filter((field) => field.name === name);
  const instants = named('expires').map(({ value }) => instantOf(value));
  const [only] = instants;
  return {
    errors: [
      ...wholeFile(file),
      ...contactDefects(named('contact')),
      ...expiresDefects(named('expires')),
      ...languageDefects(named('preferred-languages')),
      ...links
        .flatMap((name) => named(name))
        .flatMap((field) => (isLink(field.value) ? [] : [about('link-uri', field)])),
      ...named('csaf').flatMap((field) => (/^https:\/\//i.test(field.value) ? [] : [about('csaf-uri', field)])),
      ...canonicalDefects(file.url, named('canonical')),
    ] as readonly SecurityTxtDefect[],
    advice: [
      ...(instants.length === 1 && only !== undefined && Date.parse(only) - Date.parse(at) > yearMs
        ? [about('expires-far', named('expires')[0])]
        : []),
      ...(file.signed ? [] : [about('not-signed')]),
      ...(file.signed && named('canonical').length === 0 ? [about('signed-without-canonical')] : []),
    ] as readonly SecurityTxtDefect[],
    expires: instants.length === 1 ? (only ?? null) : null,
  };
}

const yearMs = 366 * 86_400_000;

function about(rule: SecurityTxtRule, field?: Field): SecurityTxtDefect {
  return field === undefined
    ? { rule }
    : { rule, line: field.line, value: `${field.name}: ${field.value}`.slice(0, 1024) };
}

function wholeFile({ url, contentType, utf8, strayReturn, malformed }: SecurityTxtFile): readonly SecurityTxtDefect[] {
  const found: SecurityTxtDefect[] = [];
  if (!/^https:\/\//i.test(url)) found.push({ rule: 'https', value: url.slice(0, 1024) });
  if (URL.parse(url)?.pathname !== '/.well-known/security.txt')
    found.push({ rule: 'well-known', value: url.slice(0, 1024) });
  if (!isPlainUtf8(contentType)) found.push({ rule: 'content-type', value: contentType ?? '' });
  if (!utf8) found.push({ rule: 'utf-8' });
  if (strayReturn) found.push({ rule: 'line-ends' });
  return [...found, ...malformed.map((line): SecurityTxtDefect => ({ rule: 'grammar', line }))];
}

/** `text/plain` with the charset `utf-8`, which is the default and so may be left out. */
function isPlainUtf8(contentType: string | null): boolean {
  const [type, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return type === 'text/plain' && (charset === undefined || /^"?utf-8"?$/.test(charset));
}

function contactDefects(contacts: readonly Field[]): readonly SecurityTxtDefect[] {
  if (contacts.length === 0) return [{ rule: 'contact-missing' }];
  return contacts.filter(({ value }) => !isContact(value)).map((field) => about('contact-uri', field));
}

/** A URI (RFC 3986); a web address begins with https, an address or number has something to reach behind its scheme. */
function isContact(value: string): boolean {
  if (/^mailto:/i.test(value)) return /^mailto:[^\s@]+@[^\s@]+$/i.test(value);
  if (/^tel:/i.test(value)) return /^tel:\+?[0-9().-]{3,}(?:;\S+)?$/i.test(value);
  return isLink(value);
}

/** A URI of any scheme but http (2.5: web URIs begin with `https://`). */
function isLink(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[!-~]+$/i.test(value) && !/^http:/i.test(value) && URL.canParse(value);
}

function expiresDefects(fields: readonly Field[]): readonly SecurityTxtDefect[] {
  if (fields.length === 0) return [{ rule: 'expires-missing' }];
  const unreadable = fields.filter(({ value }) => instantOf(value) === undefined);
  return [
    ...(fields.length > 1 ? [about('expires-repeated', fields[1])] : []),
    ...unreadable.map((field) => about('expires-format', field)),
  ];
}

const internetTime =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** An Internet date and time (RFC 3339 §5.6) as an instant in UTC; undefined for anything else. */
function instantOf(value: string): string | undefined {
  if (!internetTime.test(value)) return undefined;
  const time = Date.parse(value.toUpperCase().replace(/:60/, ':59'));
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function languageDefects(fields: readonly Field[]): readonly SecurityTxtDefect[] {
  const isTag = (tag: string) => /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,8}$/i.test(tag.trim());
  return [
    ...(fields.length > 1 ? [about('languages-repeated', fields[1])] : []),
    ...fields.filter(({ value }) => !value.split(',').every(isTag)).map((field) => about('languages-format', field)),
  ];
}

/** A file that names its places and was found at none of them is not to be trusted. */
function canonicalDefects(url: string, fields: readonly Field[]): readonly SecurityTxtDefect[] {
  if (fields.length === 0) return [];
  const here = URL.parse(url)?.href;
  return fields.some(({ value }) => URL.parse(value)?.href === here) ? [] : [about('canonical-mismatch', fields[0])];
}
