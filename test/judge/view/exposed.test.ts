import { describe, expect, it } from 'vitest';
import { exposedIn } from '../../../src/judge/view/exposed.ts';
import { derivePaths } from '../../../src/judge/view/paths.ts';
import { ownHostOf } from '../../../src/judge/view/own-host.ts';
import type { PathAnswer, PathUnanswered, WebPaths } from '../../../src/model/facts/web-paths.ts';
import { failure } from '../../../src/model/failure.ts';
import { body, chain, context, hop, web } from './given.ts';
import { cleanPaths, missingAnswer } from './given-paths.ts';

const S = 'https://portal.example/';
const answered = (path: string, rest: Partial<PathAnswer> = {}): PathAnswer => ({
  id: path,
  group: 'backup',
  core: true,
  ...missingAnswer(`${S}${path}`),
  likeMissing: true,
  ...rest,
});
const unanswered = (path: string, why: PathUnanswered['why'], core = true): PathUnanswered => ({
  id: path,
  group: 'backup',
  core,
  url: `${S}${path}`,
  why,
  ...(why === 'failed' && { failure: failure('timeout', 'no answer') }),
});
const look = (yes: readonly PathAnswer[], no: readonly PathUnanswered[] = []) =>
  exposedIn('backup', { answered: [...yes], unanswered: [...no], missing: missingAnswer(`${S}x`) });

describe('the paths of a group', () => {
  it('Given answers without proof, then nothing is exposed', () => {
    expect(look([answered('a'), answered('b', { status: 403 }), answered('c', { status: 302 })])).toEqual({ seen: [] });
  });

  it('Given a proof, then it counts whatever else is missing', () => {
    const part = look([answered('a', { status: 200, proof: { name: 'zip-archive' } })], [unanswered('b', 'failed')]);
    expect(part).toEqual({ seen: [{ url: `${S}a`, proof: 'zip-archive' }] });
  });

  it.each(['robots', 'left-out', 'failed'] as const)(
    'Given a core path without an answer (%s), then nothing is said',
    (why) => {
      expect(look([answered('a')], [unanswered('b', why)])).toHaveProperty('unseen');
      expect(look([answered('a')], [unanswered('b', why, false)])).toEqual({ seen: [] });
    },
  );

  it('Given paths of another platform alone, then the question is not for this endpoint', () => {
    expect(look([], [unanswered('a', 'platform'), unanswered('b', 'platform', false)])).toEqual({ seen: null });
    expect(look([], [unanswered('a', 'platform'), unanswered('b', 'left-out', false)])).toHaveProperty('unseen');
  });

  it.each([
    ["a filter's page", { status: 200, filter: 'f5-asm' }, 'blocked'],
    ['too many requests', { status: 429 }, 'blocked'],
    ['out of service', { status: 503 }, 'blocked'],
    ['an error of the server', { status: 500 }, 'undecided'],
  ] as const)('Given %s, then nothing is said', (_name, rest, code) => {
    expect(look([answered('a', rest)])).toMatchObject({ unseen: { code } });
  });

  it('Given one page for several paths and another for what does not exist, then something stands before them', () => {
    const same = { status: 200, digest: 'same', likeMissing: false };
    expect(look([answered('a', same), answered('b', same)])).toMatchObject({ unseen: { code: 'blocked' } });
    expect(look([answered('a', same), answered('b')])).toEqual({ seen: [] });
  });

  it('Given nothing at all, then nothing is said', () => {
    expect(look([])).toHaveProperty('unseen');
  });
});

describe('the view of the paths', () => {
  const page = (title: string, status = 200) =>
    chain([hop(S, status, { 'Content-Type': 'text/html' })], { body: body({ title }) });
  const view = (paths: WebPaths | undefined, main = page('Cổng')) => {
    const facts = { secure: main, plain: null, ...(paths === undefined ? {} : { paths }) };
    return derivePaths(facts, [main], ownHostOf(web()), context(web()));
  };

  it('Given an observation from before, then nothing is read from it', () => {
    expect(view(undefined).view).toEqual({});
  });

  it('Given a mark, then it is there and nothing else is said of the paths', () => {
    const secrecyMark = { at: '2026-09-01T00:00:00.000Z', pathHash: '0'.repeat(64) };
    const marked = { secrecyMark, platform: [], answered: [], unanswered: [], errors: [] };
    const start = { start: S, hops: [], end: 'failed' as const, failure: failure('not-run', 'a mark') };
    expect(view(marked, start).view).toEqual({ secrecyMark });
  });

  it('Given a listing in the place of the front page, then a folder is listed', () => {
    expect(view(cleanPaths(S), page('Index of /')).view.directoryListing).toEqual([{ url: S, proof: 'title' }]);
  });

  it('Given a site that answers everything with 200, then error pages were not seen', () => {
    const paths = cleanPaths(S, { missing: { ...missingAnswer(`${S}x`), status: 200 } });
    const { view: seen, unseen } = view(paths);
    expect(seen.errorTraces).toBeUndefined();
    expect(unseen.find(({ at }) => at === '/http/paths/errorTraces')?.failure.code).toBe('undecided');
  });

  it.each([
    ['/wp-admin/', []],
    ['/tin-tuc/', []],
    ['/sao-luu/', ['/sao-luu/']],
    ['/noi-bo/*', ['/noi-bo/*']],
    ['/files/backup-2024.sql', ['/files/backup-2024.sql']],
    ['/quantri/', ['/quantri/']],
    ['/dangky/', []],
  ])('Given %s in robots.txt, then %j is telling', (path, told) => {
    const robots = { url: `${S}robots.txt`, status: 200, bytes: 9, cut: false, present: true, disallow: [path] };
    expect(view(cleanPaths(S, { robots })).view.robotsReveals).toEqual(told);
  });
});
