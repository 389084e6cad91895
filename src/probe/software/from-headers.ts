import type { SoftwareItem, SoftwareSource } from '../../model/facts/software.ts';
import { readBanner } from './read-banner.ts';

/** Headers read by their value alone. */
const byValue: Readonly<Record<string, SoftwareSource>> = {
  server: 'http.server',
  'x-powered-by': 'http.x-powered-by',
  'x-aspnet-version': 'http.x-aspnet-version',
  'x-generator': 'http.x-generator',
  via: 'http.via',
};

/** Headers whose very name tells the product, so they are read as a line, `X-Jenkins: 2.401`. */
const byLine: Readonly<Record<string, SoftwareSource>> = {
  'x-aspnetmvc-version': 'http.x-aspnet-version',
  'liferay-portal': 'http.x-powered-by',
  'x-jenkins': 'http.x-powered-by',
  microsoftsharepointteamservices: 'http.x-powered-by',
  'x-owa-version': 'http.x-powered-by',
  'x-drupal-cache': 'http.x-powered-by',
  'x-drupal-dynamic-cache': 'http.x-powered-by',
  'x-litespeed-cache': 'http.x-powered-by',
  'x-varnish': 'http.x-powered-by',
};

/** The products that response headers name. Of a cookie only its name is read and kept. */
export function softwareFromHeaders(
  headers: readonly (readonly [string, string])[],
  port: number,
): readonly SoftwareItem[] {
  return headers.flatMap(([name, value]) => {
    const key = name.toLowerCase();
    if (key === 'set-cookie') return readBanner('http.cookie', /^\s*([^=;\s]{1,256})/.exec(value)?.[1] ?? '', port);
    const valued = Object.hasOwn(byValue, key) ? byValue[key] : undefined;
    if (valued !== undefined) return readBanner(valued, value, port);
    const lined = Object.hasOwn(byLine, key) ? byLine[key] : undefined;
    return lined === undefined ? [] : readBanner(lined, `${name}: ${value}`, port);
  });
}
