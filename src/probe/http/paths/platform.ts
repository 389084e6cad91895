import type { Chain } from '../../../model/facts/http.ts';
import type { SitePlatform } from '../../../model/facts/web-paths.ts';
import type { Exposure } from './exposure-schema.ts';

/** Signs in headers: name, what its value matches, what it speaks for. */
const headerSigns: readonly (readonly [name: string, value: RegExp, platform: SitePlatform])[] = [
  ['server', /^nginx|^openresty|^angie|^tengine/i, 'nginx'],
  ['server', /^apache(?!-coyote)|^httpd/i, 'apache'],
  ['server', /^microsoft-iis/i, 'iis'],
  ['server', /^microsoft-iis|^kestrel/i, 'dotnet'],
  ['server', /coyote|tomcat|jetty|weblogic|wildfly|jboss|undertow|glassfish|payara|websphere/i, 'java'],
  ['server', /php\//i, 'php'],
  ['server', /^(?:caddy|lighttpd|litespeed|gunicorn|uvicorn|werkzeug|simplehttp|cloudflare|envoy|traefik)/i, 'other'],
  ['x-powered-by', /php/i, 'php'],
  ['x-powered-by', /asp\.net/i, 'dotnet'],
  ['x-powered-by', /servlet|jsp|jboss|undertow/i, 'java'],
  ['x-aspnet-version', /./, 'dotnet'],
  ['x-aspnetmvc-version', /./, 'dotnet'],
  ['microsoftsharepointteamservices', /./, 'dotnet'],
  ['liferay-portal', /./, 'java'],
  ['x-drupal-cache', /./, 'php'],
  ['set-cookie', /^(?:asp\.net_sessionid|\.aspnetcore\.|\.aspxauth|aspsessionid)/i, 'dotnet'],
  ['set-cookie', /^(?:jsessionid|guest_language_id|cookie_support)=/i, 'java'],
  ['set-cookie', /^(?:phpsessid|laravel_session|ci_session|wordpress_)/i, 'php'],
];
const generatorSigns: readonly (readonly [RegExp, SitePlatform])[] = [
  [/wordpress|joomla|drupal|typo3|prestashop|moodle|nukeviet/i, 'php'],
  [/liferay/i, 'java'],
  [/sharepoint|dotnetnuke|umbraco/i, 'dotnet'],
];

const servers: readonly SitePlatform[] = ['nginx', 'apache', 'iis'];
const applications: readonly SitePlatform[] = ['php', 'java', 'dotnet'];

/** What an endpoint is believed to run, from what its chains showed. */
export function platformOf(chains: readonly (Chain | null)[]): readonly SitePlatform[] {
  const found = new Set<SitePlatform>();
  for (const chain of chains) {
    for (const [name, value] of chain?.hops.flatMap((hop) => hop.headers) ?? []) {
      for (const [header, sign, platform] of headerSigns) {
        if (name.trim().toLowerCase() === header && sign.test(value)) found.add(platform);
      }
    }
    const generator = chain?.body?.generator ?? '';
    for (const [sign, platform] of generatorSigns) if (sign.test(generator)) found.add(platform);
  }
  return [...found];
}

/** Whether a path may be there: nothing speaks for another server, or another application, than those it is of. */
export function suits({ on }: Exposure, platform: readonly SitePlatform[]): boolean {
  if (on === undefined || on.some((each) => platform.includes(each))) return true;
  const kin = [servers, applications].find((kind) => on.some((each) => kind.includes(each))) ?? [];
  return !platform.some((each) => kin.includes(each));
}
