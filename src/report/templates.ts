import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { packageRoot } from '../model/package-root.ts';
import type { Catalogue } from '../text/catalogue.ts';
import { helpers, type PageFrame } from './helpers.ts';

/** Draws one template with a view; every value is escaped. */
export type Draw = (template: 'layout' | 'running-head' | 'form', view: unknown, frame: PageFrame) => string;

/**
 * Reads and compiles all templates once, in an environment of its own. Strict: a value that a view lacks, a helper or a
 * partial that does not exist is an error, not an empty place.
 */
export function loadTemplates(catalogue: Catalogue, folder: URL = new URL('templates/', packageRoot)): Draw {
  const engine = Handlebars.create();
  const known = helpers(catalogue);
  for (const [name, helper] of Object.entries(known)) engine.registerHelper(name, helper as Handlebars.HelperDelegate);
  const options: CompileOptions = {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(known).map((name) => [name, true])),
    explicitPartialContext: true,
    preventIndent: true,
  };
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  for (const [name, source] of sources(folder)) {
    const template = engine.compile<unknown>(source, options);
    engine.registerPartial(name, template);
    compiled.set(name, template);
  }
  return (name, view, frame) => {
    const template = compiled.get(name);
    if (template === undefined) throw new Error(`no template ${name}`);
    return template(view, { data: { ...frame } });
  };
}

function sources(folder: URL): readonly (readonly [string, string])[] {
  return ['pages/', 'partials/'].flatMap((sub) =>
    readdirSync(new URL(sub, folder))
      .filter((file) => file.endsWith('.hbs'))
      .sort()
      .map(
        (file) =>
          [
            file.slice(0, -'.hbs'.length),
            readFileSync(new URL(sub + file, folder), 'utf8')
              .replaceAll(/^[ \t]+/gm, '')
              .trimEnd(),
          ] as const,
      ),
  );
}

type CompileOptions = NonNullable<Parameters<typeof Handlebars.compile>[1]>;
