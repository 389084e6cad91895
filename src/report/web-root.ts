import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';

/** A folder that a web server serves, and how we know. */
export type WebRoot = { readonly root: string; readonly why: string };

/** Where web servers serve from as packages and installers lay them out. */
const usual = [
  '/var/www',
  '/srv/http',
  '/srv/www',
  '/usr/share/nginx/html',
  '/usr/local/nginx/html',
  '/usr/local/www',
  '/opt/lampp/htdocs',
  '/usr/local/apache2/htdocs',
  '/var/lib/tomcat9/webapps',
  '/var/lib/tomcat10/webapps',
  'C:\\inetpub',
  'C:\\xampp\\htdocs',
];

/** Names of folders that hosting serves wherever they stand: a user's own site, a domain's. */
const servedNames: ReadonlySet<string> = new Set(['public_html', 'htdocs', 'wwwroot', 'inetpub']);

/** Where the settings of nginx and Apache lie on the systems that we know. */
const settings = [
  '/etc/nginx',
  '/usr/local/etc/nginx',
  '/etc/apache2',
  '/etc/httpd',
  '/usr/local/etc/apache24',
] as const;

/**
 * Throws UserError when a folder, or one it lies in, is what a web server of this machine serves: by the usual places, by a name that
 * hosting serves, and by `root`, `alias` and `DocumentRoot` of nginx's and Apache's settings as far as they can be read. Links are
 * followed first. Every writer of evidence asks this before it writes.
 */
export async function refuseWebRoot(folder: string, configured: readonly string[] = settings): Promise<void> {
  refuse(folder, await webRootOf(folder, configured));
}

/** The same for many folders, with the settings of web servers read once. */
export async function createWebRootGuard(): Promise<(folder: string) => Promise<void>> {
  const roots = await configuredRoots(settings);
  return async (folder) => {
    refuse(folder, await rootAround(folder, () => Promise.resolve(roots)));
  };
}

function refuse(folder: string, found: WebRoot | null): void {
  if (found === null) return;
  throw new UserError([
    { file: folder, message: message('shell.web-root.refused', { path: folder, root: found.root, why: found.why }) },
  ]);
}

/** The web root that a folder lies in, or null where none is recognised. */
export function webRootOf(folder: string, configured: readonly string[] = settings): Promise<WebRoot | null> {
  return rootAround(folder, () => configuredRoots(configured));
}

async function rootAround(folder: string, told: () => Promise<readonly WebRoot[]>): Promise<WebRoot | null> {
  const real = await realPath(resolve(folder));
  for (const root of usual) {
    if (isAbsolute(root) && within(await realPath(root), real)) return { root, why: root };
  }
  const named = real.split(sep).findIndex((part) => servedNames.has(part.toLowerCase()));
  if (named >= 0) {
    const parts = real.split(sep).slice(0, named + 1);
    return { root: parts.join(sep), why: parts.at(-1) ?? '' };
  }
  for (const { root, why } of await told()) {
    // A server told to serve everything tells nothing of one folder.
    if (dirname(root) !== root && within(await realPath(root), real)) return { root, why };
  }
  return null;
}

/** The path with its links followed; of one that is not there yet, as far as it is. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const up = dirname(path);
    return up === path ? path : join(await realPath(up), basename(path));
  }
}

function within(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
}

const mostFiles = 500;
const mostBytes = 1_000_000;

/** What the settings of this machine's web servers name; unreadable ones tell nothing. */
async function configuredRoots(folders: readonly string[]): Promise<readonly WebRoot[]> {
  const found: WebRoot[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .slice(0, mostFiles);
    for (const file of files) {
      const text = await readFile(file, 'utf8').catch(() => '');
      if (text.length <= mostBytes) found.push(...rootsNamed(text).map((root) => ({ root, why: file })));
    }
  }
  return found;
}

/** Absolute paths of `root` and `alias` (nginx) and of `DocumentRoot` and `Alias` (Apache); comments and variables are left out. */
export function rootsNamed(text: string): readonly string[] {
  const nginx = /^[ \t]*(?:root|alias)[ \t]+["']?([^"';\s]+)["']?[ \t]*;/gm;
  const inBlock = /[{;][ \t]*(?:root|alias)[ \t]+["']?([^"';\s]+)["']?[ \t]*;/gm;
  const apache = /^[ \t]*(?:DocumentRoot|Alias[ \t]+["']?[^"'\s]+["']?)[ \t]+["']?([^"'\s]+)["']?[ \t]*$/gim;
  const uncommented = text.replaceAll(/^[ \t]*#.*$/gm, '');
  return [nginx, inBlock, apache]
    .flatMap((pattern) => [...uncommented.matchAll(pattern)].map(([, path = '']) => path))
    .filter((path) => isAbsolute(path) && !path.includes('$'));
}
