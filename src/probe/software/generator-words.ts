import { readRow, reading, type Reading, type Row } from './reading.ts';

/** Names in `<meta name=generator>` and X-Generator whose normalised name is not the words in lower case. */
const rows: readonly Row[] = [
  { words: /^WooCommerce(?: (?<version>\d[\w.-]*))?/i, product: 'woocommerce' },
  { words: /^WordPress(?:\.com)?(?:[ /]v?(?<version>\d[\w.-]*))?/i, product: 'wordpress' },
  { words: /^Joomla!?(?: (?<version>\d[\w.-]*))?/i, product: 'joomla' },
  { words: /^Drupal(?: (?<version>\d[\w.-]*))?/i, product: 'drupal' },
  { words: /^TYPO3(?: (?:CMS )?(?<version>\d[\w.-]*))?/i, product: 'typo3' },
  { words: /^Liferay[A-Za-z ]{0,40}(?<version>\d[\w.-]*)?/i, product: 'liferay' },
  { words: /^(?:DotNetNuke|DNN)\b(?: Platform)? ?(?<version>\d[\w.-]*)?/i, product: 'dotnetnuke', os: 'windows' },
  { words: /^Microsoft SharePoint(?: (?<version>\d[\w.-]*))?/i, product: 'sharepoint', os: 'windows' },
  { words: /^Umbraco(?: (?<version>\d[\w.-]*))?/i, product: 'umbraco', os: 'windows' },
  {
    words: /^Sitecore(?: (?:CMS|Experience Platform))?(?: (?<version>\d[\w.-]*))?/i,
    product: 'sitecore',
    os: 'windows',
  },
  { words: /^Sitefinity(?: (?<version>\d[\w.-]*))?/i, product: 'sitefinity', os: 'windows' },
  { words: /^Kentico(?: CMS)?(?: (?<version>\d[\w.-]*))?/i, product: 'kentico', os: 'windows' },
  { words: /^Orchard(?: (?:Core|CMS))?(?: (?<version>\d[\w.-]*))?/i, product: 'orchard' },
  { words: /^MediaWiki(?: (?<version>\d[\w.-]*))?/i, product: 'mediawiki' },
  { words: /^NukeViet(?: v?(?<version>\d[\w.-]*))?/i, product: 'nukeviet' },
  { words: /^Moodle(?: (?<version>\d[\w.-]*))?/i, product: 'moodle' },
  { words: /^Oracle WebCenter(?:[A-Za-z ]{0,20}(?<version>\d[\w.-]*))?/i, product: 'webcenter' },
  { words: /^Discuz! ?(?<version>X?\d[\w.-]*)?/i, product: 'discuz' },
  { words: /^DSpace(?: (?<version>\d[\w.-]*))?/i, product: 'dspace' },
  { words: /^Koha(?: (?<version>\d[\w.-]*))?/i, product: 'koha' },
  { words: /^Open Journal Systems(?: (?<version>\d[\w.-]*))?/i, product: 'open-journal-systems' },
  { words: /^concrete5?(?: ?CMS)?(?: - )?(?: (?<version>\d[\w.-]*))?/i, product: 'concrete' },
  { words: /^Plone(?: - .*)?/i, product: 'plone' },
  { words: /^Magento(?:,|\b)(?: ?(?<version>\d[\w.-]*))?/i, product: 'magento' },
  { words: /^PrestaShop(?: (?<version>\d[\w.-]*))?/i, product: 'prestashop' },
  { words: /^OpenCms(?: (?<version>\d[\w.-]*))?/i, product: 'opencms' },
  { words: /^XWiki(?: (?<version>\d[\w.-]*))?/i, product: 'xwiki' },
  { words: /^vBulletin ?(?<version>\d[\w.-]*)?/i, product: 'vbulletin' },
  { words: /^SilverStripe(?: - .*| (?<version>\d[\w.-]*))?/i, product: 'silverstripe' },
  { words: /^Ghost(?: (?<version>\d[\w.-]*))?/i, product: 'ghost' },
  { words: /^Craft(?: CMS)?$/i, product: 'craft' },
  { words: /^dotCMS(?: dot Platform)?(?: (?<version>\d[\w.-]*))?/i, product: 'dotcms' },
  { words: /^MODX(?: Revolution)?(?: (?<version>\d[\w.-]*))?/i, product: 'modx' },
  { words: /^Odoo(?: (?<version>\d[\w.-]*))?/i, product: 'odoo' },
  { words: /^Discourse (?<version>\d[\w.-]*)/i, product: 'discourse' },
  { words: /^GitLab/i, product: 'gitlab' },
  { words: /^Exponent Content Management System - v?(?<version>\d[\w.-]*)/i, product: 'exponent-cms' },
  { words: /^Hugo (?<version>\d[\w.-]*)/i, product: 'hugo' },
  {
    words: /^(?:Powered by )?(?:Visual Composer|Elementor|Slider Revolution|WPBakery|Site Kit)/i,
    product: 'wordpress',
  },
  {
    words: /^Microsoft (?:Word|FrontPage|Visual Studio)[ .]?(?:NET )?(?<version>\d[\w.-]*)?/i,
    product: 'microsoft-editor',
  },
];

/** A generator: a known name, or any `Name 1.2` made into one word. */
export function readGenerator(text: string): readonly Reading[] {
  const said = tagContent(text)
    .replace(/^X-Generator:\s*/i, '')
    .trim();
  const known = readRow(rows, said);
  if (known !== undefined) return [known];
  const versioned = /^([A-Za-z][A-Za-z0-9 .!_+-]{0,60}?)[ /]v?(\d[\w.-]*)(?:[\s;,(]|$)/.exec(said);
  const name = versioned?.[1] ?? /^[A-Za-z][\w.!+-]{0,60}$/.exec(said)?.[0];
  if (name === undefined) return [];
  const product = name
    .toLowerCase()
    .replace(/[^a-z0-9.+]+/g, '-')
    .replace(/-$/, '');
  return [reading({ product, version: versioned?.[2], guess: true })];
}

/** The value of a whole `<meta name="generator" content="...">`, or the text as it is. */
function tagContent(text: string): string {
  return /^\s*<meta\b[^>]*\bcontent=["']([^"'>]{0,300})/i.exec(text)?.[1] ?? text;
}
