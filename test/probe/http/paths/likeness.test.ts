import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterIn } from '../../../../src/probe/http/paths/filter-page.ts';
import { isLike, likenessOf } from '../../../../src/probe/http/paths/likeness.ts';
import { platformOf, suits } from '../../../../src/probe/http/paths/platform.ts';
import type { ReadAnswer } from '../../../../src/probe/http/paths/prove.ts';
import { exposures } from '../../../../src/probe/http/paths/read-exposures.ts';
import { chain, hop } from '../../../judge/view/given.ts';

const answer = (text: string, status = 200, rawHeaders: readonly string[] = []): ReadAnswer => ({
  status,
  rawHeaders,
  bytes: Buffer.from(text),
  text,
  isPage: text.startsWith('<'),
});
const like = (text: string, path: string, status = 200, location?: string) =>
  likenessOf(answer(text, status), path, location);

const words = 'Cổng thông tin điện tử tỉnh xin lỗi không tìm thấy trang bạn cần mời quay lại trang chủ';
const notFound = (path: string, token: string) => `<title>Không tìm thấy</title><p>${words} ${path} ${token}`;

describe('an answer like that of a path that does not exist', () => {
  it.each([
    ['the same page', like('<p>x', '/a'), like('<p>x', '/b')],
    ['a page that repeats the path', like(notFound('/a', ''), '/a'), like(notFound('/b', ''), '/b')],
    ['a page with a token', like(notFound('/a', 'a1b2c3'), '/a'), like(notFound('/b', 'd4e5f6'), '/b')],
    ['a redirect to the same page', like('', '/a', 302, 'https://p/'), like('', '/b', 302, 'https://p/')],
    [
      'a redirect that repeats the path',
      like('', '/a', 302, 'https://p/l?to=/a'),
      like('', '/b', 302, 'https://p/l?to=/b'),
    ],
    ['no body either time', like('', '/a', 404), like('', '/b', 404)],
  ])('%s', (_name, one, missing) => {
    expect(isLike(one, missing)).toBe(true);
  });

  it.each([
    ['another status', like('<p>x', '/a'), like('<p>x', '/b', 404)],
    ['a file in the place of a page', like('ref: refs/heads/main', '/a'), like(notFound('/b', ''), '/b')],
    ['another page', like('<title>phpinfo()</title>PHP Version', '/a'), like(notFound('/b', ''), '/b')],
    ['another title', like(`<title>Index of /a</title>${words}`, '/a'), like(`<title>Khác</title>${words}`, '/b')],
    ['a redirect elsewhere', like('', '/a', 302, 'https://p/login'), like('', '/b', 302, 'https://p/')],
  ])('is not %s', (_name, one, missing) => {
    expect(isLike(one, missing)).toBe(false);
  });

  it('is told over any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.webPath(), (one, other, path) => {
        expect(isLike(like(one, path), like(one, path))).toBe(true);
        expect(typeof isLike(like(one, path), like(other, path))).toBe('boolean');
      }),
    );
  });
});

describe("a filter's page", () => {
  it.each([
    ['<html><body>The requested URL was rejected. Please consult with your administrator. Your support ID is: 1', []],
    ['<title>Access Denied</title>', []],
    ['<title>Web Page Blocked</title><p>Attack ID: 20000051', []],
    ['<p>Yêu cầu của bạn đã bị từ chối bởi hệ thống bảo vệ', []],
    ['', ['cf-mitigated', 'challenge']],
    ['', ['x-amzn-waf-action', 'captcha']],
  ])('%s %j', (text, headers) => {
    expect(filterIn(answer(text, 200, headers))).toBeDefined();
  });

  it.each([
    `<title>Tin tức</title><p>Tường lửa ứng dụng web là gì?${'<p>tin tức'.repeat(3000)}`,
    '<title>Không tìm thấy</title>',
    'ref: refs/heads/main',
  ])('is not %s', (text) => {
    expect(filterIn(answer(text))).toBeUndefined();
  });
});

describe('what a site is believed to run', () => {
  it.each([
    [{ Server: 'nginx/1.18.0' }, ['nginx']],
    [{ Server: 'Apache-Coyote/1.1' }, ['java']],
    [{ Server: 'Microsoft-IIS/10.0', 'X-Powered-By': 'ASP.NET' }, ['iis', 'dotnet']],
    [{ Server: 'Apache', 'Set-Cookie': 'PHPSESSID=1; path=/' }, ['apache', 'php']],
    [{ 'Liferay-Portal': 'Liferay Community Edition Portal 7.4' }, ['java']],
    [{}, []],
  ])('%j -> %j', (headers, platform) => {
    expect(platformOf([chain([hop('https://p.example/', 200, headers as Record<string, string>)]), null])).toEqual(
      platform,
    );
  });

  const asked = (platform: Parameters<typeof suits>[1]) =>
    exposures()
      .filter((one) => suits(one, platform))
      .map(({ id }) => id);

  it('asks no Tomcat questions of IIS and no PHP questions of Java, and all of what is not known', () => {
    expect(asked(['iis', 'dotnet'])).not.toEqual(expect.arrayContaining(['tomcat-manager']));
    expect(asked(['iis', 'dotnet'])).toEqual(expect.arrayContaining(['trace-axd', 'git-head', 'web-config']));
    expect(asked(['nginx', 'java'])).toEqual(expect.arrayContaining(['tomcat-manager', 'nginx-status']));
    expect(asked(['nginx', 'java']).filter((id) => ['phpinfo', 'server-status'].includes(id))).toEqual([]);
    expect(asked([])).toHaveLength(exposures().length);
  });
});
