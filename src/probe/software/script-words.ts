import { readRows, type Reading, type Row } from './reading.ts';

const tails = String.raw`(?:[.-](?:min|slim|core|all|pack|bundle|umd|prod|production|runtime|global))*\.js`;
const number = String.raw`v?(?<version>\d+\.\d[\w.-]{0,20}?)`;

/**
 * A library by its file, with the version where addresses tell it: `-3.3.1.min.js`, `@3.3.1`, `/3.3.1/`, and WordPress's
 * `?ver=3.3.1` of the copies that it ships. Other parameters are there to get past caches and tell nothing.
 */
function library(file: string, product: string): readonly Row[] {
  const forms = [
    `(?:^|/)${file}[-.]${number}${tails}`,
    `[/@]${file}@${number}(?:/|$)`,
    `/${file}(?:\\.js)?/${number}/`,
    `/${number}/(?:js/|dist/|build/|umd/)?${file}${tails}`,
    `/wp-includes/js/(?:[\\w/-]*/)?${file}${tails}\\?ver=${number}(?:&|$)`,
    `(?:^|/)${file}${tails}(?:[?#]|$)`,
  ];
  return forms.map((form) => ({ words: new RegExp(form, 'i'), product }));
}

const libraries: readonly Row[] = [
  ...library('jquery-ui', 'jquery-ui'),
  ...library('jquery-migrate', 'jquery-migrate'),
  ...library('jquery', 'jquery'),
  ...library('bootstrap', 'bootstrap'),
  ...library(String.raw`angular(?:\.js|js)?`, 'angularjs'),
  ...library('vue', 'vue'),
  ...library(String.raw`react(?:-dom)?`, 'react'),
  ...library(String.raw`(?:jquery\.)?datatables(?:\.net)?`, 'datatables'),
  ...library('select2', 'select2'),
  ...library('lodash', 'lodash'),
  ...library('underscore', 'underscore'),
  ...library('moment', 'moment'),
  ...library('handlebars', 'handlebars'),
  ...library('mustache', 'mustache'),
  ...library('prototype', 'prototype'),
  ...library('highcharts', 'highcharts'),
  ...library('tinymce', 'tinymce'),
  ...library('ckeditor', 'ckeditor'),
  ...library(String.raw`(?:dom)?purify`, 'dompurify'),
  ...library('swagger-ui', 'swagger'),
];

/** First comments of files, and addresses that only one product has. */
const rows: readonly Row[] = [
  { words: /jQuery (?:JavaScript Library )?v(?<version>\d[\w.-]*)/i, product: 'jquery' },
  { words: /jQuery UI -? ?v?(?<version>\d[\w.-]*)/i, product: 'jquery-ui' },
  { words: /Bootstrap v(?<version>\d[\w.-]*)/i, product: 'bootstrap' },
  { words: /AngularJS v(?<version>\d[\w.-]*)/i, product: 'angularjs' },
  { words: /Vue\.js v(?<version>\d[\w.-]*)/i, product: 'vue' },
  { words: /\/owa\/(?:auth\/)?(?<version>1\d\.\d\.\d[\d.]*)\//i, product: 'msexchange', os: 'windows' },
  { words: /\/owa\/auth\/|\/ecp\/(?<version>1\d\.\d\.\d[\d.]*)\//i, product: 'msexchange', os: 'windows' },
  {
    words: /\/wp-includes\/js\/(?:wp-embed|wp-emoji-release|wp-util)(?:\.min)?\.js\?ver=(?<version>\d[\w.]*)/i,
    product: 'wordpress',
  },
  { words: /\/wp-(?:includes|content)\//i, product: 'wordpress' },
  { words: /\/core\/misc\/drupal\.js\?v=(?<version>\d[\w.]*)/i, product: 'drupal' },
  { words: /\/misc\/drupal\.js|\/sites\/(?:all|default)\/(?:themes|modules|files)\//i, product: 'drupal' },
  { words: /\/media\/(?:jui|system|vendor\/joomla[\w-]*)\/js\//i, product: 'joomla' },
  { words: /\/typo3(?:temp|conf)\//i, product: 'typo3' },
  { words: /\/_layouts\/(?:15\/|16\/)?|\/_catalogs\/masterpage/i, product: 'sharepoint', os: 'windows' },
  {
    words: /\/DesktopModules\/|\/Resources\/Shared\/scripts\/|\/js\/dnn(?:core|\.)/i,
    product: 'dotnetnuke',
    os: 'windows',
  },
  {
    words: /Telerik\.Web\.UI(?:\.WebResource\.axd|[^&]{0,40}?Version%3d(?<version>\d[\d.]*))/i,
    product: 'telerik-ui',
    os: 'windows',
  },
  { words: /\/(?:ScriptResource|WebResource)\.axd/i, product: 'aspnet', os: 'windows' },
  {
    words: /\/(?:o|combo|html)\/(?:js\/liferay|frontend-js|frontend-theme|js\/everything\.jsp|js\/barebone\.jsp)/i,
    product: 'liferay',
  },
  { words: /\/assets\/js\/(?:language\/vi|global)\.js|\/themes\/[\w-]+\/js\/nv\./i, product: 'nukeviet' },
  { words: /\/theme\/yui_combo\.php|\/lib\/javascript\.php\//i, product: 'moodle' },
  { words: /\/static\/version\d{6,}\/frontend\//i, product: 'magento' },
  { words: /\/bitrix\/(?:js|cache|templates)\//i, product: 'bitrix' },
  { words: /\/zimbra\/(?:js|img)\//i, product: 'zimbra' },
  { words: /\/_next\/static\//i, product: 'nextjs' },
  { words: /\/_nuxt\//i, product: 'nuxt' },
  { words: /\/javax\.faces\.resource\//i, product: 'jsf' },
  { words: /\/sitefinity\//i, product: 'sitefinity', os: 'windows' },
];

const all: readonly Row[] = [...libraries, ...rows];

/** The address of a script or style, or the first comment of its file. */
export function readScript(text: string): readonly Reading[] {
  return readRows(all, text);
}
