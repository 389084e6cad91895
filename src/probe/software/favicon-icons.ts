/** An icon and the package that was seen to ship it. */
type ShippedIcon = readonly [sha256: string, product: string, from: string];

/**
 * Computed on 2026-11-25 from what Debian 12 ships, each with its package, version and file (`dpkg-deb --fsys-tarfile`, then
 * `sha256sum`). Upstream's and other distributions' copies of the same file count alike; an icon of another release is not known.
 */
const icons: readonly ShippedIcon[] = [
  [
    '30162b424df7998e5e0adc05b3e22074504698ea81969a5088336653ed4e7c2e',
    'adminer',
    'adminer 4.8.1-1 /usr/share/adminer/adminer/static/favicon.ico',
  ],
  [
    '44fb4108c903c5c226eb4b5c96bcdf9e52ea0bf12bdccd8a1619fe7b529c814a',
    'cacti',
    'cacti 1.2.24+ds1-1+deb12u5 /usr/share/cacti/site/images/favicon.ico',
  ],
  [
    '231bd7f403ef5607d55cf819f6992f8236c9f5be2db9685abc36f0565ff85edd',
    'cgit',
    'cgit 1.2.3+git20221219.50.91f2590+git2.39.1-1 /usr/share/cgit/favicon.ico',
  ],
  [
    '966d2a27cdfe680c1fe1f98bdc69819755dcf3e5f2835d956da40ded8d661a76',
    'cockpit',
    'cockpit-ws 287.1-0+deb12u3 /usr/share/cockpit/branding/default/favicon.ico',
  ],
  [
    '3ca2c21f1821782f2b2a29b814b7aa240862014a35fdee54d23a72575fc16ec1',
    'dokuwiki',
    'dokuwiki 0.0.20220731.a-2 /var/lib/dokuwiki/lib/tpl/dokuwiki/images/favicon.ico',
  ],
  [
    '770ba0cdbeef8afa8edf5c6567ee907a7718338ce24b53046dcea18885850734',
    'icingaweb2',
    'icingaweb2 2.11.4-2+deb12u1 /usr/share/icingaweb2/public/img/favicon.png',
  ],
  [
    '4c302a04ac7755f5976a3236c46ae4680a8b3643aec9298c0741af511121e0ef',
    'munin',
    'munin 2.0.73-1 /etc/munin/static/favicon.ico',
  ],
  [
    'e5fe54814abebb9787b45f2fd7b30aa931aea9c390b42da8882b888e1eef9fb6',
    'netdata',
    'netdata-web 1.37.1-2 /usr/share/netdata/web/favicon.ico',
  ],
  [
    '6066c8b6fb980fd9f71c787f5e1a7175f3f65e8cc6a5a32ed72496040697144b',
    'ocsinventory',
    'ocsinventory-reports 2.8.1+dfsg1+~2.11.1-1 /usr/share/ocsinventory-reports/favicon.ico',
  ],
  [
    '8b3267409f9ea8f2cc4d557e6ea6452b3ee75639928b95be544e777f1db230a6',
    'phpldapadmin',
    'phpldapadmin 1.2.6.3-0.3+deb12u1 /usr/share/phpldapadmin/htdocs/images/favicon.ico',
  ],
  [
    'e2905705920b2636309d785c2df3f155d6379b0aa9a44dc7831524505fa2defd',
    'phpmyadmin',
    'phpmyadmin 4:5.2.1+dfsg-1+deb12u1 /usr/share/phpmyadmin/favicon.ico',
  ],
  [
    '5210ac65f141394a8540d408a9b56ed64c21c6b212cb28144c874f5715be9ed1',
    'redmine',
    'redmine 5.0.4-5+deb12u1 /usr/share/redmine/public/favicon.ico',
  ],
  [
    '7b30e499996ec4631848d3509d803d9311f5d71999212f2f4c1ca7af8f24eb69',
    'roundcube',
    'roundcube-core 1.6.5+dfsg-1+deb12u13 /usr/share/roundcube/skins/elastic/images/favicon.ico',
  ],
  [
    '65934be829b8d957cce772813fff62689ee965a15b4590372ec0e286a65b44e5',
    'rspamd',
    'rspamd 3.4-1 /usr/share/rspamd/www/favicon.ico',
  ],
  [
    '2cd531b6e23d97fda2d117807e8fde9bb85279ea783b5122c68373e21ad946c1',
    'simplesamlphp',
    'simplesamlphp 1.19.7-1+deb12u2 /usr/share/simplesamlphp/www/assets/icons/favicon.ico',
  ],
  [
    'e5371ac60c9e5809a6c225b971a2acdb611908a933113fc8a78281f9f67a4340',
    'sogo',
    'sogo-common 5.8.0-2+deb12u4 /usr/share/GNUstep/SOGo/WebServerResources/img/sogo.ico',
  ],
  [
    '64a3170a912786e9eece7e347b58f36471cb9d0bc790697b216c61050e6b1f08',
    'tomcat',
    'tomcat10-admin 10.1.60-1~deb12u1 /usr/share/tomcat10-admin/manager/images/favicon.ico',
  ],
  [
    '22b06a141c425c92951056805f46691c4cd8e7547ed90b8836a282950d4b4be2',
    'zabbix',
    'zabbix-frontend-php 1:6.0.14+dfsg-1 /usr/share/zabbix/favicon.ico',
  ],
  [
    '3320b8b0c2e119efbf5aa9e85e9f09bd96e1d505bace119990f7d5b81fcead39',
    'zoneminder',
    'zoneminder 1.36.33+dfsg1-1 /usr/share/zoneminder/www/graphics/favicon.ico',
  ],
];

/** Products by the SHA-256 of the icon that they ship. */
export const shippedIcons: ReadonlyMap<string, string> = new Map(icons.map(([sha256, product]) => [sha256, product]));
