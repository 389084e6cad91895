import type { FeedName } from '../model/feed.ts';
import { UserError } from '../model/errors.ts';
import { headOf, isGzip, readBytes } from './bytes.ts';
import { refuse } from './refuse.ts';
import { manifestName } from './bundle/format.ts';
import { eachZipEntry } from './zip.ts';

/** What a file turned out to be. */
export type Kind = { readonly is: 'bundle' } | { readonly is: 'feed'; readonly feed: FeedName; readonly head: string };

const headLength = 65_536;

/** Tells a file by its content, never by its name. Throws UserError for what is none of ours. */
export async function kindOf(path: string, name: string): Promise<Kind> {
  const start = await headOf(path, 4);
  // APPNOTE 4.3.7: a local file header; an empty zip would hold nothing of use.
  if (start.equals(Buffer.from('PK\x03\x04', 'latin1'))) return kindOfZip(path, name);
  const head = isGzip(start) ? await unpackedHead(path, name) : await headOf(path, headLength);
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  const feed = kindOfText(text);
  return feed === undefined ? refuse(name, 'unknown-kind') : { is: 'feed', feed, head: text };
}

async function unpackedHead(path: string, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readBytes(path, name, Infinity)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= headLength) break;
  }
  return Buffer.concat(chunks).subarray(0, headLength);
}

async function kindOfZip(path: string, name: string): Promise<Kind> {
  let kind: Kind | undefined;
  const found = new UserError([]);
  try {
    await eachZipEntry(path, name, (entry) => {
      if (entry.fileName === manifestName) kind = { is: 'bundle' };
      else if (entry.fileName.endsWith('.json')) kind = { is: 'feed', feed: 'osv', head: '' };
      // The first file tells; what follows may be hundreds of thousands.
      if (kind !== undefined) throw found;
      return Promise.resolve();
    });
  } catch (error) {
    if (error !== found) throw error;
  }
  return kind ?? refuse(name, 'unknown-kind');
}

function kindOfText(text: string): FeedName | undefined {
  if (text.startsWith('#model_version:')) return 'epss';
  if (/^\/\/ ===BEGIN (ICANN|PRIVATE) DOMAINS===/m.test(text)) return 'public-suffix';
  if (/^<\?xml|^\s*<fingerprints|^\s*<!--/.test(text)) return /<fingerprints\s/.test(text) ? 'recog' : undefined;
  if (!text.trimStart().startsWith('{')) return text.includes('-----BEGIN CERTIFICATE-----') ? 'roots' : undefined;
  if (/"format"\s*:\s*"NVD_CVE"/.test(text)) return 'nvd';
  if (/"catalogVersion"\s*:/.test(text) && /"vulnerabilities"\s*:/.test(text)) return 'kev';
  if (/"schema_version"\s*:/.test(text) && /"result"\s*:/.test(text)) return 'end-of-life';
  if (/"asOf"\s*:/.test(text) && /"products"\s*:/.test(text)) return 'end-of-life';
  if (/"releases"\s*:/.test(text) && /"(CVE-\d{4}-\d+|TEMP-[0-9A-Z-]+)"\s*:\s*\{/.test(text)) return 'debian';
  if (/^\s*\{\s*"[^"]+"\s*:\s*\{/.test(text) && /"(vulnerabilities|licenses|bowername|npmname)"\s*:\s*\[/.test(text))
    return 'retire';
  return undefined;
}
