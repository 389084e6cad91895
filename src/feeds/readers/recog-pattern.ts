import { RE2JS, RE2JSException } from 're2js';

/** What a fingerprint says of what it matches: a fixed word, or the group of the pattern that holds it. */
export type RecogParam = { readonly name: string; readonly group: number; readonly value?: string };
export type RecogRow = {
  readonly matches: string;
  readonly pattern: string;
  readonly ignoreCase: boolean;
  /** `.` stands for a line's end too. */
  readonly dotAll?: boolean;
  readonly description: string;
  readonly params: readonly RecogParam[];
};

/** A pattern at work: the groups of its first match, the whole at 0; undefined where it does not match. */
export type RecogPattern = (text: string) => readonly (string | null)[] | undefined;

const longestPattern = 2000;

/**
 * A recog pattern on RE2, which reads what recog's own Go reader reads and takes time linear in the text, whatever the
 * pattern; undefined for what RE2 does not know (looking around, references back) or would not keep small.
 */
export function compilePattern({
  pattern,
  ignoreCase,
  dotAll,
}: Pick<RecogRow, 'pattern' | 'ignoreCase' | 'dotAll'>): RecogPattern | undefined {
  if (pattern === '' || pattern.length > longestPattern) return undefined;
  // Ruby's `^` and `$` are of lines; its `\Z` and `\h` are not RE2's.
  const said = pattern.replace(/\\Z/g, '\\z').replace(/\\h/g, '[0-9a-fA-F]');
  const flags = RE2JS.MULTILINE | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (dotAll === true ? RE2JS.DOTALL : 0);
  try {
    const compiled = RE2JS.compile(said, flags);
    return (text) => {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group));
    };
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}
