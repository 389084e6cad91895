import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyBuffer } from '../../../src/probe/http/body-buffer.ts';
import { decodeText } from '../../../src/probe/http/decode-text.ts';
import { createDechunker } from '../../../src/probe/http/dechunk.ts';
import { firstHeader, recordHeaders } from '../../../src/probe/http/headers.ts';
import { readPageWords } from '../../../src/probe/http/html-words.ts';
import { inflate } from '../../../src/probe/http/inflate.ts';
import { parseLooseHead } from '../../../src/probe/http/loose-head.ts';
import { startUrls } from '../../../src/probe/http/start-urls.ts';
import { cpuMs } from '../../setup/cpu.ts';

const nothing = { title: null, generator: null, passwordField: false };
const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<title>',
        '</title>',
        '<!--',
        '-->',
        '<script>',
        '</script',
        '<svg>',
        '</svg>',
        '<meta ',
        'name=generator ',
        'content="',
        "'",
        '"',
        '=',
        '>',
        '<',
        '/',
        '<input type=password',
        '&#x1f600;',
        '&#0;',
        '&ocirc;',
        '\0',
        '\ud800',
        ' ',
      ),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((parts) => parts.join(''));

describe('words of a page', () => {
  it.each<[string, Partial<typeof nothing> | object]>([
    ['<title>  a\n\t b </title>', { title: 'a b' }],
    ['<TiTlE lang="vi">A</tItLe >', { title: 'A' }],
    ['<svg><title>drawing</title></svg><title>page</title>', { title: 'page' }],
    ['<!-- <title>no</title> --><title>yes</title>', { title: 'yes' }],
    ['<!--><title>short comment</title>', { title: 'short comment' }],
    ['<script>"<title>no</title>"</script><title>yes</title>', { title: 'yes' }],
    ['<script></scripty><title>no</title></script><title>yes</title>', { title: 'yes' }],
    ['<title></title><title>second</title>', { title: 'second' }],
    ['<title>never closed', { title: 'never closed' }],
    ['<a title="<title>no</title>"><title>yes</title>', { title: 'yes' }],
    ['<title>C&#244;ng an &amp; t&ecirc;n &bogus; &#xD800;</title>', { title: 'Công an & tên &bogus; \ufffd' }],
    ['<title>a\0b</title>', { title: 'a\ufffdb' }],
    [`<title>${'😀'.repeat(400)}</title>`, { title: '😀'.repeat(256) }],
    [`<title>a${'😀'.repeat(400)}</title>`, { title: `a${'😀'.repeat(255)}` }],
    ['<META content=Joomla! NAME=Generator>', { generator: 'Joomla!' }],
    ['<meta name=generator content="a"><meta name=generator content="b">', { generator: 'a' }],
    ['<meta name=description content="generator">', {}],
    ['<input TYPE="PassWord"/>', { passwordField: true }],
    ['<input/type=password>', { passwordField: true }],
    ['<input data-type=password type=text>', {}],
    ['<input type=text type=password>', {}],
    ['<!-- <input type=password> -->', {}],
    ['<textarea><input type=password></textarea>', {}],
    ['<input type="password', {}],
    ['< title>no</title><titles>no</titles>', {}],
    ['', {}],
  ])('%j', (html, expected) => {
    const { title, generator, passwordField } = readPageWords(html);
    expect({ title, generator, passwordField }).toEqual({ ...nothing, ...expected });
  });

  it('are found in any text without a throw, within their sizes, and can be stored', () => {
    fc.assert(
      fc.property(markup, (html) => {
        const words = readPageWords(html);
        for (const [word, max] of [
          [words.title, 512],
          [words.generator, 256],
        ] as const) {
          if (word === null) continue;
          expect(word.length).toBeLessThanOrEqual(max);
          expect(word).toBe(word.trim());
          expect(word).not.toMatch(/\0/);
          expect(word.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('are found behind any text that holds no markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (noise) => {
        const page = `${noise.replaceAll('<', ' ')}<title>found</title>`;
        expect(readPageWords(page).title).toBe('found');
      }),
    );
  });

  it.each([
    '<',
    '<!--',
    '<a ',
    '<a b="',
    "<a b='",
    '<script>',
    '<script></script ',
    '<title>',
    '</',
    '<!',
    '<a/',
    '<a b=c ',
    '&#',
    '-- ',
    '<svg><title>',
    '<input ',
  ])('take time that grows with the length alone: %j', (piece) => {
    const html = piece.repeat(Math.ceil(524_288 / piece.length));
    // Some 10 ms when linear; a quadratic scanner needs a minute and more.
    expect(cpuMs(() => readPageWords(html))).toBeLessThan(2000);
  });
});

describe('text of a body', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  it.each<[string, Buffer, string | null, string]>([
    ['UTF-8 unless told otherwise', Buffer.from('Việt'), 'text/html', 'Việt'],
    ['the charset of the header', bytes('\xe9'), 'text/html; charset=ISO-8859-1', 'é'],
    ['windows-1258', bytes('\xd0\xfe'), 'text/html; charset="windows-1258"', 'Đ₫'],
    ['a meta of the page', bytes('<meta charset=windows-1252>\xe9'), null, '<meta charset=windows-1252>é'],
    ['the byte order mark before all', Buffer.from('\ufeffViệt'), 'text/html; charset=latin1', 'Việt'],
    ['UTF-8 for an unknown charset', Buffer.from('Việt'), 'text/html; charset=tcvn-5712', 'Việt'],
  ])('%s', (_what, body, contentType, expected) => {
    expect(decodeText(body, contentType)).toBe(expected);
  });

  it('comes of any bytes and any header', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.option(fc.string().map((label) => `a; charset=${label}`)),
        (body, contentType) => {
          expect(decodeText(body, contentType).isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe('a malformed head', () => {
  const latin1 = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1'));

  it('is read without a throw, in pairs, with a status that can be stored', () => {
    fc.assert(
      fc.property(latin1, fc.constantFrom('', 'HTTP/1.1 200 OK\r\n', 'HTTP/1.0 404\n'), (text, start) => {
        const head = parseLooseHead(start + text);
        if (head === null) return;
        expect(head.rawHeaders.length % 2).toBe(0);
        expect(head.status).toBeGreaterThanOrEqual(100);
        expect(head.status).toBeLessThanOrEqual(999);
      }),
    );
  });

  it('loses no byte of a header that is well formed', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,20}$/);
    const value = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 20 }), (headers) => {
        const text = `HTTP/1.1 200 OK\r\n${headers.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`;
        expect(parseLooseHead(text)).toEqual({ status: 200, rawHeaders: headers.flat() });
      }),
    );
  });

  it.each([['HTTP/1.1 1000 X'], ['HTTP/1.1 099 X'], ['HTTP/1.1 20'], ['http/1.1 200 OK'], ['220 ready'], ['']])(
    'without a status line is none: %j',
    (line) => {
      expect(parseLooseHead(`${line}\r\nA: b\r\n\r\n`)).toBeNull();
    },
  );
});

