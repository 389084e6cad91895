// Tells Node where an import of a neighbour leads (`./x.ts` from a file beside it) without asking the disk. Node looks each one up,
// follows its links and reads what kind of file it is: half of what loading costs, and a command loads hundreds. Only where the
// answer is certain: in our own files and in two packages whose every such file is an ES module. Node finds all else itself.
'use strict';
const { registerHooks } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const root = pathToFileURL(join(__dirname, '..', '/')).href;
const own = [`${root}src/`, `${root}dist/`];
const others = ['/node_modules/kysely/dist/', '/node_modules/@sinclair/typebox/build/esm/'];
const formats = new Map([
  ['.ts', 'module-typescript'],
  ['.js', 'module'],
  ['.mjs', 'module'],
]);

/** Node before 22.15 has none. */
if (registerHooks !== undefined) registerHooks({ resolve });

function resolve(specifier, context, next) {
  const format = formats.get(specifier.slice(specifier.lastIndexOf('.')));
  const near = format !== undefined && /^\.\.?\//.test(specifier) && isKnown(context.parentURL);
  // A set to Node 24.0, a list to later ones.
  if (!near || !new Set(context.conditions).has('import')) return next(specifier, context);
  return { url: new URL(specifier, context.parentURL).href, format, shortCircuit: true };
}

function isKnown(parent) {
  if (parent === undefined) return false;
  return own.some((folder) => parent.startsWith(folder)) || others.some((folder) => parent.includes(folder));
}
