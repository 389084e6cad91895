/** What a known attribute may hold; a value that is not so is masked too, since it may be another cookie's. */
const attributes: ReadonlyMap<string, RegExp> = new Map([
  ['expires', /^[A-Za-z0-9 ,:+-]*$/],
  ['max-age', /^-?\d*$/],
  ['domain', /^[A-Za-z0-9.:[\]_-]*$/],
  ['path', /^[^,=]*$/],
  ['samesite', /^[A-Za-z]*$/],
  ['priority', /^[A-Za-z]*$/],
]);

/**
 * A Set-Cookie value as it may be kept: a cookie's value is somebody's session, so each of its characters becomes `*` and
 * its length alone stays. Names and attributes stay as sent; of an attribute that is not known the name alone does.
 * An empty value and the word `deleted`, by which cookies are taken back, are no secrets and stay.
 */
export function maskCookie(sent: string): string {
  const [pair = '', ...rest] = sent.split(';');
  return [maskPair(pair), ...rest.map(maskAttribute)].join(';');
}

function maskPair(pair: string): string {
  const equals = pair.indexOf('=');
  const name = equals < 0 ? '' : pair.slice(0, equals + 1);
  const value = pair.slice(name.length);
  return /^\s*"?(deleted)?"?\s*$/i.test(value) ? pair : name + stars(value);
}

function maskAttribute(part: string): string {
  const equals = part.indexOf('=');
  if (equals < 0) return /^\s*[A-Za-z-]{0,20}\s*$/.test(part) ? part : stars(part);
  const value = part.slice(equals + 1);
  const allowed = attributes.get(part.slice(0, equals).trim().toLowerCase());
  return allowed?.test(value.trim()) === true ? part : part.slice(0, equals + 1) + stars(value);
}

/** Blanks at the ends stay, so that what is trimmed later has the same length. */
function stars(value: string): string {
  const inner = value.trim();
  const from = value.indexOf(inner);
  return value.slice(0, from) + '*'.repeat(inner.length) + value.slice(from + inner.length);
}
