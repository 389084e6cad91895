import { own } from '../own.ts';
import { exchangeBuilds } from './release-exchange.ts';
import { windowsBuilds } from './release-windows.ts';

/** What a number stands for by its maker's own tables: the release as people call it, and how the CPE dictionary names it. */
export type Release = {
  readonly name: string;
  readonly cpe?: { readonly product?: string; readonly version?: string; readonly update?: string };
};

/** The release behind a version; undefined where no table tells one. Sources stand at each table. */
export function releaseOf(product: string, version: string): Release | undefined {
  return own(tables, product)?.(version);
}

const tables: Readonly<Record<string, (version: string) => Release | undefined>> = {
  aspnet: byStart([
    ['4.0.30319', { name: '.NET Framework 4.0–4.8.1 (CLR 4)', cpe: { version: '-' } }],
    ['2.0.50727', { name: '.NET Framework 2.0–3.5 SP1 (CLR 2)', cpe: { version: '-' } }],
    ['1.1.4322', { name: '.NET Framework 1.1', cpe: { version: '1.1' } }],
    ['1.0.3705', { name: '.NET Framework 1.0', cpe: { version: '1.0' } }],
  ]),
  // learn.microsoft.com/en-us/lifecycle/products/internet-information-services-iis: a part of Windows, version by version.
  iis: byStart([
    ['10.0', { name: 'IIS 10.0 (Windows Server 2016–2025, Windows 10–11)' }],
    ['8.5', { name: 'IIS 8.5 (Windows Server 2012 R2, Windows 8.1)' }],
    ['8.0', { name: 'IIS 8.0 (Windows Server 2012, Windows 8)' }],
    ['7.5', { name: 'IIS 7.5 (Windows Server 2008 R2, Windows 7)' }],
    ['7.0', { name: 'IIS 7.0 (Windows Server 2008, Windows Vista)' }],
    ['6.0', { name: 'IIS 6.0 (Windows Server 2003, Windows XP x64)' }],
    ['5.1', { name: 'IIS 5.1 (Windows XP)' }],
    ['5.0', { name: 'IIS 5.0 (Windows 2000)' }],
  ]),
  msexchange: (version) => {
    const build = /^(\d+\.\d+\.\d+)/.exec(version)?.[1] ?? version;
    const [year, update] = (
      own(exchangeBuilds, build) ??
      own(exchangeBuilds, build.split('.').slice(0, 2).join('.')) ??
      ''
    ).split('|');
    if (year === undefined || year === '') return undefined;
    return {
      name: `Exchange Server ${year}${update === undefined ? '' : ` ${update}`}`,
      cpe: {
        version: year === 'SE' ? 'subscription_edition' : year,
        ...(update === undefined ? {} : { update: words(update) }),
      },
    };
  },
  // learn.microsoft.com/en-us/troubleshoot/sql/releases/download-and-install-latest-updates
  mssqlserver: (version) => sqlServer.find(([start]) => begins(version, start))?.[1](version),
  // learn.microsoft.com/en-us/officeupdates/sharepoint-updates: 16.0 builds tell the release by their size.
  sharepoint: (version) => sharePoint(version),
  windows: (version) => windowsRelease(version),
  'windows-server': (version) => windowsRelease(version),
};

function byStart(rows: readonly (readonly [string, Release])[]): (version: string) => Release | undefined {
  return (version) => rows.find(([start]) => begins(version, start))?.[1];
}

/** Whether a version is `start` or goes on behind it at a point. */
function begins(version: string, start: string): boolean {
  return version === start || version.startsWith(`${start}.`);
}

const sqlRelease =
  (year: string, cpe: (version: string) => Release['cpe']) =>
  (version: string): Release => ({ name: `SQL Server ${year}`, cpe: cpe(version) ?? {} });
const ownName = (year: string) => sqlRelease(year, (version) => ({ product: `sql_server_${year}`, version }));
const shared = (year: string, update?: string) =>
  sqlRelease(update === undefined ? year : `${year} ${update.toUpperCase()}`, () => ({
    version: year,
    ...(update === undefined ? {} : { update }),
  }));
const sqlServer: readonly (readonly [string, (version: string) => Release])[] = [
  ['17.0', ownName('2025')],
  ['16.0', ownName('2022')],
  ['15.0', ownName('2019')],
  ['14.0', ownName('2017')],
  ['13.0', ownName('2016')],
  ['12.0', shared('2014')],
  ['11.0', shared('2012')],
  ['10.50', shared('2008', 'r2')],
  ['10.0', shared('2008')],
  ['9.0', shared('2005')],
  ['8.0', shared('2000')],
];

function sharePoint(version: string): Release | undefined {
  const [major = 0, , , build = 0, short = 0] = version.split('.').map(Number);
  const is = (year: string, product: string): Release => ({
    name: `SharePoint ${year}`,
    cpe: { product, version: year === 'SE' ? '-' : year },
  });
  if (major === 16) {
    // Headers tell 16.0.0.BUILD, files 16.0.BUILD.REVISION.
    const number = build > 1000 ? build : Number(version.split('.')[2]) || short;
    if (number >= 14326 && number < 20000)
      return { ...is('SE', 'sharepoint_server'), name: 'SharePoint Server Subscription Edition' };
    if (number >= 10337 && number < 14326) return is('2019', 'sharepoint_server');
    if (number >= 4000 && number < 6000) return is('2016', 'sharepoint_enterprise_server');
    return undefined;
  }
  if (major === 15) return is('2013', 'sharepoint_server');
  if (major === 14) return is('2010', 'sharepoint_server');
  return major === 12 ? is('2007', 'sharepoint_server') : undefined;
}

function windowsRelease(version: string): Release | undefined {
  const parts = /^(\d+\.\d+)(?:\.(\d+))?/.exec(version);
  const name = own(windowsBuilds, `${parts?.[1] ?? ''}.${parts?.[2] ?? ''}`) ?? own(windowsBuilds, parts?.[1] ?? '');
  return name === undefined ? undefined : { name };
}

/** `SP1 CU12` as the dictionary writes it. */
function words(update: string): string {
  return update.toLowerCase().replace(/^cu/, 'cumulative_update_').replace(/^sp/, 'sp').replace(/ /g, '_');
}
