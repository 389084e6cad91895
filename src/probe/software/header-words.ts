import { readRows, type Reading, type Row } from './reading.ts';

/**
 * Headers whose very name tells the product, read as a line, `X-Jenkins: 2.401`. One line may match several rows; each
 * product counts once.
 */
const rows: readonly Row[] = [
  { words: /^Liferay[- ]Portal: Liferay[A-Za-z ()/-]{0,60}(?<version>\d[\w.-]*)?/i, product: 'liferay' },
  { words: /^X-Jenkins(?:-Session)?: (?<version>\d+\.[\w.-]*)?/i, product: 'jenkins' },
  { words: /^X-Hudson: (?<version>\d[\w.-]*)/i, product: 'hudson' },
  { words: /^MicrosoftSharePointTeamServices: (?<version>\d[\w.]*)?/i, product: 'sharepoint', os: 'windows' },
  { words: /^(?:SPRequestGuid|X-SharePointHealthScore|SPIisLatency): /i, product: 'sharepoint', os: 'windows' },
  { words: /^X-OWA-Version: (?<version>\d[\w.]*)/i, product: 'msexchange', os: 'windows' },
  {
    words: /^X-(?:FEServer|BEServer|CalculatedBETarget|DiagInfo|BackEndHttpStatus): /i,
    product: 'msexchange',
    os: 'windows',
  },
  { words: /^X-Drupal-(?:Dynamic-)?Cache: |^X-Generator: Drupal (?<version>\d[\w.-]*)/i, product: 'drupal' },
  { words: /^X-LiteSpeed-(?:Cache|Tag|Purge)[\w-]*: |^X-Turbo-Charged-By: LiteSpeed/i, product: 'litespeed' },
  { words: /^X-Varnish(?:-[\w-]+)?: /i, product: 'varnish' },
  { words: /^X-Umbraco-Version: (?<version>\d[\w.]*)/i, product: 'umbraco', os: 'windows' },
  { words: /^DNNOutputCache: |^X-DNN/i, product: 'dotnetnuke', os: 'windows' },
  { words: /^X-Sitecore|^X-SC-/i, product: 'sitecore', os: 'windows' },
  { words: /^X-Magento-[\w-]+: /i, product: 'magento' },
  { words: /^X-Pingback: .*\/xmlrpc\.php/i, product: 'wordpress' },
  { words: /^Link: .*rel="?https:\/\/api\.w\.org\//i, product: 'wordpress' },
  { words: /^X-(?:Redirect-By|Powered-CMS): WordPress/i, product: 'wordpress' },
  { words: /^X-Powered-CMS: Bitrix/i, product: 'bitrix' },
  { words: /^X-Confluence-[\w-]+: /i, product: 'confluence' },
  { words: /^X-AREQUESTID: /i, product: 'jira' },
  { words: /^X-Influxdb-Version: v?(?<version>\d[\w.-]*)/i, product: 'influxdb' },
  { words: /^X-Elastic-Product: Elasticsearch/i, product: 'elasticsearch' },
  { words: /^kbn-version: (?<version>\d[\w.-]*)|^kbn-name: /i, product: 'kibana' },
  { words: /^X-ClickHouse-[\w-]+: /i, product: 'clickhouse' },
  { words: /^X-Gitlab-[\w-]+: /i, product: 'gitlab' },
  { words: /^X-Grafana-[\w-]+: /i, product: 'grafana' },
  { words: /^X-TeamCity-[\w-]+: /i, product: 'teamcity' },
  { words: /^X-Discourse-[\w-]+: /i, product: 'discourse' },
  { words: /^X-Runtime: \d/i, product: 'rails' },
  { words: /^X-Debug-Token(?:-Link)?: /i, product: 'symfony' },
  { words: /^X-Mod-Pagespeed: (?<version>\d[\w.-]*)/i, product: 'mod_pagespeed' },
  { words: /^X-Page-Speed: (?<version>\d[\w.-]*)/i, product: 'ngx_pagespeed' },
  { words: /^(?:X-Kong-[\w-]+|Via): kong(?:\/(?<version>\d[\w.]*))?|^X-Kong-[\w-]+: /i, product: 'kong' },
  { words: /^X-Envoy-[\w-]+: /i, product: 'envoy' },
  { words: /^(?:CF-RAY|CF-Cache-Status): /i, product: 'cloudflare' },
  { words: /^X-Iinfo: |^X-CDN: (?:Imperva|Incapsula)/i, product: 'imperva-waf' },
  { words: /^X-Sucuri-(?:ID|Cache): /i, product: 'sucuri' },
  { words: /^X-Amz-Cf-(?:Id|Pop): /i, product: 'amazon-cloudfront' },
  { words: /^X-Azure-Ref: /i, product: 'azure-front-door' },
  { words: /^X-ORACLE-DMS-(?:ECID|RID): /i, product: 'oracle-fusion-middleware' },
  { words: /^X-Cocoon-Version: (?<version>\d[\w.]*)/i, product: 'cocoon' },
  { words: /^sap-server: /i, product: 'sap-netweaver' },
  { words: /^DSPACE-XSRF-TOKEN: /i, product: 'dspace' },
  { words: /^X-FortiSandbox-Version: (?<version>\d[\w.]*)/i, product: 'fortisandbox' },
  { words: /^X-Application-Context: /i, product: 'spring-boot' },
  { words: /^X-Nextcloud-[\w-]+: /i, product: 'nextcloud' },
  { words: /^X-Generator: Sitefinity (?<version>\d[\w.]*)/i, product: 'sitefinity', os: 'windows' },
  { words: /^Docker-Distribution-Api-Version: /i, product: 'docker-registry' },
  { words: /^WWW-Authenticate: .*realm="?Tomcat (?:Manager|Host)/i, product: 'tomcat' },
  { words: /^WWW-Authenticate: .*realm="?(?:RouterOS|Mikrotik)/i, product: 'routeros' },
  { words: /^WWW-Authenticate: .*realm="?(?:Hikvision|DS-[\w-]+|iVMS)/i, product: 'hikvision-web' },
  { words: /^WWW-Authenticate: .*realm="?(?:Login to [0-9A-F]{8,}|DahuaHttp|IPC-)/i, product: 'dahua-web' },
  { words: /^WWW-Authenticate: .*realm="?AXIS_/i, product: 'axis-os' },
  { words: /^WWW-Authenticate: .*realm="?TP-LINK/i, product: 'tp-link-router' },
  { words: /^WWW-Authenticate: .*realm="?(?:Vigor|DrayTek)/i, product: 'draytek-vigor' },
  { words: /^WWW-Authenticate: .*realm="?level_\d+(?:_or_view)?_access/i, product: 'cisco-ios' },
  { words: /^WWW-Authenticate: .*realm="?(?:OpenWrt|LuCI)/i, product: 'openwrt' },
  { words: /^WWW-Authenticate: .*realm="?DD-WRT/i, product: 'dd-wrt' },
  { words: /^WWW-Authenticate: .*realm="?(?:Kerio|MailServer)/i, product: 'kerio-connect' },
];

/** A header line. */
export function readHeaderLine(text: string): readonly Reading[] {
  return readRows(rows, text.trim());
}

/** Names of headers worth reading as a line. */
const tellingHeaders: ReadonlySet<string> = new Set(
  (
    'liferay-portal x-jenkins x-jenkins-session x-hudson microsoftsharepointteamservices sprequestguid ' +
    'x-sharepointhealthscore spiislatency x-owa-version x-feserver x-beserver x-calculatedbetarget x-diaginfo ' +
    'x-backendhttpstatus x-turbo-charged-by dnnoutputcache x-pingback link x-redirect-by x-powered-cms x-arequestid ' +
    'x-influxdb-version x-elastic-product kbn-version kbn-name x-runtime x-debug-token x-debug-token-link ' +
    'x-mod-pagespeed x-page-speed cf-ray cf-cache-status x-iinfo x-cdn x-sucuri-id x-sucuri-cache x-amz-cf-id ' +
    'x-amz-cf-pop x-azure-ref x-cocoon-version sap-server dspace-xsrf-token x-fortisandbox-version ' +
    'x-application-context docker-distribution-api-version www-authenticate x-umbraco-version'
  ).split(' '),
);

const tellingStarts =
  /^x-(?:drupal|litespeed|varnish|dnn|sitecore|magento|confluence|clickhouse|gitlab|grafana|teamcity|discourse|kong|envoy|oracle-dms|nextcloud)/;

/** Whether a header's name, in lower case, may tell a product. */
export function isTelling(name: string): boolean {
  return tellingHeaders.has(name) || tellingStarts.test(name);
}
