import { readRow, type Reading, type Row } from './reading.ts';

const microsoft = 'microsoft';

/** Products that answer on SMTP, POP3 and IMAP alike. */
const suites: readonly Row[] = [
  { words: /MDaemon(?:[A-Za-z0-9 ]{0,20}? (?<version>\d+\.[\w.]*))?/i, product: 'mdaemon', vendor: 'alt-n' },
  { words: /Kerio (?:Connect|MailServer)(?: (?<version>\d[\w.]*))?/i, product: 'kerio-connect', vendor: 'gfi' },
  { words: /IceWarp(?: (?<version>\d[\w.]*))?/i, product: 'icewarp', vendor: 'icewarp' },
  {
    words: /CommuniGate Pro(?: (?:SMTP|IMAP|POP3))?(?: Server)?(?: (?<version>\d[\w.]*))?/i,
    product: 'communigate-pro',
  },
  { words: /(?:Lotus|IBM|HCL) Domino[^\r\n]{0,40}?Release (?<version>\d[\w.]*)/i, product: 'domino', vendor: 'hcl' },
  { words: /(?:Lotus|IBM|HCL) Domino/i, product: 'domino', vendor: 'hcl' },
  { words: /SmarterMail(?: (?<version>\d[\w.]*))?/i, product: 'smartermail', vendor: 'smartertools' },
  { words: /hMailServer/i, product: 'hmailserver', vendor: 'hmailserver' },
  { words: /Zimbra(?: (?<version>\d[\w.]*))?/i, product: 'zimbra', vendor: 'synacor' },
];

const smtp: readonly Row[] = [
  { words: /\bPostfix\b(?: (?<version>\d[\w.]*))?(?<os>[^\r\n]*)/i, product: 'postfix', vendor: 'postfix' },
  { words: /\bExim (?<version>\d[\w.]*)(?<os>[^\r\n]*)/i, product: 'exim', vendor: 'exim' },
  { words: /\bExim\b/i, product: 'exim', vendor: 'exim' },
  // With a version it is the SMTP service of Windows (IIS 6 management); Exchange says "ready at" and no number.
  {
    words: /Microsoft ESMTP MAIL Service, Version: (?<version>\d[\w.]*)/i,
    product: 'microsoft-smtp',
    vendor: microsoft,
  },
  { words: /Microsoft ESMTP MAIL Service ready/i, product: 'msexchange', vendor: microsoft },
  { words: /\bSendmail (?:[A-Z]+ )?(?<version>\d[\w.]*)(?<os>[^\r\n;]*)/i, product: 'sendmail', vendor: 'proofpoint' },
  { words: /\bSendmail\b/i, product: 'sendmail', vendor: 'proofpoint' },
  { words: /\bOpenSMTPD\b/i, product: 'opensmtpd', vendor: 'openbsd' },
  { words: /\bHaraka(?:\/| )?(?<version>\d[\w.]*)?/i, product: 'haraka', vendor: 'haraka' },
  ...suites,
];

const access: readonly Row[] = [
  { words: /\bDovecot\b(?<os>[^\r\n]*)/i, product: 'dovecot', vendor: 'dovecot' },
  { words: /\bCourier-(?:IMAP|POP3)/i, product: 'courier', vendor: 'courier-mta' },
  {
    words: /\bCyrus (?:IMAP4?|POP3) (?:server )?v?(?<version>\d[\w.]*)(?<os>[^\r\n]*)/i,
    product: 'cyrus-imap',
    vendor: 'cyrus',
  },
  { words: /\bCyrus (?:IMAP|POP3)/i, product: 'cyrus-imap', vendor: 'cyrus' },
  { words: /Microsoft Exchange/i, product: 'msexchange', vendor: microsoft },
  { words: /\bIMAP4rev1 (?<version>20\d\d\.\d+) at\b/i, product: 'uw-imap', vendor: 'uw' },
  ...suites,
];

/** An SMTP greeting (RFC 5321, 4.3.1). */
export function readSmtp(text: string): readonly Reading[] {
  const found = readRow(smtp, text);
  return found === undefined ? [] : [found];
}

/** A POP3 (RFC 1939) or IMAP (RFC 9051) greeting. */
export function readMailbox(text: string): readonly Reading[] {
  const found = readRow(access, text);
  return found === undefined ? [] : [found];
}
