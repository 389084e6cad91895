/** Where a template's expression stands: which variable holds what a name may mean there. */
export type Scope = {
  /** Variables of the contexts, the innermost first: `{{name}}` is of the first, `{{../name}}` of the second. */
  readonly contexts: readonly string[];
  /** Names that blocks give to what they go through (`as |row|`), the innermost first. */
  readonly named: readonly Readonly<Record<string, string>>[];
  /** Whether the innermost `each` is at its last, as an expression; undefined outside of one. */
  readonly last: string | undefined;
};

/** The variable that a block has given a name to; undefined where none has. */
export function namedIn({ named }: Scope, name: string): string | undefined {
  for (const names of named) if (Object.hasOwn(names, name)) return names[name];
  return undefined;
}
