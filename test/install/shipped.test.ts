import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
let shipped: ReadonlySet<string>;
beforeAll(async () => {
  // npm itself says what it would pack; scripts, and so the build, are left out.
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
  const [packed] = JSON.parse(stdout) as readonly { readonly files: readonly { readonly path: string }[] }[];
  shipped = new Set((packed?.files ?? []).map(({ path }) => path));
});

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: join('src', file), text: readFileSync(join('src', file), 'utf8') }));

/** What the code names below the package's folder: `new URL('templates/text/', packageRoot)`, up to the first `${`. */
const named = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/new URL\(\s*(['"`])([^'"`$]*)(\$\{)?[^'"`]*\1,\s*packageRoot/g)].map((match) => ({
    file,
    path: match[2] ?? '',
    cut: match[3] !== undefined,
  })),
);

const has = (path: string): boolean =>
  shipped.has(path) || (path.endsWith('/') && [...shipped].some((one) => one.startsWith(path)));

describe('the package', () => {
  it('holds every file that the code reads beside itself', () => {
    expect(named.map(({ path }) => path)).toContain('templates/text/');
    expect(named.length).toBeGreaterThan(15);
    // What does not exist here either is no file: a base that another path is put behind.
    const missing = named.filter(({ path, cut }) => !has(cut ? path.slice(0, path.lastIndexOf('/') + 1) : path));
    expect(missing).toEqual([]);
  });

  it('reads nothing by another way that this test would not see', () => {
    const strange = sources.filter(
      ({ file, text }) => /packageRoot(?!['"\w])/.test(text) && !named.some((one) => one.file === file),
    );
    expect(strange.map(({ file }) => file).filter((file) => file !== 'src/model/package-root.ts')).toEqual([]);
  });

  it('holds all data of the rooms, and none of their code uncompiled, by which the launcher would run it', () => {
    const all = readdirSync('src', { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name));
    expect(all.filter((file) => !shipped.has(file))).toEqual([]);
    expect([...shipped].filter((file) => /^src\/.*\.ts$/.test(file))).toEqual([]);
    for (const folder of ['checks', 'templates', 'inventory', 'bin'])
      for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })) {
        const file = join(entry.parentPath, entry.name);
        if (entry.isFile()) expect(shipped.has(file), file).toBe(true);
      }
  });

  it('names every package that the code imports among its dependencies, and is not published by accident', () => {
    const { dependencies, private: kept } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
      readonly private: boolean;
    };
    expect(kept).toBe(true);
    const imported = sources.flatMap(({ text }) =>
      [...text.matchAll(/(?:from |import\(|resolve\()'((?:@[\w-]+\/)?[a-z][\w.-]*)[^']*'/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    const strange = [...new Set(imported)].filter((name) => name !== 'node' && dependencies[name] === undefined);
    expect(strange.filter((name) => existsSync(join('node_modules', name)))).toEqual([]);
    expect(imported.length).toBeGreaterThan(100);
  });
});
