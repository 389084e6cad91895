/** Words that stand before a release, lowest first; any other word (`p1`, `k`, `sp2`) stands after it. */
const early: readonly string[] = [
  'dev',
  'snapshot',
  'alpha',
  'a',
  'beta',
  'b',
  'm',
  'milestone',
  'pre',
  'preview',
  'cr',
  'rc',
];

type Token = number | string;

/** Bounds are the same few thousand texts again and again. */
const mostKept = 20_000;
const kept = new Map<string, readonly Token[]>();

function tokensOf(version: string): readonly Token[] {
  const known = kept.get(version);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  const tokens = split(version);
  kept.set(version, tokens);
  return tokens;
}

/** `1.0.2k` -> 1 0 2 k. Build data behind `+` orders nothing (SemVer 10). */
function split(version: string): readonly Token[] {
  const [body = ''] = version
    .toLowerCase()
    .replace(/^v(?=\d)/, '')
    .split('+');
  return (body.match(/\d+|[a-z]+/g) ?? []).map((one) => (/^\d/.test(one) ? Number(one) : one));
}

/** What stands for a token that is not there: a zero beside a number, the release itself beside a word. */
function rank(token: Token | undefined): number {
  if (token === undefined) return 0;
  if (typeof token === 'number') return token > 0 ? 2 : 0;
  return early.includes(token) ? -1 : 1;
}

function compareTokens(a: Token | undefined, b: Token | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [early.indexOf(a), early.indexOf(b)];
    if (x >= 0 && y >= 0) return x - y;
    return x >= 0 ? -1 : y >= 0 ? 1 : a < b ? -1 : a > b ? 1 : 0;
  }
  return rank(a) - rank(b);
}

/** Orders two versions as makers number them: by numbers, letters behind them, words of what comes before a release. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [tokensOf(a), tokensOf(b)];
  for (let at = 0; at < Math.max(x.length, y.length); at += 1) {
    const order = compareTokens(x[at], y[at]);
    if (order !== 0) return order < 0 ? -1 : 1;
  }
  return 0;
}

/**
 * Whether a version told in fewer parts than a bound (`2.4` for some 2.4.x) may be anything from its own zeros upwards: the
 * bound goes on with numbers where the version ends. Such a version is at least itself; more cannot be said of it.
 */
export function isCut(told: string, bound: string): boolean {
  const [x, y] = [tokensOf(told), tokensOf(bound)];
  return x.length < y.length && x.every((token, at) => token === y[at]) && typeof y[x.length] === 'number';
}

/** A version that can be ordered at all: it begins with a number. */
export function isVersion(text: string): boolean {
  return /^v?\d/i.test(text) && text.length <= 128;
}

/** Orders two Debian versions (deb-version(7)): epoch, upstream, revision; `~` stands before the end. */
export function compareDebian(a: string, b: string): number {
  const [x, y] = [partsOf(a), partsOf(b)];
  return x.epoch - y.epoch || verrevcmp(x.upstream, y.upstream) || verrevcmp(x.revision, y.revision);
}

function partsOf(version: string) {
  const colon = /^(\d{1,9}):/.exec(version);
  const rest = colon === null ? version : version.slice(colon[0].length);
  const dash = rest.lastIndexOf('-');
  return {
    epoch: Number(colon?.[1] ?? 0),
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  };
}

/** dpkg's order of one part: stretches of other characters, letters before the rest, then stretches of digits. */
function verrevcmp(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a[i])) || (j < b.length && !isDigit(b[j]))) {
      const difference = weight(a[i]) - weight(b[j]);
      if (difference !== 0) return difference < 0 ? -1 : 1;
      i += 1;
      j += 1;
    }
    const [x, y] = [/^\d*/.exec(a.slice(i))?.[0] ?? '', /^\d*/.exec(b.slice(j))?.[0] ?? ''];
    i += x.length;
    j += y.length;
    const [p, q] = [x.replace(/^0+/, ''), y.replace(/^0+/, '')];
    if (p.length !== q.length) return p.length < q.length ? -1 : 1;
    if (p !== q) return p < q ? -1 : 1;
  }
  return 0;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function weight(character: string | undefined): number {
  if (character === '~') return -1;
  if (character === undefined || isDigit(character)) return 0;
  const code = character.charCodeAt(0);
  return /[a-zA-Z]/.test(character) ? code : code + 256;
}
