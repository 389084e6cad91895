import { expect, it } from 'vitest';
import type { SoftwareItem } from '../../src/model/facts/software.ts';
import { conflictsOf, mergeSoftware } from '../../src/model/software/merge.ts';

const item = (
  product: string,
  version: string | undefined,
  source: SoftwareItem['source'],
  port = 443,
): SoftwareItem => ({
  product,
  ...(version === undefined ? {} : { version }),
  source,
  port,
  text: `${product} ${version ?? ''}`,
});

it('one list: each product and version once, with every place that told of it', () => {
  const merged = mergeSoftware([
    item('php', undefined, 'http.cookie'),
    item('php', '8.1.2', 'http.x-powered-by'),
    item('php', '8.1.2', 'nmap', 8443),
    item('nginx', undefined, 'http.server'),
  ]);
  expect(merged.map(({ product, version, cpe, seen }) => [product, version, cpe, seen.length])).toEqual([
    ['php', '8.1.2', 'cpe:2.3:a:php:php:8.1.2:*:*:*:*:*:*:*', 3],
    ['nginx', null, 'cpe:2.3:a:f5:nginx:*:*:*:*:*:*:*:*', 1],
  ]);
});

it('shows what does not go together: two servers, two versions; not one version told in part', () => {
  expect(
    conflictsOf([item('apache-http-server', '2.4.57', 'http.server'), item('nginx', undefined, 'html.title')]),
  ).toMatchObject([{ kind: 'servers', port: 443 }]);
  expect(conflictsOf([item('php', '8.1.2', 'http.x-powered-by'), item('php', '7.4.3', 'nmap')])).toMatchObject([
    { kind: 'versions', told: [{ version: '8.1.2' }, { version: '7.4.3' }] },
  ]);
  expect(conflictsOf([item('php', '8.1.2', 'http.x-powered-by'), item('php', '8.1', 'nmap')])).toEqual([]);
  expect(
    conflictsOf([item('nginx', '1', 'http.server', 80), item('apache-http-server', '2', 'http.server', 8080)]),
  ).toEqual([]);
});
