/** One `name=value` of a tag list. */
export type Tag = { readonly name: string; readonly value: string };

const most = 100;

/**
 * Splits `a=b; c=d` (RFC 6376 section 3.2; DMARC, MTA-STS and TLS-RPT share it). Parts that are no tag come back as
 * `broken`; names keep their case. Total over any text.
 */
export function parseTags(record: string): { readonly tags: readonly Tag[]; readonly broken: readonly string[] } {
  const tags: Tag[] = [];
  const broken: string[] = [];
  for (const part of record.split(';', most)) {
    const text = part.trim();
    if (text === '') continue;
    const equals = text.indexOf('=');
    const name = text.slice(0, Math.max(equals, 0)).trim();
    if (/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) tags.push({ name, value: text.slice(equals + 1).trim() });
    else broken.push(text.slice(0, 100));
  }
  return { tags, broken };
}

/** The value of the first tag of a name. */
export function valueOf(tags: readonly Tag[], name: string): string | undefined {
  return tags.find((tag) => tag.name === name)?.value;
}
