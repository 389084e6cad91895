import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageSchema, type PageFacts } from '../../../src/model/facts/page.ts';
import { readPageWords } from '../../../src/probe/http/html-words.ts';
import { maskCookie } from '../../../src/probe/http/mask-cookie.ts';
import { cpuMs } from '../../setup/cpu.ts';

const read = (html: string): Omit<PageFacts, 'sha256'> => readPageWords(html).page;
const fits = new Ajv({ strict: false }).compile(pageSchema);
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

describe('what a page loads', () => {
  it('scripts: loaded ones by their source, inline ones by the hash a policy would name', () => {
    const { scripts } = read(
      '<script src="/a.js?ver=1&amp;x" INTEGRITY=sha384-x crossorigin async></script>' +
        '<script nonce=abc type=module>let a = "</scripty>";\r\n</script><script src=" "></script>',
    );
    expect(scripts).toEqual([
      {
        ...{ src: '/a.js?ver=1&x', type: null, integrity: 'sha384-x', crossOrigin: '', nonce: false, async: true },
        ...{ sha256: null, banner: null },
      },
      {
        ...{ src: null, type: 'module', integrity: null, crossOrigin: null, nonce: true, async: false, banner: null },
        sha256: sha256('let a = "</scripty>";\n'),
      },
      expect.objectContaining({ src: '' }),
    ]);
  });

  it.each([
    ['/*! jQuery v3.6.0 | (c) OpenJS */ x()', 'jQuery v3.6.0 | (c) OpenJS'],
    ['\n/*!\n  * Bootstrap v4.6.0 (https://x)\n */', 'Bootstrap v4.6.0 (https://x)'],
    ['/**\n * @license\n * Lodash 4.17.21\n */', 'Lodash 4.17.21'],
    ['/* the admin password is on the wall */ x()', null],
    ['// jQuery v3.6.0', null],
    ['/*!*/', null],
  ])('keeps of a comment the banner of a library and nothing else: %j', (text, banner) => {
    expect(read(`<script>${text}</script>`).scripts[0]?.banner).toBe(banner);
  });

  it('media: one of each element and origin, however many there are', () => {
    const { media, mediaCut } = read(
      '<img src=/1.png><img src=2.png><img src="http://a.example/1"><IMG SRC="HTTP://A.example/2">' +
        '<video poster=//b.example/p src=data:video/mp4;base64,AAAA></video><object data=x.swf></object>' +
        '<img src=/3 srcset="/4 1x, https://c.example/5 2x">',
    );
    expect(media.map(({ element, src, count }) => [element, src, count])).toEqual([
      ['img', '/1.png', 3],
      ['img', 'http://a.example/1', 2],
      ['video', 'data:video/mp4;base64,AAAA', 1],
      ['video', '//b.example/p', 1],
      ['object', 'x.swf', 1],
      ['img', 'https://c.example/5', 1],
    ]);
    expect(mediaCut).toBe(false);
  });

  it('nothing that stands in a comment, <noscript>, <template> or another text', () => {
    const inside = '<script src=/x></script><img src=/x><form><iframe src=/x></iframe>';
    for (const [open, close] of [
      ['<!--', '-->'],
      ['<noscript>', '</noscript>'],
      ['<template>', '</template>'],
      ['<template><template></template>', '</template>'],
      ['<textarea>', '</textarea>'],
      ['<noscript><noscript>', '</noscript>'],
    ] as const) {
      const page = read(`${open}${inside}${close}<script src=/seen></script>`);
      expect([page.scripts.map(({ src }) => src), page.media, page.forms, page.frames]).toEqual([
        ['/seen'],
        [],
        [],
        [],
      ]);
    }
  });

  it('frames, links and the base', () => {
    const page = read(
      '<link REL=StyleSheet href=//c.example/a.css><base href=/b/><base href=/c/><iframe src=x sandbox>',
    );
    expect(page).toMatchObject({
      base: '/b/',
      links: [{ rel: 'stylesheet', href: '//c.example/a.css' }],
      frames: [{ src: 'x', sandbox: '' }],
    });
  });
});

describe('what a page states', () => {
  it.each<[string, boolean]>([
    ['<html><head><title>a</title><!-- x --><script>1</script>', true],
    ['<link rel=x><style>a</style>', true],
    ['</head>', true],
    ['<body>', false],
    ['<p>', false],
    ['words', false],
    ['<head> \n', true],
    ['<noscript><p></noscript>', true],
  ])('a policy after %j stands in the head: %s', (before, inHead) => {
    const { metas } = read(`${before}<meta http-equiv=Content-Security-Policy content="default-src &#39;self&#39;">`);
    expect(metas).toMatchObject([{ name: 'content-security-policy', content: "default-src 'self'", inHead }]);
  });

  it('counts what was loaded before a policy', () => {
    const { metas } = read('<script>1</script><link href=a><meta http-equiv=refresh content=5>');
    expect(metas).toMatchObject([{ name: 'refresh', after: 2 }]);
  });

  it('keeps the named metas that browsers obey, and no others: a token is a secret', () => {
    const page = read('<meta name=csrf-token content=secret><meta name=Referrer content=origin><meta charset=utf-8>');
    expect(page.metas).toMatchObject([{ name: 'referrer', httpEquiv: false }]);
    expect(page.charset).toBe('utf-8');
    expect(JSON.stringify(page)).not.toContain('secret');
  });

  it('counts handlers, script URLs and styles', () => {
    const page = read('<body onload=a style=b><a href=" java\nscript:x" onclick=y one=z><style></style>');
    expect(page).toMatchObject({ eventHandlers: 2, scriptUrls: 1, inlineStyles: 2 });
  });
});

