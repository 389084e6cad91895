import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Names under which distributions and vendors install a browser of Chromium's family. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
];

/** Where installers of Windows and macOS put one; `%NAME%` is the environment's. */
const places: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  win32: [
    '%ProgramFiles%\\Google\\Chrome\\Application\\chrome.exe',
    '%ProgramFiles(x86)%\\Google\\Chrome\\Application\\chrome.exe',
    '%LocalAppData%\\Google\\Chrome\\Application\\chrome.exe',
    '%ProgramFiles(x86)%\\Microsoft\\Edge\\Application\\msedge.exe',
    '%ProgramFiles%\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
};

/**
 * The Chromium to print with: the one that is named, else the first of the usual names on the path and the usual places. Throws
 * UserError, saying what to install, where there is none.
 */
export async function findChromium(named: string | undefined, env: Env): Promise<string> {
  if (named !== undefined) {
    const path = named.includes('/') || named.includes('\\') ? resolve(named) : await onPath([named], env);
    if (path !== null && (await runs(path))) return path;
    const reason = path === null ? 'ENOENT' : await whyNot(path);
    throw new UserError([{ file: named, message: message('shell.pdf.not-chromium', { path: named, reason }) }]);
  }
  const found = (await onPath(names, env)) ?? (await first(placesOf(env)));
  if (found === null) throw new UserError([{ message: message('shell.pdf.no-chromium') }]);
  return found;
}

function placesOf(env: Env): readonly string[] {
  return (places[process.platform] ?? [])
    .map((place) => place.replaceAll(/%([^%]+)%/g, (_all, name: string) => env[name] ?? ''))
    .filter((place) => isAbsolute(place));
}

async function onPath(of: readonly string[], env: Env): Promise<string | null> {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const ends = process.platform === 'win32' ? ['.exe'] : [''];
  return first(of.flatMap((name) => folders.flatMap((folder) => ends.map((end) => join(folder, name + end)))));
}

async function first(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if (await runs(path)) return path;
  return null;
}

async function runs(path: string): Promise<boolean> {
  return (await whyNot(path)) === '';
}

async function whyNot(path: string): Promise<string> {
  return access(path, constants.X_OK).then(
    () => '',
    (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error),
  );
}
