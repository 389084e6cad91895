import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Loads much of the program in a process of its own; where each of its imports led, and as what kind of file. */
async function importsOf({ near }: { readonly near: boolean }): Promise<ReadonlyMap<string, string>> {
  const script = `
    const { registerHooks } = require('node:module');
    if (${near}) require('./bin/near-imports.cjs');
    const led = {};
    registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        led[context.parentURL + ' ' + specifier] = found.url + ' ' + found.format;
        return found;
      },
    });
    Promise.all(['store/store', 'store/postgres', 'pipeline/report-data', 'cli/program'].map((file) => import('./src/' + file + '.ts')))
      .then(() => process.stdout.write(JSON.stringify(led)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { cwd: root, maxBuffer: 2 ** 26 });
  return new Map(Object.entries(JSON.parse(stdout) as Record<string, string>));
}

it('imports of neighbours lead where Node itself would lead them', async () => {
  const [told, found] = await Promise.all([importsOf({ near: true }), importsOf({ near: false })]);
  for (const some of ['src/', 'kysely/dist/', 'typebox/build/esm/'])
    expect([...found.keys()].filter((key) => key.split(' ')[0]?.includes(some)).length, some).toBeGreaterThan(100);
  expect(told).toEqual(found);
});
