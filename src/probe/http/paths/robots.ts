/** A robots.txt as far as it is obeyed (RFC 9309 §2.2). */
export type Robots = { readonly groups: readonly RobotsGroup[] };
export type RobotsGroup = { readonly agents: readonly string[]; readonly rules: readonly RobotsRule[] };
export type RobotsRule = { readonly allow: boolean; readonly path: string };

/** What must be parsed at least (RFC 9309 §2.5), and the most that is. */
export const maxRobotsBytes = 512_000;
const maxRules = 5000;

/**
 * Reads a robots.txt. Total over any bytes: lines that are no rule are passed over, rules before the first user agent
 * are ignored, and what lies beyond 500 KiB is not read.
 */
export function parseRobots(bytes: Uint8Array): Robots {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, maxRobotsBytes));
  const groups: { agents: string[]; rules: RobotsRule[] }[] = [];
  let current: (typeof groups)[number] | undefined;
  let rules = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [key, value] = keyAndValue(line);
    if (key === 'user-agent') {
      // A run of user agents shares the rules that follow it.
      if (current === undefined || current.rules.length > 0) {
        current = { agents: [], rules: [] };
        groups.push(current);
      }
      current.agents.push(productToken(value));
    } else if ((key === 'allow' || key === 'disallow') && current !== undefined && rules < maxRules) {
      rules += 1;
      current.rules.push({ allow: key === 'allow', path: value });
    }
  }
  return { groups };
}

function keyAndValue(line: string): readonly [key: string, value: string] {
  const hash = line.indexOf('#');
  const said = hash === -1 ? line : line.slice(0, hash);
  const colon = said.indexOf(':');
  if (colon === -1) return ['', ''];
  return [said.slice(0, colon).trim().toLowerCase(), said.slice(colon + 1).trim()];
}

/** `Googlebot/2.1` means Googlebot (RFC 9309 §2.2.1). */
function productToken(value: string): string {
  return value === '*' ? '*' : (/^[a-z_-]+/i.exec(value)?.[0] ?? '').toLowerCase();
}

/** Whether `agent` (a product token) may ask for a path with its query; groups for the agent count before those for `*`. */
export function robotsAllow({ groups }: Robots, agent: string, path: string): boolean {
  if (path === '/robots.txt') return true;
  const own = groups.filter(({ agents }) => agents.includes(agent.toLowerCase()));
  const rules = (own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'))).flatMap(
    (group) => group.rules,
  );
  const asked = normalise(path);
  let best = -1;
  let allowed = true;
  for (const { allow, path: pattern } of rules) {
    const normal = normalise(pattern);
    if (normal === '' || !matches(normal, asked)) continue;
    // The longest pattern decides, and of two as long the one that allows (RFC 9309 §2.2.2).
    if (normal.length > best || (normal.length === best && allow)) {
      best = normal.length;
      allowed = allow;
    }
  }
  return allowed;
}

/** Paths that rules forbid, each once, as they are written. */
export function disallowedPaths({ groups }: Robots): readonly string[] {
  const rules = groups.flatMap((group) => group.rules);
  return [...new Set(rules.filter(({ allow, path }) => !allow && path !== '').map(({ path }) => path))];
}

/** Octets outside ASCII escaped, escapes of unreserved characters undone, hexadecimal in capitals (RFC 9309 §2.2.2). */
function normalise(path: string): string {
  return path
    .toWellFormed()
    .replace(/[^\x21-\x7e]/gu, (letter) => encodeURIComponent(letter))
    .replace(/%[0-9a-f]{2}/gi, (escape) => {
      const letter = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
      return /[\w.~-]/.test(letter) ? letter : escape.toUpperCase();
    });
}

/** `*` stands for any characters, a `$` at the end for the end; else a pattern is a beginning. Linear for each piece. */
function matches(pattern: string, path: string): boolean {
  const toEnd = pattern.endsWith('$');
  const [first = '', ...rest] = (toEnd ? pattern.slice(0, -1) : pattern).split(/\*+/);
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const [index, piece] of rest.entries()) {
    if (toEnd && index === rest.length - 1) return path.length - piece.length >= at && path.endsWith(piece);
    const found = path.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return !toEnd || at === path.length;
}
