import { readRow, reading, type Reading, type Row } from './reading.ts';

const microsoft = 'microsoft';

/** Names in `<meta name=generator>` and X-Generator whose normalised name is not the words in lower case. */
const generators: readonly Row[] = [
  { words: /^WordPress(?: (?<version>\d[\w.-]*))?/i, product: 'wordpress', vendor: 'wordpress' },
  { words: /^Joomla!?(?: (?<version>\d[\w.-]*))?/i, product: 'joomla', vendor: 'joomla' },
  { words: /^Drupal(?: (?<version>\d[\w.-]*))?/i, product: 'drupal', vendor: 'drupal' },
  { words: /^TYPO3(?: (?:CMS )?(?<version>\d[\w.-]*))?/i, product: 'typo3', vendor: 'typo3' },
  { words: /^Liferay[A-Za-z ]{0,40}(?<version>\d[\w.-]*)?/i, product: 'liferay', vendor: 'liferay' },
  { words: /^(?:DotNetNuke|DNN)\b ?(?<version>\d[\w.-]*)?/i, product: 'dotnetnuke', vendor: 'dnn' },
  { words: /^Microsoft SharePoint(?: (?<version>\d[\w.-]*))?/i, product: 'sharepoint', vendor: microsoft },
  { words: /^Umbraco(?: (?<version>\d[\w.-]*))?/i, product: 'umbraco', vendor: 'umbraco' },
  { words: /^MediaWiki(?: (?<version>\d[\w.-]*))?/i, product: 'mediawiki', vendor: 'wikimedia' },
  { words: /^NukeViet(?: v?(?<version>\d[\w.-]*))?/i, product: 'nukeviet', vendor: 'vinades' },
  { words: /^Oracle WebCenter(?:[A-Za-z ]{0,20}(?<version>\d[\w.-]*))?/i, product: 'webcenter', vendor: 'oracle' },
  { words: /^Discuz! ?(?<version>X?\d[\w.-]*)?/i, product: 'discuz', vendor: 'comsenz' },
];

