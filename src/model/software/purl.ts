import { own } from '../own.ts';

/** Where a product is published as a package: the type and name of a package URL. */
const packages: Readonly<Record<string, string>> = {
  angularjs: 'npm/angular',
  aiohttp: 'pypi/aiohttp',
  bootstrap: 'npm/bootstrap',
  cherrypy: 'pypi/cherrypy',
  ckeditor: 'npm/ckeditor',
  codeigniter: 'composer/codeigniter4/framework',
  django: 'pypi/django',
  dompurify: 'npm/dompurify',
  drupal: 'composer/drupal/core',
  express: 'npm/express',
  flask: 'pypi/flask',
  gunicorn: 'pypi/gunicorn',
  handlebars: 'npm/handlebars',
  highcharts: 'npm/highcharts',
  hypercorn: 'pypi/hypercorn',
  jetty: 'maven/org.eclipse.jetty/jetty-server',
  jquery: 'npm/jquery',
  'jquery-migrate': 'npm/jquery-migrate',
  'jquery-ui': 'npm/jquery-ui',
  laravel: 'composer/laravel/framework',
  lodash: 'npm/lodash',
  moment: 'npm/moment',
  mustache: 'npm/mustache',
  nextjs: 'npm/next',
  nuxt: 'npm/nuxt',
  paramiko: 'pypi/paramiko',
  prototype: 'npm/prototype',
  puma: 'gem/puma',
  pyftpdlib: 'pypi/pyftpdlib',
  rails: 'gem/rails',
  react: 'npm/react',
  strapi: 'npm/@strapi/strapi',
  swagger: 'npm/swagger-ui',
  symfony: 'composer/symfony/symfony',
  tinymce: 'npm/tinymce',
  tomcat: 'maven/org.apache.tomcat/tomcat',
  tornado: 'pypi/tornado',
  twisted: 'pypi/twisted',
  typo3: 'composer/typo3/cms-core',
  underscore: 'npm/underscore',
  undertow: 'maven/io.undertow/undertow-core',
  uvicorn: 'pypi/uvicorn',
  vue: 'npm/vue',
  waitress: 'pypi/waitress',
  werkzeug: 'pypi/werkzeug',
};

/** A package of a distribution: Debian's and Ubuntu's by source package, others by rpm. */
export type DistributionPackage = {
  readonly system: string;
  /** Release of the system, `12`, `22.04`, where the words tell it. */
  readonly release?: string;
  readonly name: string;
  /** With its epoch, `1:9.2p1-2+deb12u3`. */
  readonly version: string;
};

/** The package URL (purl-spec) of a product of an ecosystem; undefined where it is none or no version is told. */
export function purlOf(product: string, version: string | undefined): string | undefined {
  const name = own(packages, product);
  if (name === undefined || version === undefined) return undefined;
  return `pkg:${name.replace('@', '%40')}@${encode(version)}`;
}

/** The package URL of a distribution's package. */
export function distributionPurl({ system, release, name, version }: DistributionPackage): string {
  const type = rpmSystems.has(system) ? 'rpm' : system === 'alpine' ? 'apk' : 'deb';
  const distro = release === undefined ? '' : `?distro=${system}-${release}`;
  return `pkg:${type}/${system}/${name}@${encode(version)}${distro}`;
}

const rpmSystems: ReadonlySet<string> = new Set([
  'almalinux',
  'amazon-linux',
  'centos',
  'fedora',
  'oracle-linux',
  'rhel',
  'rocky-linux',
  'suse',
]);

/** Percent-encoding of the purl specification, which leaves `:` alone. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/%3A/gi, ':');
}
