import { called, callOf, hashOf, pathOf, refuse, valueOf, type Call } from './expression.ts';
import { namedIn, type Scope } from './scope.ts';

/** Names of the report's helpers, and which of them say the same on every page of a language where their arguments are literals. */
export type Known = { readonly helpers: ReadonlySet<string>; readonly fixed: ReadonlySet<string> };

/** The templates of one compilation: what they may call, and the sentences that are said once a language. */
export type Unit = {
  readonly known: Known;
  readonly templates: ReadonlySet<string>;
  /** Calls without anything of the view, by their text; the place of each is its number. */
  readonly words: Map<string, number>;
  /** A name for a variable that no other has. */
  readonly fresh: () => string;
};

/** Statements of JavaScript that add a program's text to `o`. */
export function programOf(program: hbs.AST.Program | undefined, scope: Scope, unit: Unit): string {
  let code = '';
  let pieces: string[] = [];
  const flush = (): void => {
    if (pieces.length > 0) code += `o+=${pieces.join('+')};\n`;
    pieces = [];
  };
  for (const statement of program?.body ?? []) {
    if (statement.type === 'BlockStatement') {
      flush();
      code += blockOf(statement as hbs.AST.BlockStatement, scope, unit);
    } else if (statement.type !== 'CommentStatement') pieces.push(pieceOf(statement, scope, unit));
  }
  flush();
  return code;
}

/** What adds one piece of text, as an expression. */
function pieceOf(statement: hbs.AST.Statement, scope: Scope, unit: Unit): string {
  switch (statement.type) {
    case 'ContentStatement':
      return JSON.stringify((statement as hbs.AST.ContentStatement).value);
    case 'MustacheStatement':
      return mustacheOf(statement as hbs.AST.MustacheStatement, scope, unit);
    case 'PartialStatement':
      return partialOf(statement as hbs.AST.PartialStatement, scope, unit);
    default:
      return refuse(`${statement.type} is not known`, statement);
  }
}

function mustacheOf(mustache: hbs.AST.MustacheStatement, scope: Scope, unit: Unit): string {
  if (!mustache.escaped) refuse('nothing is written without being escaped', mustache);
  const path = mustache.path as hbs.AST.PathExpression;
  const plain = mustache.params.length === 0 && (mustache.hash as hbs.AST.Hash | undefined) === undefined;
  const helper = path.original === 'lookup' || unit.known.helpers.has(path.original);
  if (!helper && !plain) refuse(`no helper ${path.original}`, mustache);
  if (!helper || namedIn(scope, path.original) !== undefined) return `escape(${pathOf(path, scope, true)})`;
  const call = callOf(mustache, scope);
  return isFixed(call, mustache, unit) ? wordOf(call, unit) : `escape(${called(call)})`;
}

function isFixed({ name }: Call, { params, hash }: hbs.AST.MustacheStatement, { known }: Unit): boolean {
  const named = (hash as hbs.AST.Hash | undefined)?.pairs ?? [];
  return (
    known.fixed.has(name) &&
    [...params, ...named.map(({ value }) => value)].every(({ type }) => type.endsWith('Literal'))
  );
}

function wordOf(call: Call, { words }: Unit): string {
  const text = called(call);
  const at = words.get(text) ?? words.size;
  words.set(text, at);
  return `(x.words[${at}]??say(x,${at}))`;
}

function partialOf(partial: hbs.AST.PartialStatement, scope: Scope, unit: Unit): string {
  const [of, more] = partial.params;
  if (more !== undefined) refuse('a partial is given one context', partial);
  const named = hashOf(partial.hash, scope);
  const given = of === undefined ? undefined : valueOf(of, scope);
  const context =
    named === ''
      ? (given ?? 'undefined')
      : given === undefined
        ? `{${named}}`
        : `Object.assign({},${given},{${named}})`;
  const indent = partial.indent === '' ? '' : `${JSON.stringify(partial.indent)}+`;
  if (partial.name.type === 'SubExpression') return `${indent}draw(${valueOf(partial.name, scope)})(x,${context})`;
  const name = partial.name.original;
  if (!unit.templates.has(name)) refuse(`no partial ${name}`, partial);
  return `${indent}t[${JSON.stringify(name)}](x,${context})`;
}

function blockOf(block: hbs.AST.BlockStatement, scope: Scope, unit: Unit): string {
  const kind = block.path.original;
  const [of, more] = block.params;
  if (of === undefined || more !== undefined || (block.hash as hbs.AST.Hash | undefined) !== undefined)
    refuse(`${kind} is given one thing`, block);
  const value = valueOf(of, scope);
  const otherwise = programOf(block.inverse, scope, unit);
  const orElse = otherwise === '' ? '' : `else{${otherwise}}`;
  switch (kind) {
    case 'if':
      return `if(there(${value})){${programOf(block.program, scope, unit)}}${orElse}\n`;
    case 'unless':
      return `if(!there(${value})){${programOf(block.program, scope, unit)}}${orElse}\n`;
    case 'with': {
      const context = unit.fresh();
      const inner = inside(scope, context, scope.last, namesOf(block, [context]));
      return `const ${context}=${value};if(there(${context})){${programOf(block.program, inner, unit)}}${orElse}\n`;
    }
    case 'each':
      return eachOf(block, scope, unit, { value, orElse });
    default:
      return refuse(`no block ${kind}`, block);
  }
}

function eachOf(
  block: hbs.AST.BlockStatement,
  scope: Scope,
  unit: Unit,
  { value, orElse }: { readonly value: string; readonly orElse: string },
): string {
  const [list, at, one] = [unit.fresh(), unit.fresh(), unit.fresh()];
  const inner = inside(scope, one, `${at}===${list}.length-1`, namesOf(block, [one, at]));
  const body = programOf(block.program, inner, unit);
  const loop = `for(let ${at}=0;${at}<${list}.length;${at}++){const ${one}=${list}[${at}];${body}}`;
  return `const ${list}=items(${value});${orElse === '' ? loop : `if(${list}.length>0){${loop}}${orElse}`}\n`;
}

/** What a block calls the things it goes through. */
function namesOf(block: hbs.AST.BlockStatement, variables: readonly string[]): Readonly<Record<string, string>> {
  const names = (block.program.blockParams as readonly string[] | undefined) ?? [];
  if (names.length > variables.length) refuse('more names than there are things', block);
  return Object.fromEntries(names.map((name, n) => [name, variables[n] ?? '']));
}

function inside(scope: Scope, context: string, last: Scope['last'], names: Readonly<Record<string, string>>): Scope {
  return { contexts: [context, ...scope.contexts], named: [names, ...scope.named], last };
}
