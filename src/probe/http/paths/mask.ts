const most = 160;

/** A short line of a stranger's text, with what may name a person or let one in taken out of it. */
export function mask(line: string): string {
  return line
    .slice(0, most * 4)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/([/\\](?:home|Users|users)[/\\])[^/\\\s:;"'<>)]+/g, '$1…')
    .replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '…@…')
    .replace(/((?:pass(?:word|wd)?|pwd|secret|token|api[_-]?key|user(?:name| id)?|uid)["']? ?[=:] ?)[^\s;,&]+/gi, '$1…')
    .replace(/(:\/\/)[^\s/@]{1,128}@/g, '$1…@')
    .slice(0, most)
    .toWellFormed();
}
