import { createHash } from 'node:crypto';
import type { PageScript } from '../../model/facts/page.ts';
import { attributeOf, referenceOf, wordOf } from './html-attributes.ts';
import type { Tag } from './html-tags.ts';

/** A script as facts: of its text only the hash is kept, and the banner in which a library names itself. */
export function scriptOf(tag: Tag, text: string): PageScript {
  const src = referenceOf(tag, 'src');
  return {
    src,
    type: wordOf(tag, 'type', 128),
    integrity: attributeOf(tag, 'integrity', 1024),
    crossOrigin: wordOf(tag, 'crossorigin', 64),
    nonce: (attributeOf(tag, 'nonce', 256) ?? '') !== '',
    async: tag.attributes.has('async'),
    sha256: src === null ? hashOf(text) : null,
    banner: src === null ? bannerOf(text) : null,
  };
}

/** As browsers hash it for a policy: line ends as the HTML parser makes them (HTML §13.2.3.5), in UTF-8. */
function hashOf(text: string): string {
  return createHash('sha256').update(text.replace(/\r\n?/g, '\n'), 'utf8').digest('base64');
}

/**
 * The first words of a comment that was kept on purpose when the script was packed (an exclamation mark, `@license`). Other
 * comments are somebody's notes and are left alone.
 */
function bannerOf(text: string): string | null {
  const start = text.slice(0, 512).trimStart();
  const comment = /^\/\*(!|[\s*]{0,20}@(?:license|preserve)\b)/.exec(start);
  if (comment === null) return null;
  const words = start
    .slice(comment[0].length)
    .split('*/')[0]
    ?.replace(/[\s*]+/g, ' ')
    .replaceAll('\0', '\ufffd')
    .trim();
  return words === undefined || words === '' ? null : words.slice(0, 256).toWellFormed();
}
