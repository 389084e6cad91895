import { readRow, reading, type Reading, type Row } from './reading.ts';

/** Libraries by the names of their files, without version and endings. */
const files: ReadonlyMap<string, string> = new Map([
  ...['jquery', 'bootstrap', 'vue', 'react', 'moment', 'lodash', 'underscore', 'select2', 'tinymce', 'ckeditor'].map(
    (name) => [name, name] as const,
  ),
  ['jquery-ui', 'jquery-ui'],
  ['jquery-migrate', 'jquery-migrate'],
  ['angular', 'angularjs'],
  ['angular.js', 'angularjs'],
  ['angularjs', 'angularjs'],
  ['react-dom', 'react'],
  ['moment-with-locales', 'moment'],
  ['moment.js', 'moment'],
  ['lodash.js', 'lodash'],
  ['datatables', 'datatables'],
  ['jquery.datatables', 'datatables'],
  ['datatables.net', 'datatables'],
  ['twitter-bootstrap', 'bootstrap'],
]);

/** First words of a library's own comment. */
const banners: readonly Row[] = [
  { words: /^jQuery UI -? ?v?(?<version>\d[\w.-]*)/i, product: 'jquery-ui' },
  { words: /^jQuery Migrate -? ?v(?<version>\d[\w.-]*)/i, product: 'jquery-migrate' },
  { words: /^jQuery (?:JavaScript Library )?v(?<version>\d[\w.-]*)/i, product: 'jquery' },
  { words: /^Bootstrap v(?<version>\d[\w.-]*)/i, product: 'bootstrap' },
  { words: /^AngularJS v(?<version>\d[\w.-]*)/i, product: 'angularjs' },
  { words: /^Vue\.js v(?<version>\d[\w.-]*)/i, product: 'vue' },
  { words: /^(?:@license )?React v(?<version>\d[\w.-]*)/i, product: 'react' },
  { words: /^(?:@license )?Lodash (?<version>\d[\w.-]*)/i, product: 'lodash' },
  { words: /^(?:SpryMedia )?DataTables (?<version>\d[\w.-]*)/i, product: 'datatables' },
  { words: /^Select2 (?<version>\d[\w.-]*)/i, product: 'select2' },
  { words: /^TinyMCE version (?<version>\d[\w.-]*)/i, product: 'tinymce' },
];

/**
 * A library by the address of its script or by the banner of its text. A version is believed where the path tells it
 * (`jquery-3.3.1.min.js`, `/jquery/3.3.1/jquery.js`, `/npm/vue@2.6.14/dist/vue.js`), or WordPress's own `?ver=` of the copies
 * it ships; other parameters are there to get past caches and tell nothing.
 */
export function readScript(text: string): readonly Reading[] {
  const banner = readRow(banners, text.trim());
  if (banner !== undefined) return [banner];
  const [path = '', query = ''] = text.split('#')[0]?.split('?') ?? [];
  const segments = path.toLowerCase().split('/').slice(-12);
  const last = segments.pop() ?? '';
  if (!last.endsWith('.js')) return [];
  const file = splitName(last.slice(0, -'.js'.length));
  const product = files.get(file.name);
  if (product === undefined) return [];
  const shipped = path.includes('/wp-includes/js/') ? /(?:^|&)ver=(\d[\w.-]{0,30})/.exec(query)?.[1] : undefined;
  const version = file.version ?? versionIn(segments, product) ?? shipped;
  return [reading({ product, version, vendor: undefined, os: undefined })];
}

const endings =
  /[.-](?:min|slim|core|all|pack|packed|bundle|umd|prod|production|development|dev|runtime|global|full|lite|esm|browser|standalone)$/;

/** `jquery-3.3.1.slim.min` as name and version. */
function splitName(stem: string): { readonly name: string; readonly version?: string } {
  let name = stem.slice(0, 100);
  for (let turn = 0; turn < 4; turn += 1) name = name.replace(endings, '');
  const found = /^(.{1,60}?)[-.@_]v?(\d{1,3}(?:\.\d{1,5}){1,3}(?:-[a-z0-9.]{1,12})?)$/.exec(name);
  const [, before, version] = found ?? [];
  if (before === undefined || version === undefined) return { name };
  return { name: before, version };
}

/** The version in a folder: `name@1.2.3`, or `name/1.2.3`. */
function versionIn(segments: readonly string[], product: string): string | undefined {
  for (const [index, segment] of segments.entries()) {
    const [name = '', version] = segment.split('@');
    const next = version ?? segments[index + 1];
    if (files.get(name) === product && next !== undefined && /^v?\d+\.\d[\w.-]*$/.test(next))
      return next.replace(/^v/, '');
  }
  return undefined;
}
