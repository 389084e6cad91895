import { Type, type Static } from '@sinclair/typebox';
import type { Hop } from '../../model/facts/http.ts';
import { closed, text } from '../../model/schema.ts';
import { joinedHeader } from './headers.ts';

export const namedHeaderView = Type.Object({ name: text(64), value: text(8192) }, closed);
export type NamedHeader = Static<typeof namedHeaderView>;

/** The Server header, and whether it tells a version number. */
export const serverHeaderView = Type.Object({ value: text(8192), version: Type.Boolean() }, closed);
export type ServerHeader = Static<typeof serverHeaderView>;

/** Headers whose only use is to tell what the site is built with. */
const technology = [
  'x-powered-by',
  'x-powered-cms',
  'x-aspnet-version',
  'x-aspnetmvc-version',
  'x-generator',
  'x-php-version',
  'x-owa-version',
  'microsoftsharepointteamservices',
  'liferay-portal',
] as const;

/** Headers that browsers have dropped, or that do harm where a browser still reads them. */
const dropped = [
  'public-key-pins',
  'public-key-pins-report-only',
  'expect-ct',
  'feature-policy',
  'p3p',
  'x-webkit-csp',
  'x-content-security-policy',
] as const;

/** `nginx/1.18.0`, `IIS/10.0`, `Jetty(9.4.z)`: a digit after a slash or bracket, or digits with a point between. */
const versionNumber = /[/(]v?\d|\d\.\d/i;

export function serverHeaderOf(hop: Hop): ServerHeader | null {
  const value = joinedHeader(hop, 'server');
  return value === null || value === '' ? null : { value: value.slice(0, 8192), version: versionNumber.test(value) };
}

export function technologyHeadersOf(hop: Hop): readonly NamedHeader[] {
  return present(hop, technology);
}

/** X-XSS-Protection counts unless it is `0`, which switches the old filter off as it should be. */
export function droppedHeadersOf(hop: Hop): readonly NamedHeader[] {
  return [
    ...present(hop, dropped),
    ...present(hop, ['x-xss-protection']).filter(({ value }) => !/^0\s*(;|$)/.test(value)),
  ];
}

function present(hop: Hop, names: readonly string[]): readonly NamedHeader[] {
  return names.flatMap((name) => {
    const value = joinedHeader(hop, name);
    return value === null ? [] : [{ name, value: value.slice(0, 8192) }];
  });
}
