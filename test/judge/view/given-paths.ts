import type { PathAnswer, SecurityTxtFile, WebPaths } from '../../../src/model/facts/web-paths.ts';
import { exposures } from '../../../src/probe/http/paths/read-exposures.ts';

/** What a path that is not there answers. */
export const missingAnswer = (url: string) => ({
  url,
  status: 404,
  contentType: 'text/html',
  bytes: 150,
  cut: false,
  digest: '00000000deadbeef',
});

/** A security.txt without a flaw, signed. */
const soundFile = (origin: string): SecurityTxtFile => ({
  url: `${origin}.well-known/security.txt`,
  contentType: 'text/plain; charset=utf-8',
  bytes: 200,
  cut: false,
  utf8: true,
  strayReturn: false,
  signed: true,
  fields: [
    [4, 'Contact', 'mailto:anm@portal.example'],
    [5, 'Expires', '2026-12-31T00:00:00Z'],
    [6, 'Canonical', `${origin}.well-known/security.txt`],
  ],
  malformed: [],
});

/** A site at which every path was asked for and nothing is wrong; `origin` ends with a slash. */
export function cleanPaths(origin: string, rest: Partial<WebPaths> = {}): WebPaths {
  return {
    secrecyMark: null,
    origin,
    platform: [],
    missing: missingAnswer(`${origin}khong-ton-tai`),
    robots: { url: `${origin}robots.txt`, status: 404, bytes: 0, cut: false, present: false, disallow: [] },
    securityTxt: { asked: [{ url: `${origin}.well-known/security.txt`, status: 200 }], file: soundFile(origin) },
    answered: exposures().map(({ id, group, core, path }): PathAnswer => ({
      id,
      group,
      core: core === true,
      ...missingAnswer(new URL(path, origin).href),
      likeMissing: true,
    })),
    unanswered: [],
    errors: [],
    ...rest,
  };
}
