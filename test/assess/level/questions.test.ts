import { describe, expect, test } from 'vitest';
import { pagesOf, questionsOf } from '../../../src/assess/level/questions.ts';
import { signsOf } from '../../../src/assess/level/page-signs.ts';
import type { Chain, HttpFacts } from '../../../src/model/facts/http.ts';
import type { LevelFacts } from '../../../src/model/inventory/classification.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { finding } from '../build.ts';
import { classified } from './build.ts';

type Form = NonNullable<NonNullable<Chain['body']>['page']>['forms'][number];
const form = (action: string | null, over: Partial<Form> = {}): Form => ({
  action,
  method: 'post',
  passwordField: false,
  autocomplete: null,
  ...over,
});

/** The facts of a page with a title and forms; all that is not looked at is left empty. */
function page(title: string | null, forms: readonly Form[] = [], url = 'https://a.example/'): HttpFacts {
  const hop = { url, address: '192.0.2.1', status: 200, headers: [], headersCut: false };
  const rest = {
    sha256: '0'.repeat(64),
    lang: null,
    charset: null,
    headClosed: true,
    base: null,
    metas: [],
    metasCut: false,
    scripts: [],
    scriptsCut: false,
    links: [],
    linksCut: false,
    frames: [],
    framesCut: false,
    media: [],
    mediaCut: false,
    formsCut: false,
    eventHandlers: 0,
    scriptUrls: 0,
    inlineStyles: 0,
  };
  const passwordField = forms.some((one) => one.passwordField);
  const body = { bytes: 1, cut: false, contentType: 'text/html', title, generator: null, passwordField };
  return {
    secure: { start: url, hops: [hop], end: 'answer', body: { ...body, page: { ...rest, forms: [...forms] } } },
    plain: null,
  };
}

const observed = (facts: HttpFacts): Observation => ({
  kind: 'http',
  target: 'https://a.example/ [192.0.2.1]',
  zone: 'internet',
  at: '2026-11-25T03:00:00.000Z',
  ms: 5,
  probe: 'http/2',
  ok: true,
  facts,
});
const ids = (level: 2 | 3, facts: LevelFacts, ...pages: readonly HttpFacts[]) =>
  questionsOf(classified({ level, facts }), undefined, { pages: pagesOf(pages.map(observed)), findings: [] }).map(
    ({ id }) => id,
  );

const open: LevelFacts = { type: 'phuc-vu-nguoi-dan-doanh-nghiep', information: ['cong-cong'] };
const login = page('Quản trị', [form('/login', { passwordField: true })]);

describe('signs of a page', () => {
  test.each([
    ['Cổng dịch vụ công tỉnh', true],
    ['DỊCH VỤ CÔNG TRỰC TUYẾN', true],
    ['Một cửa điện tử', true],
    ['Co\u0302\u0309ng di\u0323ch vu\u0323 co\u0302ng', true],
    ['Công dân số', false],
    ['Tin tức', false],
  ])('title %j speaks of procedures: %s', (title, expected) => {
    expect(signsOf(page(title)).procedures !== null).toBe(expected);
  });

  test.each([
    ['https://a.example/dichvucong/home', true],
    ['https://a.example/mot-cua', true],
    // The name of a host is the owner's own, and `motcuahang` is no word of ours.
    ['https://dichvucong.a.example/', false],
    ['https://a.example/motcuahang', false],
  ])('URL %s speaks of procedures: %s', (url, expected) => {
    expect(signsOf(page(null, [], url)).procedures !== null).toBe(expected);
  });

  test('a form that is sent to a registration takes data of people; a search by GET does not', () => {
    expect(signsOf(page(null, [form('/dang-ky')])).people).toBe('/dang-ky');
    expect(signsOf(page(null, [form('/dang-ky', { method: 'get' })])).people).toBeNull();
    expect(signsOf(page(null, [form('/tra-cuu-ho-so', { method: 'get' })])).procedures).toBe('/tra-cuu-ho-so');
  });
});

describe('a question', () => {
  test('asks about a login where only public information is declared', () => {
    expect(ids(2, open, login)).toEqual(['login-on-public']);
    expect(ids(2, { ...open, information: ['cong-cong', 'ca-nhan'] }, login)).toEqual([]);
    expect(ids(2, { type: 'noi-bo' }, login)).toEqual([]);
  });

  test('asks about procedures that are not declared, or declared below level 3 (Đ13.2.b)', () => {
    const portal = page('Dịch vụ công');
    expect(ids(2, open, portal)).toEqual(['procedures-undeclared']);
    expect(ids(3, open, portal)).toEqual(['procedures-undeclared']);
    expect(ids(2, { ...open, administrativeProcedures: true }, portal)).toEqual(['procedures-low']);
    expect(ids(3, { ...open, administrativeProcedures: true }, portal)).toEqual([]);
  });

  test('is asked of five targets at most, each with a quote of at most 160', () => {
    const long = page(`Dịch vụ công ${'x'.repeat(500)}`);
    const seen = { pages: pagesOf(Array.from({ length: 9 }, () => observed(long))), findings: [] };
    const asked = questionsOf(classified({ level: 2, facts: open }), undefined, seen);
    expect(asked).toHaveLength(5);
    expect(asked[0]?.quote).toHaveLength(160);
  });

  test('asks about ports that speak of another type, by the checks that failed', () => {
    const ports = (type: NonNullable<LevelFacts['type']>, check: string, outcome: 'fail' | 'pass') =>
      questionsOf(classified({ facts: { type } }), undefined, {
        pages: [],
        findings: [
          finding(check, outcome, { evidence: [{ at: '/ports/ics', saw: [502], because: { vi: '', en: '' } }] }),
        ],
      }).map(({ id, quote }) => [id, quote]);
    expect(ports('noi-bo', 'ics-ports', 'fail')).toEqual([['industrial-undeclared', '[502]']]);
    expect(ports('dieu-khien-cong-nghiep', 'ics-ports', 'fail')).toEqual([]);
    expect(ports('noi-bo', 'remote-desktop-ports', 'fail')).toEqual([['desktop-on-internal', '[502]']]);
    expect(ports('co-so-ha-tang', 'remote-desktop-ports', 'fail')).toEqual([]);
    expect(ports('noi-bo', 'ics-ports', 'pass')).toEqual([]);
  });
});
