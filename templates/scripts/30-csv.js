// @ts-check
/* What a table shows, as a file for a spreadsheet: UTF-8 with a mark, RFC 4180, and no cell that it would run as a formula. */

/**
 * @param {string} text
 * @returns {string}
 */
function csvField(text) {
  // OWASP, "CSV Injection": also after blanks, and in the wide forms that a spreadsheet in Asia takes for the same.
  const safe = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * @param {readonly (readonly string[])[]} rows
 * @returns {string}
 */
function csv(rows) {
  return `\ufeff${rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('')}`;
}

/**
 * What a cell says, marks by their names, parts that stand on lines of their own set apart.
 * @param {Element} cell
 * @returns {string}
 */
function cellText(cell) {
  let said = '';
  /** @param {Node} node */
  const walk = (node) => {
    if (node instanceof Text) said += node.data.replace(/\s+/g, ' ');
    else if (node instanceof SVGElement) said += ` ${node.getAttribute('aria-label') ?? ''} `;
    else if (node instanceof Element) {
      const apart = node.matches('.under, li, p, div, dl, dt, dd, summary, br') ? '\n' : '';
      said += apart;
      node.childNodes.forEach(walk);
      said += apart;
    }
  };
  cell.childNodes.forEach(walk);
  return said
    .split('\n')
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join('; ');
}

/**
 * Hands a file to the reader; nothing leaves the machine.
 * @param {string} name
 * @param {string} content
 */
function download(name, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}