describe('forms', () => {
  it('know their password, whichever button sends them', () => {
    const { forms } = read(
      '<input type=password><form action="/in?token=secret" method=POST><button formaction=//b.example/></button>' +
        '<input type=PassWord><form action=/inner></form><form></form>',
    );
    expect(forms).toEqual([
      { action: '/in', method: 'post', passwordField: true, autocomplete: null },
      { action: '//b.example/', method: 'post', passwordField: true, autocomplete: null },
      { action: null, method: 'get', passwordField: false, autocomplete: null },
    ]);
  });

  it('keep no session that stands in a URL', () => {
    const page = read(
      '<form action="/a;jsessionid=SECRET"><script src="/a.js;jsessionid=SECRET?v=1"></script>' +
        '<meta http-equiv=refresh content="0;url=/b?PHPSESSID=SECRET&a=1"><meta http-equiv=set-cookie content="a=SECRET">',
    );
    expect(JSON.stringify(page)).not.toContain('SECRET');
    expect(page.scripts[0]?.src).toBe('/a.js;jsessionid=*?v=1');
  });
});

describe('any page', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        '<script ',
        '<script>',
        '</script>',
        '<form ',
        '</form>',
        '<input type=password ',
        '<meta ',
        '<link ',
        '<base ',
      ],
      ...[
        '<iframe ',
        '<img ',
        '<template>',
        '</template>',
        '<noscript>',
        '</noscript>',
        'src=',
        'href="',
        'action=',
        '>',
      ],
      ...[
        'http-equiv=refresh ',
        'content=',
        'srcset="a, //b"',
        'onclick=',
        'javascript:',
        'data:',
        '/*!',
        '\0',
        '\ud800',
      ],
      ...['&#0;', '&quot;', "'", '"', ' ', '//h.example/', 'formaction=x'],
    ),
    fc.string({ unit: 'binary' }),
  );

  it('gives facts that can be stored', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (parts) => {
        const page = { sha256: '', ...read(parts.join('')) };
        expect(fits(page), JSON.stringify(fits.errors)).toBe(true);
        const json = JSON.stringify(page);
        expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/);
      }),
      { numRuns: 1000 },
    );
  });

  it('of 512 kB gives lists within their sizes, says that they were cut, and takes no long time', () => {
    let index = 0;
    const many: Readonly<Record<string, () => string>> = {
      scripts: () => '<script src=/a></script>',
      links: () => '<link href=/a>',
      frames: () => '<iframe src=/a></iframe>',
      media: () => `<img src=//h${(index += 1)}.example/>`,
      forms: () => '<form></form>',
      metas: () => '<meta http-equiv=refresh content=1>',
    };
    for (const [list, make] of Object.entries(many)) {
      let html = '';
      while (html.length < 524_288) html += make();
      expect(cpuMs(() => read(html))).toBeLessThan(2000);
      const page = { sha256: '', ...read(html) };
      expect(fits(page)).toBe(true);
      expect(page[`${list}Cut` as 'scriptsCut']).toBe(true);
      expect(JSON.stringify(page).length).toBeLessThan(100_000);
    }
  });

  it.each([
    '<a onclick=x href=y>',
    '<form><button formaction=',
    '<script>/*! * * ',
    '<img srcset="a,b,c" src=&#1;>',
    '<a href="&#1;&#2;javascript:">',
    '<template>',
    '<noscript>',
    ' ',
    '<meta content="',
  ])('takes time that grows with its length alone: %j', (part) => {
    const html = part.repeat(Math.ceil(524_288 / part.length));
    expect(cpuMs(() => read(html))).toBeLessThan(2000);
  });

  it('of many buttons of one form does not compare each with each', () => {
    const html = `<form>${Array.from({ length: 20_000 }, (_, at) => `<button formaction=${at}>`).join('')}`;
    expect(cpuMs(() => read(html))).toBeLessThan(1000);
    expect(read(html)).toMatchObject({ formsCut: true });
  });
});

describe('maskCookie', () => {
  it.each([
    ['sid=abc; Path=/; Secure; HttpOnly; SameSite=Lax', 'sid=***; Path=/; Secure; HttpOnly; SameSite=Lax'],
    [
      'sid="a b" ; Expires=Thu, 01 Jan 2027 00:00:00 GMT; Max-Age=60',
      'sid=***** ; Expires=Thu, 01 Jan 2027 00:00:00 GMT; Max-Age=60',
    ],
    ['a=b=c', 'a=***'],
    ['bare', '****'],
    ['=v', '=*'],
    ['sid=; Max-Age=0', 'sid=; Max-Age=0'],
    ['sid=deleted; Path=/', 'sid=deleted; Path=/'],
    ['sid=""', 'sid=""'],
    ['a=1; Path=/, b=2; Path=/', 'a=*; Path=******; Path=/'],
    ['a=1; jsessionid=XYZ; odd value', 'a=*; jsessionid=***; *********'.replace('; ***', '; ***')],
    ['', ''],
  ])('%j is kept as %j', (sent, kept) => {
    expect(maskCookie(sent)).toBe(kept);
  });

  it('keeps the length and nothing of any value', () => {
    const value = fc.stringMatching(/^[!#-+\--:<-~]{8,64}$/).filter((text) => !text.includes('*'));
    fc.assert(
      fc.property(value, fc.string(), (secret, tail) => {
        const kept = maskCookie(`sid=${secret}; Path=/;${tail.replaceAll('*', '')}`);
        expect(kept).toHaveLength(`sid=${secret}; Path=/;${tail.replaceAll('*', '')}`.length);
        expect(kept.slice(4, 4 + secret.length)).toBe('*'.repeat(secret.length));
      }),
    );
  });

  it('masks once: what is masked stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (sent) => {
        const once = maskCookie(sent);
        expect(maskCookie(once)).toBe(once);
      }),
    );
  });
});
