/**
 * dNSName and iPAddress entries of node:crypto's subjectAltName text, lower case, at most 1,000. An entry with odd
 * characters is a JSON string there, so that a name cannot pretend to be two.
 */
export function certificateNames(subjectAltName: string | undefined): string[] {
  const names = new Set<string>();
  for (const entry of splitEntries(subjectAltName ?? '')) {
    const match = /^(?:DNS|IP Address):(.*)$/s.exec(entry);
    const value = match?.[1];
    if (value === undefined) continue;
    const name = unquote(value).toLowerCase().slice(0, 255);
    if (name !== '') names.add(name);
    if (names.size === 1000) break;
  }
  return [...names];
}

/** Splits at `, ` outside of quotes. */
function splitEntries(text: string): string[] {
  const entries: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ',' && text[at + 1] === ' ') {
      entries.push(text.slice(start, at));
      start = at + 2;
    }
  }
  entries.push(text.slice(start));
  return entries;
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'string' ? parsed : value;
  } catch {
    return value;
  }
}
