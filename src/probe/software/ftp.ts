import { readRow, type Reading, type Row } from './reading.ts';

const rows: readonly Row[] = [
  { words: /\(?vsFTPd ?(?<version>\d[\w.]*)?/i, product: 'vsftpd', vendor: 'vsftpd' },
  { words: /ProFTPD(?: (?<version>\d[\w.]*))?(?: Server)?(?<os>[^\r\n]*)/i, product: 'proftpd', vendor: 'proftpd' },
  { words: /Pure-FTPd(?: (?<version>\d[\w.]*))?/i, product: 'pure-ftpd', vendor: 'pureftpd' },
  {
    words: /FileZilla Server(?: (?:version )?v?(?<version>\d[\w.]*))?/i,
    product: 'filezilla-server',
    vendor: 'filezilla',
  },
  {
    words: /Microsoft FTP Service(?: \(Version (?<version>\d[\w.]*)\))?/i,
    product: 'microsoft-ftp',
    vendor: 'microsoft',
  },
  { words: /Serv-U FTP Server v?(?<version>\d[\w.]*)?/i, product: 'serv-u', vendor: 'solarwinds' },
  { words: /Wing FTP Server(?: (?<version>\d[\w.]*))?/i, product: 'wing-ftp', vendor: 'wftpserver' },
  { words: /\(MikroTik (?<version>\d[\w.]*)\)/i, product: 'routeros', vendor: 'mikrotik' },
  { words: /\(GNU inetutils (?<version>\d[\w.]*)\)/i, product: 'inetutils-ftpd', vendor: 'gnu' },
  { words: /CrushFTP/i, product: 'crushftp', vendor: 'crushftp' },
  { words: /Gene6 FTP Server v?(?<version>\d[\w.]*)?/i, product: 'gene6-ftp', vendor: 'gene6' },
  { words: /Xlight FTP Server(?: v?(?<version>\d[\w.]*))?/i, product: 'xlight-ftp', vendor: 'xlightftpd' },
  { words: /pyftpdlib (?:based ftpd|(?<version>\d[\w.]*))/i, product: 'pyftpdlib', vendor: 'pyftpdlib' },
  { words: /Version wu-(?<version>\d[\w.]*)/i, product: 'wu-ftpd', vendor: 'wu-ftpd' },
];

/** An FTP greeting (RFC 959, reply 220). */
export function readFtp(text: string): readonly Reading[] {
  const found = readRow(rows, text);
  return found === undefined ? [] : [found];
}
