// @ts-check
/* Text as it is searched, and numbers and sentences as the page writes them. */

/**
 * Without marks and case, so that "cong thong tin" finds "Cổng thông tin".
 * @param {string} text
 * @returns {string}
 */
function fold(text) {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Whether every word of a query stands somewhere in a folded text.
 * @param {string} folded
 * @param {string} query
 * @returns {boolean}
 */
function holds(folded, query) {
  return fold(query)
    .split(' ')
    .every((word) => folded.includes(word));
}

/**
 * A sentence that the page carries in an attribute, its places `{n}` filled in.
 * @param {string | undefined} sentence
 * @param {Readonly<Record<string, string | number>>} values
 * @returns {string}
 */
function fill(sentence, values) {
  const language = document.documentElement.lang === 'vi' ? 'vi-VN' : 'en-GB';
  return (sentence ?? '').replace(/\{(\w+)\}/g, (place, /** @type {string} */ name) => {
    const value = Object.hasOwn(values, name) ? values[name] : place;
    return typeof value === 'number' ? value.toLocaleString(language) : String(value);
  });
}
