/** What is wrong with a pattern; undefined when it is safe to run over a stranger's text. */
export type PatternFault = 'broken' | 'nested' | 'alternation' | 'look-around' | 'back-reference' | 'too-wide';

/** A group that is open while the pattern is read. */
type Group = { repeats: boolean; alternates: boolean };

/**
 * A conservative test against catastrophic backtracking: star height one, no alternation under a star, no look-around, no
 * back-reference, and at most two wide repetitions (`.*`, `\S+`, `[^x]*`), one where the pattern is not tied to the
 * start. What it refuses may be safe; what it lets through takes at most quadratic time, on values of 8,192 letters.
 */
export function patternFault(pattern: string): PatternFault | undefined {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'broken';
  }
  const open: Group[] = [{ repeats: false, alternates: false }];
  let closed: Group | undefined;
  let wide = 0;
  let lastIsWide = false;
  for (const token of pattern.matchAll(tokens)) {
    const [word] = token;
    const group = open.at(-1);
    if (group === undefined) return 'broken';
    if (/^\(\?[=!<]/.test(word) && !/^\(\?<[A-Za-z]/.test(word)) return 'look-around';
    if (/^\\([1-9]|k)/.test(word)) return 'back-reference';
    const times = mostTimes(word);
    if (times > 1) {
      if (closed?.repeats === true) return 'nested';
      if (closed?.alternates === true) return 'alternation';
      if (times > fewTimes) group.repeats = true;
      if (times > fewTimes && lastIsWide) wide += 1;
      closed = undefined;
      continue;
    }
    closed = undefined;
    lastIsWide = isWide(word);
    if (word.startsWith('(')) open.push({ repeats: false, alternates: false });
    else if (word === ')') {
      closed = open.pop();
      const outer = open.at(-1);
      if (closed?.repeats === true && outer !== undefined) outer.repeats = true;
      if (closed?.alternates === true && outer !== undefined) outer.alternates = true;
    } else if (word === '|') group.alternates = true;
  }
  return wide > (pattern.startsWith('^') ? 2 : 1) ? 'too-wide' : undefined;
}

/** Escapes, classes, repetitions, groups; any other letter is a token of its own. */
const tokens =
  /\\[pPu]\{[^}]*\}|\\[1-9]\d*|\\.|\[(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\}|\(\?<?[:=!]?(?:[A-Za-z]\w*>)?|[\s\S]/gu;

/** Repetitions up to this many times are as good as written out. */
const fewTimes = 16;

/** How often at most a repetition repeats; 0 for what is none. */
function mostTimes(token: string): number {
  if (token === '*' || token === '+') return Infinity;
  const braces = /^\{(\d+)(,?)(\d*)\}$/.exec(token);
  if (braces === null) return 0;
  const [, least, comma, most] = braces;
  return comma === '' ? Number(least) : most === '' ? Infinity : Number(most);
}

function isWide(token: string): boolean {
  return token === '.' || token.startsWith('[^') || /^\\[SDWP]/.test(token) || /\\[SDWP]/.test(token);
}
