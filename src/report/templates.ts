import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { packageRoot } from '../model/package-root.ts';
import type { Lang } from '../model/text.ts';
import type { Catalogue } from '../text/catalogue.ts';
import { compileTemplates, type Sources } from './draw/compile.ts';
import { runtime, type Runtime } from './draw/runtime.ts';
import { hashOfSources, readSources } from './draw/sources.ts';
import { fixedHelpers, helpers, type PageFrame } from './helpers.ts';

/** Draws one template with a view; every value is escaped. */
export type Draw = (template: 'layout' | 'running-head' | 'form', view: unknown, frame: PageFrame) => string;

/** What a page's templates share: its frame, the sentences that its language says the same everywhere, a call without named values. */
type Shared = PageFrame & { readonly words: string[]; bare?: { readonly hash: object; readonly data: Shared } };
type Compiled = {
  readonly sources: string;
  readonly templates: (given: Runtime) => Readonly<Record<string, (shared: Shared, view: unknown) => string>>;
};

/** Where `npm run generate` puts the compiled templates. */
const compiledFile = new URL('templates/compiled/pages.cjs', packageRoot);

/**
 * All templates, compiled. Strict: a value that a view lacks, a helper or a partial that does not exist is an error, not an empty
 * place. Compiled ones are taken as they are kept where they are of these very sources, and compiled here where they are not.
 */
export function loadTemplates(catalogue: Catalogue, folder: URL = new URL('templates/', packageRoot)): Draw {
  const known = helpers(catalogue);
  const { templates } = compiledOf(readSources(folder), Object.keys(known));
  const drawers = templates(runtime(known));
  const words: Partial<Record<Lang, string[]>> = {};
  return (name, view, frame) => {
    const draw = drawers[name];
    if (draw === undefined) throw new Error(`no template ${name}`);
    const shared: Shared = { ...frame, words: (words[frame.lang] ??= []) };
    shared.bare = { hash: {}, data: shared };
    return draw(shared, view);
  };
}

function compiledOf(sources: Sources, names: readonly string[]): Compiled {
  const hash = hashOfSources(sources, names, fixedHelpers);
  const kept = keptTemplates();
  if (kept?.sources === hash) return kept;
  const made: Partial<Compiled> = {};
  const code = compileTemplates(sources, { helpers: new Set(names), fixed: new Set(fixedHelpers) }, hash);
  (compileFunction(code, ['exports']) as (exports: Partial<Compiled>) => void)(made);
  return made as Compiled;
}

function keptTemplates(): Compiled | undefined {
  try {
    return createRequire(import.meta.url)(compiledFile.pathname) as Compiled;
  } catch {
    return undefined;
  }
}

/** The compiled templates as their file should be. */
export function renderTemplates(catalogue: Catalogue): string {
  const sources = readSources(new URL('templates/', packageRoot));
  const names = Object.keys(helpers(catalogue));
  const known = { helpers: new Set(names), fixed: new Set(fixedHelpers) };
  return compileTemplates(sources, known, hashOfSources(sources, names, fixedHelpers));
}