describe('headers', () => {
  it('are stored within their sizes whatever came', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 900 }), (raw) => {
        const { headers, headersCut } = recordHeaders(raw);
        expect(headers).toHaveLength(Math.min(200, Math.floor(raw.length / 2)));
        expect(headersCut).toBe(raw.length > 400);
      }),
    );
  });

  it('are found by name whatever the case and the space after it', () => {
    expect(firstHeader(['A', 'x', 'LOCATION ', ' /one ', 'Location', '/two'], 'location')).toBe('/one');
    expect(firstHeader(['A', 'location'], 'location')).toBeUndefined();
  });
});

describe('chunks', () => {
  const chunked = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 8 });

  it('come off in the same way however the bytes are cut', () => {
    fc.assert(
      fc.property(chunked, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (chunks, cuts) => {
        const wire = Buffer.concat([
          ...chunks.map((chunk) =>
            Buffer.concat([Buffer.from(`${chunk.length.toString(16)};x=y\r\n`), chunk, Buffer.from('\r\n')]),
          ),
          Buffer.from('0\r\n\r\n'),
        ]);
        const dechunk = createDechunker();
        const out: Buffer[] = [];
        let more = true;
        for (let at = 0, turn = 0; more && at < wire.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1;
          const piece = dechunk(wire.subarray(at, at + size));
          out.push(...piece.data);
          more = piece.more;
          at += size;
        }
        expect(more).toBe(false);
        expect(Buffer.concat(out)).toEqual(Buffer.concat(chunks));
      }),
    );
  });

  it('end without a throw on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const { data } = createDechunker()(Buffer.from(bytes));
        expect(Buffer.concat(data).length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe('bounded bodies', () => {
  it('keep the beginning and say when something did not fit', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), fc.nat(200), (chunks, max) => {
        const buffer = bodyBuffer(max);
        const fitted = chunks.map((chunk) => buffer.add(chunk));
        const all = Buffer.concat(chunks);
        expect(buffer.bytes()).toEqual(all.subarray(0, max));
        expect(fitted.every(Boolean)).toBe(all.length <= max);
      }),
    );
  });

  it('inflate to their cap, from a beginning, and to nothing from garbage', async () => {
    const packed = gzipSync('a'.repeat(100_000) + 'b'.repeat(100_000));
    expect(await inflate(packed, 'gzip', 1000)).toEqual({ bytes: Buffer.from('a'.repeat(1000)), cut: true });
    expect((await inflate(packed.subarray(0, packed.length - 20), 'GZIP', 1e6))?.bytes.length).toBeGreaterThan(1000);
    expect(await inflate(Buffer.from('not gzip'), 'gzip', 1000)).toBeNull();
    expect(await inflate(packed, 'own', 1000)).toBeNull();
  });
});

describe('where the chains start', () => {
  it.each<[string, string | undefined, string | null, string | null]>([
    ['https://a.vn', undefined, 'https://a.vn/', 'http://a.vn/'],
    ['https://a.vn/p?q=1#f', undefined, 'https://a.vn/p?q=1', 'http://a.vn/p?q=1'],
    ['https://a.vn:443/p', undefined, 'https://a.vn/p', 'http://a.vn/p'],
    ['https://a.vn:8443/p', undefined, 'https://a.vn:8443/p', null],
    ['https://a.vn:8443/p', 'http://a.vn:8080/', 'https://a.vn:8443/p', 'http://a.vn:8080/'],
    ['http://a.vn/p', undefined, 'https://a.vn/p', 'http://a.vn/p'],
    ['http://a.vn:8080/p', undefined, null, 'http://a.vn:8080/p'],
    ['https://u:p@[::1]/', undefined, 'https://[::1]/', 'http://[::1]/'],
  ])('%s with %s', (url, httpUrl, secure, plain) => {
    const urls = startUrls({ kind: 'web', url, ...(httpUrl === undefined ? {} : { httpUrl }) });
    expect([urls.secure?.href ?? null, urls.plain?.href ?? null]).toEqual([secure, plain]);
  });
});
