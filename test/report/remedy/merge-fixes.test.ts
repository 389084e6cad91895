import { describe, expect, it } from 'vitest';
import { mergeFixes } from '../../../src/report/view/remedy/merge-fixes.ts';

const source = (title: string, ...lines: readonly string[]) => {
  const text = lines.join('\n');
  return { title: { vi: title, en: title }, text: { vi: text, en: text } };
};
const codes = (...sources: ReturnType<typeof source>[]) =>
  mergeFixes(sources).steps.map(({ code }) => code?.vi ?? null);

describe('fixes of one change', () => {
  it('tell a line once, and headers of several checks together', () => {
    expect(
      codes(
        source('a', 'Thêm:', 'add_header X-A "1" always;'),
        source('b', 'Thêm:', 'add_header X-B "2" always;'),
        source('c', 'Thêm:', 'add_header X-A "1" always;'),
      ),
    ).toEqual(['add_header X-A "1" always;\nadd_header X-B "2" always;']);
  });

  it('make one policy of the directives of two', () => {
    expect(
      codes(
        source('a', 'Thêm:', `add_header Content-Security-Policy "default-src 'self'" always;`),
        source('b', 'Thêm:', `add_header Content-Security-Policy "frame-ancestors 'self'" always;`),
      ),
    ).toEqual([`add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'self'" always;`]);
  });

  it('set all flags of cookies in the one line that nginx takes', () => {
    expect(
      codes(source('a', 'Đặt:', 'proxy_cookie_flags ~ secure;'), source('b', 'Đặt:', 'proxy_cookie_flags ~ httponly;')),
    ).toEqual(['proxy_cookie_flags ~ secure httponly;']);
  });

  it('put elements into the one element around them', () => {
    const around = (inner: string) => ['Thêm:', '<a><b>', `  ${inner}`, '</b></a>'];
    expect(
      codes(source('a', ...around('<add name="X" value="1" />')), source('b', ...around('<add name="Y" value="2" />'))),
    ).toEqual(['<a><b>\n  <add name="X" value="1" />\n  <add name="Y" value="2" />\n</b></a>']);
  });

  it('let the graver check win where two contradict one another, and lose nothing', () => {
    const { steps, apart } = mergeFixes([
      source('a', 'Đặt:', 'ssl_prefer_server_ciphers on;'),
      source('b', 'Đặt khác:', 'ssl_prefer_server_ciphers off;'),
    ]);
    expect(steps.map(({ code }) => code?.vi)).toEqual(['ssl_prefer_server_ciphers on;']);
    expect(apart.map(({ title, code }) => [title.vi, code?.vi])).toEqual([['b', 'ssl_prefer_server_ciphers off;']]);
  });
});
