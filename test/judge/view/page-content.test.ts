import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasHash } from '../../../src/judge/view/integrity.ts';
import { contentOf, contentView, type Content } from '../../../src/judge/view/page-content.ts';
import { page } from './given.ts';

const S = 'https://portal.tinh.gov.vn/vi/';
const read = (html: string, { url = S, cut = false, upgrades = false } = {}): Content =>
  contentOf(page(html), cut, url, upgrades).view;
const hash = `sha384-${'A'.repeat(64)}`;

describe('what a page over https loads over http', () => {
  it.each<[string, Content['activeOverHttp'], Content['passiveOverHttp']]>([
    ['<script src=http://a.example/x.js></script>', [{ what: 'script', url: 'http://a.example/x.js' }], []],
    [
      '<link rel="stylesheet preload" href=http://a.example/x.css>',
      [{ what: 'stylesheet', url: 'http://a.example/x.css' }],
      [],
    ],
    ['<iframe src=http://a.example/></iframe>', [{ what: 'frame', url: 'http://a.example/' }], []],
    ['<object data=http://a.example/x></object>', [{ what: 'object', url: 'http://a.example/x' }], []],
    ['<img src=http://a.example/x.png>', [], [{ what: 'img', url: 'http://a.example/x.png' }]],
    ['<base href=http://a.example/><script src=x.js></script>', [{ what: 'script', url: 'http://a.example/x.js' }], []],
    ['<base href="javascript:x"><script src=x.js></script>', [], []],
    ['<script src=//a.example/x.js></script><img src=x.png>', [], []],
    ['<script type="application/json" src=http://a.example/x></script>', [], []],
    ['<a href=http://a.example/>x</a><link rel=canonical href=http://a.example/>', [], []],
    ['<script src="htt\tp://a.example/x"></script>', [{ what: 'script', url: 'http://a.example/x' }], []],
  ])('%s', (html, activeOverHttp, passiveOverHttp) => {
    expect(read(html)).toMatchObject({ activeOverHttp, passiveOverHttp });
  });

  it('is nothing where a policy upgrades it, and not asked of a page over http', () => {
    const html = '<script src=http://a.example/x.js></script><form action=http://a.example/>';
    expect(read(html, { upgrades: true })).toMatchObject({ activeOverHttp: [], formsInClear: [] });
    expect(read(html, { url: 'http://portal.tinh.gov.vn/' })).toMatchObject({ activeOverHttp: [], formsInClear: [] });
  });

  it('is unknown, not nothing, where the page was cut or had more than is kept', () => {
    const { view, unseen } = contentOf(page('<body>'), true, S, false);
    expect(view).toEqual({});
    expect(unseen.map(({ at }) => at)).toContain('/http/page/content/activeOverHttp');
    const many = read('<img src=/x><script src=/x></script>'.repeat(201));
    expect(many.activeOverHttp).toBeUndefined();
    expect(many.formsInClear).toEqual([]);
    const found = read('<script src=http://a.example/x></script>', { cut: true });
    expect(found.activeOverHttp).toHaveLength(1);
  });
});

describe('third parties', () => {
  it('are hosts of another registration; those below the province are not', () => {
    const { thirdParties } = read(
      '<script src=https://cdn.example/a.js></script><img src=https://cdn.example/b.png>' +
        '<script src=https://dichvu.tinh.gov.vn/c.js></script><img src=https://khac.gov.vn/d.png>',
    );
    expect(thirdParties).toEqual([
      { origin: 'https://cdn.example', loads: 'script, img' },
      { origin: 'https://khac.gov.vn', loads: 'img' },
    ]);
  });

  it('are pinned by a hash that browsers know, and by nothing else', () => {
    const scripts = [`integrity=${hash} crossorigin`, 'integrity=md5-abc crossorigin', '', `integrity=${hash}`];
    const { unpinned, integrityFaults } = read(
      scripts.map((attributes, at) => `<script src=https://cdn.example/${at}.js ${attributes}></script>`).join(''),
    );
    expect(unpinned?.map(({ url }) => url)).toEqual(['https://cdn.example/1.js', 'https://cdn.example/2.js']);
    expect(integrityFaults).toEqual([
      { url: 'https://cdn.example/1.js', integrity: 'md5-abc', fault: 'malformed' },
      { url: 'https://cdn.example/3.js', integrity: hash, fault: 'no-cors' },
    ]);
  });

  it.each([
    [hash, true],
    [`${hash}==?ct=x`, true],
    [`md5-a sha256-${'b'.repeat(43)}=`, true],
    [`SHA512-${'c'.repeat(86)}==`, true],
    ['sha384-short', false],
    ['', false],
    ['sha1-abc', false],
  ])('integrity %j has a hash: %s', (integrity, expected) => {
    expect(hasHash(integrity)).toBe(expected);
  });
});

describe('forms and refreshes', () => {
  it('tell where a password goes', () => {
    const html =
      '<form action=/a><input type=password></form><form action=http://portal.tinh.gov.vn/b><input type=password></form>' +
      '<form action=https://sso.example/c><input type=password></form><form action=http://x.example/></form><form></form>';
    const { passwordForms, formsInClear } = read(html);
    expect(passwordForms).toEqual([
      { action: 'https://portal.tinh.gov.vn/a', inClear: false, otherSite: false },
      { action: 'http://portal.tinh.gov.vn/b', inClear: true, otherSite: false },
      { action: 'https://sso.example/c', inClear: false, otherSite: true },
    ]);
    expect(formsInClear?.map(({ passwordField }) => passwordField)).toEqual([true, false]);
  });

  it.each<[string, Content['refreshes']]>([
    ['0; url=http://a.example/', [{ to: 'http://a.example/', overHttp: true }]],
    ["5;URL='/vi/'", []],
    ['0, https://b.example/', [{ to: 'https://b.example/', overHttp: false }]],
    ['30', []],
    ['0; url=javascript:alert(1)', [{ to: 'javascript:alert(1)', overHttp: false }]],
  ])('refresh %j', (content, refreshes) => {
    expect(read(`<meta http-equiv=refresh content="${content}">`).refreshes).toEqual(refreshes);
  });
});

it('any page gives facts that fit the view', () => {
  const fits = new Ajv2020({ strict: false }).compile(contentView);
  const part = fc.constantFrom(
    ...[
      '<script src="',
      '<link rel=stylesheet href="',
      '<base href="',
      '<form action="',
      '<img src="',
      '<iframe src="',
    ],
    ...[
      'http://',
      '//',
      'https://[',
      'a.example/',
      '">',
      ' integrity="',
      'sha384-',
      '<meta http-equiv=refresh content="0;',
    ],
    ...['data:', '\\\\', '%', '@', ':99999', '<input type=password>', '</script>', '</iframe>'],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 40 }), fc.boolean(), (parts, cut) => {
      const { view } = contentOf(page(parts.join('')), cut, S, false);
      expect(fits(view), JSON.stringify(fits.errors)).toBe(true);
    }),
  );
});
