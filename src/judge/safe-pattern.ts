/** What is wrong with a pattern; undefined when it is safe to run over a stranger's text. */
export type PatternFault = 'broken' | 'nested' | 'alternation' | 'lookAround' | 'backReference' | 'tooMany';

/** What a group of the pattern holds. */
type Group = {
  /** A repetition without end. */
  repeats: boolean;
  /** A repetition whose number of times may vary. */
  varies: boolean;
  alternates: boolean;
};

/** Repetitions up to this many times are as good as written out. */
const fewTimes = 16;
/** As often may a group repeat in which something varies: few ways to divide a text remain. */
const veryFewTimes = 4;

/**
 * A conservative test against backtracking: no repetition within repetition, no alternation under one, no look-around,
 * no back-reference, and at most two repetitions without end, of which one is spent where the pattern is not tied to
 * the start. What it refuses may be safe; what it lets through takes at most quadratic time on values of 8,192 letters.
 */
export function patternFault(pattern: string): PatternFault | undefined {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'broken';
  }
  const open: Group[] = [newGroup()];
  let closed: Group | undefined;
  let endless = pattern.startsWith('^') ? 0 : 1;
  for (const [token] of pattern.matchAll(tokens)) {
    const group = open.at(-1) ?? newGroup();
    if (/^\(\?(?:[=!]|<[=!])/.test(token)) return 'lookAround';
    if (/^\\[1-9k]/.test(token)) return 'backReference';
    const times = timesOf(token);
    if (times !== undefined) {
      if (times.most > 1 && closed?.repeats === true) return 'nested';
      if (times.most > veryFewTimes && closed?.varies === true) return 'nested';
      if (times.most > 1 && closed?.alternates === true) return 'alternation';
      group.varies ||= times.least !== times.most;
      group.repeats ||= times.most > fewTimes;
      if (times.most > fewTimes) endless += 1;
    }
    closed = undefined;
    if (token.startsWith('(')) open.push(newGroup());
    else if (token === ')') closed = close(open);
    else if (token === '|') group.alternates = true;
  }
  const top = open[0];
  return endless > 2 && top?.repeats === true ? 'tooMany' : undefined;
}

/** Escapes, classes, repetitions, openings of groups; any other letter is a token of its own. */
const tokens =
  /\\[pPu]\{[^}]*\}|\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|\(\?(?:[=!:]|<[=!]|<[A-Za-z]\w*>)|[\s\S]/gu;

function newGroup(): Group {
  return { repeats: false, varies: false, alternates: false };
}

/** Takes the innermost group off; what it holds, the one around it holds too. */
function close(open: Group[]): Group | undefined {
  const inner = open.pop();
  const outer = open.at(-1);
  if (inner === undefined || outer === undefined) return inner;
  outer.repeats ||= inner.repeats;
  outer.varies ||= inner.varies;
  outer.alternates ||= inner.alternates;
  return inner;
}

/** How often a repetition repeats; undefined for what is none. */
function timesOf(token: string): { readonly least: number; readonly most: number } | undefined {
  if (token === '*') return { least: 0, most: Infinity };
  if (token === '+') return { least: 1, most: Infinity };
  if (token === '?') return { least: 0, most: 1 };
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}$/.exec(token) ?? [];
  if (least === undefined) return undefined;
  const fewest = Number(least);
  return { least: fewest, most: comma === '' ? fewest : most === '' ? Infinity : Number(most) };
}