/** A generator: a known name, or any `Name 1.2` made into one word. */
export function readGenerator(text: string): readonly Reading[] {
  const known = readRow(generators, text.trim());
  if (known !== undefined) return [known];
  const versioned = /^([A-Za-z][A-Za-z0-9 .!_+-]{0,60}?)[ /]v?(\d[\w.-]*)(?:[\s;,(]|$)/.exec(text.trim());
  const name = versioned?.[1] ?? /^[A-Za-z][\w.!+-]{0,60}$/.exec(text.trim())?.[0];
  if (name === undefined) return [];
  const product = name
    .toLowerCase()
    .replace(/[^a-z0-9.+]+/g, '-')
    .replace(/-$/, '');
  return [reading({ product, version: versioned?.[2], vendor: undefined, os: undefined })];
}

/** Titles that a product gives its own pages. */
const titles: readonly Row[] = [
  { words: /^Apache Tomcat\/(?<version>\d[\w.-]*)/i, product: 'tomcat', vendor: 'apache' },
  { words: /^Apache2 (?<os>Debian|Ubuntu) Default Page/i, product: 'apache-http-server', vendor: 'apache' },
  { words: /^Welcome to nginx(?: on (?<os>Debian|Ubuntu))?/i, product: 'nginx', vendor: 'f5' },
  { words: /^IIS(?:7| Windows(?: Server)?)$/i, product: 'iis', vendor: microsoft },
  { words: /(?:^|[|/·-] ?)phpMyAdmin(?: (?<version>\d[\w.-]*))?$/i, product: 'phpmyadmin', vendor: 'phpmyadmin' },
  { words: /Roundcube Webmail/i, product: 'roundcube', vendor: 'roundcube' },
  { words: /Zimbra (?:Web Client|Collaboration|Administration)/i, product: 'zimbra', vendor: 'synacor' },
  { words: /^Zabbix|: Zabbix$/i, product: 'zabbix', vendor: 'zabbix' },
  { words: /^Grafana$/i, product: 'grafana', vendor: 'grafana' },
  { words: /· GitLab$/, product: 'gitlab', vendor: 'gitlab' },
  { words: /\[Jenkins\]$/, product: 'jenkins', vendor: 'jenkins' },
  { words: /^phpinfo\(\)|^PHP (?<version>\d+\.\d+\.\d+)[^ ]* - phpinfo\(\)/i, product: 'php', vendor: 'php' },
  { words: /^Sign in to Keycloak|Keycloak Administration Console/i, product: 'keycloak', vendor: 'red-hat' },
  { words: /^Outlook(?: Web App)?$/, product: 'msexchange', vendor: microsoft },
  { words: /^RouterOS(?: router configuration page)?/i, product: 'routeros', vendor: 'mikrotik' },
];

/** A page's title, believed only where it is the product's own stock title. */
export function readTitle(text: string): readonly Reading[] {
  const found = readRow(titles, text.trim());
  return found === undefined ? [] : [found];
}

/** Names of session cookies that a product sets by default. Only the name is ever read: the value is a secret. */
const cookies: readonly Row[] = [
  { words: /^PHPSESSID$/, product: 'php', vendor: 'php' },
  { words: /^JSESSIONID(?:SSO)?$/, product: 'java-servlet' },
  { words: /^(?:ASP\.NET_SessionId|\.ASPXAUTH|__RequestVerificationToken.*)$/, product: 'aspnet', vendor: microsoft },
  { words: /^\.AspNetCore\./, product: 'dotnet', vendor: microsoft },
  { words: /^ASPSESSIONID[A-Z]+$/, product: 'asp-classic', vendor: microsoft },
  { words: /^laravel_session$/, product: 'laravel', vendor: 'laravel' },
  { words: /^ci_session$/, product: 'codeigniter', vendor: 'codeigniter' },
  { words: /^symfony$/, product: 'symfony', vendor: 'symfony' },
  { words: /^connect\.sid$/, product: 'express', vendor: 'openjs' },
  { words: /^(?:CFID|CFTOKEN)$/, product: 'coldfusion', vendor: 'adobe' },
  { words: /^wordpress_/, product: 'wordpress', vendor: 'wordpress' },
  { words: /^fe_typo_user$/, product: 'typo3', vendor: 'typo3' },
  { words: /^S?SESS[0-9a-f]{32}$/, product: 'drupal', vendor: 'drupal' },
  { words: /^(?:DotNetNukeAnonymous|dnn_.*)$/, product: 'dotnetnuke', vendor: 'dnn' },
  { words: /^(?:GUEST_LANGUAGE_ID|COOKIE_SUPPORT|LFR_SESSION_STATE_.*)$/, product: 'liferay', vendor: 'liferay' },
  { words: /^nv4?[a-z0-9]*_(?:sess|ctr|u_lang)$/, product: 'nukeviet', vendor: 'vinades' },
  { words: /^BIGipServer/, product: 'big-ip', vendor: 'f5' },
  { words: /^NSC_/, product: 'netscaler', vendor: 'citrix' },
  { words: /^(?:__cf_bm|__cfduid|cf_clearance)$/, product: 'cloudflare', vendor: 'cloudflare' },
  { words: /^(?:incap_ses_|visid_incap_)/, product: 'imperva-waf', vendor: 'imperva' },
  { words: /^ZM_(?:TEST|AUTH_TOKEN|LOGIN_CSRF)/, product: 'zimbra', vendor: 'synacor' },
  { words: /^roundcube_sess(?:id|auth)$/, product: 'roundcube', vendor: 'roundcube' },
  { words: /^phpMyAdmin/, product: 'phpmyadmin', vendor: 'phpmyadmin' },
  { words: /^zbx_session/, product: 'zabbix', vendor: 'zabbix' },
  { words: /^grafana_session/, product: 'grafana', vendor: 'grafana' },
  { words: /^_gitlab_session$/, product: 'gitlab', vendor: 'gitlab' },
  { words: /^(?:OutlookSession|X-BackEndCookie)$/, product: 'msexchange', vendor: microsoft },
];

/** A cookie's name. */
export function readCookieName(text: string): readonly Reading[] {
  const found = readRow(cookies, text);
  return found === undefined ? [] : [found];
}
