// Lets Node keep what it compiles: half the time of a short command is spent on that. The folder is the user's own cache,
// and code out of it is run, so nothing is kept where anybody else could write, or where it cannot be made; then all goes
// on without, and without a word.
'use strict';
const { lstatSync, mkdirSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { homedir } = require('node:os');
const { isAbsolute, join } = require('node:path');

/** Node before 22.1 has none. */
if (enableCompileCache !== undefined) enable();

function enable() {
  try {
    const base = cacheHome();
    const own = join(base, 'rasoat');
    const folder = join(own, 'compiled');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if ([base, own, folder].every(isOurs)) enableCompileCache(folder);
  } catch {
    // No home, a read-only disk, a file in the way.
  }
}

function cacheHome() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), '.cache');
}

/** A folder, no link, that belongs to whoever runs this and that no other can write to. */
function isOurs(path) {
  const found = lstatSync(path);
  if (!found.isDirectory()) return false;
  if (process.getuid === undefined) return true;
  return found.uid === process.getuid() && (found.mode & 0o022) === 0;
}
