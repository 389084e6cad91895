import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Sources } from './compile.ts';

/** The templates of pages and their partials, without the indents that are for who writes them. */
export function readSources(folder: URL): Sources {
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

/** By what compiled templates are known to be of these sources, and to call these helpers. */
export function hashOfSources(sources: Sources, helpers: readonly string[], fixed: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([sources, [...helpers].sort(), [...fixed].sort()]))
    .digest('hex');
}
