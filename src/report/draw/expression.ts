import { namedIn, type Scope } from './scope.ts';

/** What a template asks that this compiler does not know: a mistake of ours, found when the templates are compiled. */
export function refuse(what: string, { loc }: hbs.AST.Node): never {
  const { source, start } = loc;
  throw new Error(`templates/${source}:${start.line}: ${what}`);
}

/** What a helper is given at its end, as Handlebars gives it: `hash` by name, `data` of the page. */
export type Call = { readonly name: string; readonly args: readonly string[]; readonly hash: string };

/**
 * What a path means, as JavaScript. As Handlebars' strict mode with `assumeObjects`: a step into what is not there throws. `strict`:
 * the last step throws too where the view has no such field; as an argument of a helper it is undefined there.
 */
export function pathOf(path: hbs.AST.PathExpression, scope: Scope, strict = false): string {
  const [first] = path.parts;
  if (path.data) {
    if (path.original !== '@last' || scope.last === undefined) refuse(`${path.original} is not known here`, path);
    return scope.last;
  }
  const scoped = /^(this|\.\.?)(\W|$)/.test(path.original);
  const own = scoped || path.depth > 0 || first === undefined ? undefined : namedIn(scope, first);
  if (own !== undefined) return own + stepsOf(path.parts.slice(1));
  const context = scope.contexts[path.depth];
  if (context === undefined) refuse(`${path.original} leads out of its template`, path);
  if (!strict || path.parts.length === 0) return context + stepsOf(path.parts);
  const object = context + stepsOf(path.parts.slice(0, -1));
  return `strict(${object},${JSON.stringify(path.parts.at(-1))})`;
}

const stepsOf = (parts: readonly string[]): string => parts.map((part) => `[${JSON.stringify(part)}]`).join('');

/** A value given to a helper, a block or a partial. */
export function valueOf(node: hbs.AST.Expression, scope: Scope): string {
  switch (node.type) {
    case 'PathExpression':
      return pathOf(node as hbs.AST.PathExpression, scope);
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
      return JSON.stringify((node as hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral).value);
    case 'SubExpression': {
      const sub = node as hbs.AST.SubExpression;
      return called(callOf(sub, scope));
    }
    default:
      return refuse(`${node.type} is not known`, node);
  }
}

/** A helper as it is called in the templates. */
export function callOf(node: hbs.AST.SubExpression | hbs.AST.MustacheStatement, scope: Scope): Call {
  const path = node.path as hbs.AST.PathExpression;
  return { name: path.original, args: node.params.map((one) => valueOf(one, scope)), hash: hashOf(node.hash, scope) };
}

/** `lookup` is Handlebars' own; the others are the report's. */
export function called({ name, args, hash }: Call): string {
  if (name === 'lookup') return `lookup(${args.join()})`;
  const options = hash === '' ? 'x.bare' : `{hash:{${hash}},data:x}`;
  return `h[${JSON.stringify(name)}](${[...args, options].join()})`;
}

/** Named values without their braces. */
export function hashOf(hash: hbs.AST.Hash | undefined, scope: Scope): string {
  return (hash?.pairs ?? []).map(({ key, value }) => `${JSON.stringify(key)}:${valueOf(value, scope)}`).join();
}
