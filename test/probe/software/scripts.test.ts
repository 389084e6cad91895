import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveSoftware } from '../../../src/judge/view/software.ts';
import { readBanner } from '../../../src/probe/software/read-banner.ts';
import { softwareFromHttp } from '../../../src/probe/software/probe.ts';
import { body, chain, context, hop, page, web } from '../../judge/view/given.ts';
import { cpuMs } from '../../setup/cpu.ts';

const read = (text: string) =>
  readBanner('html.script', text, 443).map(({ product, version }) => [product, version ?? null]);

describe('libraries of a page', () => {
  it.each<[string, readonly [string, string | null] | null]>([
    ['/js/jquery-3.3.1.min.js', ['jquery', '3.3.1']],
    ['/js/jquery-3.6.0.slim.min.js?t=1', ['jquery', '3.6.0']],
    ['https://code.jquery.com/ui/1.12.1/jquery-ui.min.js', ['jquery-ui', '1.12.1']],
    ['//ajax.googleapis.com/ajax/libs/angularjs/1.8.2/angular.min.js', ['angularjs', '1.8.2']],
    ['https://cdn.jsdelivr.net/npm/bootstrap@4.6.2/dist/js/bootstrap.bundle.min.js', ['bootstrap', '4.6.2']],
    ['https://unpkg.com/vue@2.6.14', ['vue', '2.6.14']],
    ['https://unpkg.com/vue@2.6.14/dist/vue.js', ['vue', '2.6.14']],
    ['/o/portal/jquery/1.12.4/jquery.js', ['jquery', '1.12.4']],
    ['/wp-includes/js/jquery/jquery.min.js?ver=3.7.1', ['jquery', '3.7.1']],
    ['/static/jquery.min.js?ver=20240101', ['jquery', null]],
    ['/js/jquery.validate-1.19.min.js', null],
    ['/js/myjquery-3.3.1.js', null],
    ['/ckeditor/4.16.0/ckeditor.js', ['ckeditor', '4.16.0']],
    ['/lib/jquery.dataTables.min.js', ['datatables', null]],
    ['jQuery v3.6.0 | (c) OpenJS Foundation', ['jquery', '3.6.0']],
    ['jQuery UI - v1.13.2 - 2022-07-14', ['jquery-ui', '1.13.2']],
    ['Bootstrap v3.3.7 (http://getbootstrap.com)', ['bootstrap', '3.3.7']],
    ['Vue.js v2.6.14', ['vue', '2.6.14']],
    ['all rights reserved', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(read(text)[0] ?? null).toEqual(expected);
  });

  it('are read of any text, fast', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const [product] of read(text)) expect(product).toMatch(/^[a-z0-9-]+$/);
      }),
    );
    const readAll = () => {
      for (const piece of ['/jquery@', '-1.1.1', '.min', '/jquery/1.1', 'jquery-']) read(`${piece.repeat(2000)}.js`);
    };
    expect(cpuMs(readAll)).toBeLessThan(500);
  });

  it('come from the page to the judgement of support, whatever the server is packaged by', () => {
    const html = '<script src=/js/angular-1.6.9.min.js></script><script>/*! jQuery v3.6.0 */</script>';
    const last = hop('https://portal.example/', 200, { Server: 'Apache/2.4.57 (Debian)' });
    const facts = softwareFromHttp({ secure: chain([last], { body: body({ page: page(html) }) }), plain: null }, web());
    const endOfLife = {
      asOf: '2026-08-22',
      source: 'the test',
      products: {
        angularjs: { title: 'AngularJS', lines: [{ cycle: '1', endOfLife: '2021-12-31' }] },
        jquery: { title: 'jQuery', lines: [{ cycle: '3', endOfLife: null }] },
      },
    };
    const { view } = deriveSoftware(facts, context(web(), { endOfLife }));
    expect(view.libraries).toMatchObject([
      { product: 'angularjs', source: 'html.script', supported: false },
      { product: 'jquery', version: '3.6.0', supported: true },
    ]);
  });
});
