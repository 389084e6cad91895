import { mailSuites } from './mail-suites.ts';
import { listOf, readRow, type Reading, type Row } from './reading.ts';

const windows = 'windows';
const smtp: readonly Row[] = [
  { words: /\bPostfix\b(?:[ -]\(?v?(?<version>\d[\w.]*)\)?)?(?<os>[^\r\n]*)/i, product: 'postfix' },
  { words: /\bExim(?:\/| )v?(?<version>\d[\w.]*)(?<os>[^\r\n]*)/i, product: 'exim' },
  { words: /\bExim\b/i, product: 'exim' },
  { words: /Microsoft Exchange Internet Mail Service (?<version>\d[\w.]*)/i, product: 'msexchange', os: windows },
  // With a version it is the SMTP service of Windows (IIS 6 management); Exchange says "ready at" and no number.
  {
    words: /Microsoft (?:ESMTP|SMTP) MAIL[^\r\n]{0,80}?Version: +(?<version>\d[\w.]*)/i,
    product: 'microsoft-smtp',
    os: windows,
  },
  { words: /Microsoft ESMTP MAIL Service/i, product: 'msexchange', os: windows },
  {
    words: /\bSendmail[ -](?:[A-Z]+\S* ?)?\/?(?<version>\d[\w.+]*)(?:\/\d[\w.+]*)?(?<os>[^\r\n;]*)/i,
    product: 'sendmail',
  },
  { words: /\bSendmail\b/i, product: 'sendmail' },
  { words: /\bOpenSMTPD\b(?:[ /](?<version>\d[\w.]*))?/i, product: 'opensmtpd' },
  { words: /\bHaraka(?:\/| )?(?<version>\d[\w.]*)?/i, product: 'haraka' },
  { words: /\b(?:net)?qmail\b(?:[- ](?<version>\d[\w.]*))?/i, product: 'qmail' },
  { words: /\bCourier\b(?: (?<version>\d[\w.]*))?/i, product: 'courier' },
  { words: /PowerMTA(?:\(TM\))? v?(?<version>\d[\w.]*)/i, product: 'powermta' },
  { words: /GroupWise Internet Agent (?<version>\d[\w.]*)/i, product: 'groupwise' },
  {
    words:
      /(?:Sun Java\(tm\) System|Oracle Communications|iPlanet) Messaging (?:Exchange )?Server (?<version>\d[\w.-]*)/i,
    product: 'oracle-messaging-server',
  },
  { words: /\bJAMES SMTP Server (?<version>\d[\w.]*)?/i, product: 'james' },
  { words: /CheckPoint FireWall-1/i, product: 'check-point' },
  { words: /^(?:220[ -])?[*20 ]{8,}\s*$/, product: 'cisco-pix' },
  { words: /\bFortiMail/i, product: 'fortimail' },
  { words: /Barracuda/i, product: 'barracuda-email-gateway' },
  { words: /Symantec (?:Messaging|Mail|Brightmail)/i, product: 'symantec-messaging-gateway' },
  { words: /Trend Micro|InterScan/i, product: 'interscan' },
  { words: /\bmx\.google\.com\b/i, product: 'google-smtp' },
  { words: /protection\.outlook\.com/i, product: 'exchange-online' },
  ...mailSuites,
];

const access: readonly Row[] = [
  { words: /\bDovecot\b(?<os>[^\r\n]*)/i, product: 'dovecot' },
  { words: /\bCourier-(?:IMAP|POP3)/i, product: 'courier' },
  {
    words: /\bCyrus (?:IMAP4?|POP3)(?: Murder)? (?:server )?v?(?<version>\d[\w.]*)(?<os>[^\r\n]*)/i,
    product: 'cyrus-imap',
  },
  { words: /\bCyrus (?:IMAP|POP3)/i, product: 'cyrus-imap' },
  { words: /Microsoft Exchange[^\r\n]{0,60}version (?<version>\d[\w.]*)/i, product: 'msexchange', os: windows },
  { words: /Microsoft Exchange/i, product: 'msexchange', os: windows },
  { words: /Microsoft Windows POP3 Service Version (?<version>\d[\w.]*)/i, product: 'windows-pop3', os: windows },
  { words: /\bIMAP4rev1 (?:v?(?<version>20\d\d[a-z]?\.\d+\w*))/i, product: 'uw-imap' },
  { words: /\bPOP3 \S+ (?:v?(?<version>20\d\d[a-z]?\.\d+\w*)) server ready/i, product: 'uw-imap' },
  { words: /\bQpopper \(version (?<version>\d[\w.]*)/i, product: 'qpopper' },
  { words: /\bQPOP \(version (?<version>\d[\w.]*)/i, product: 'qpopper' },
  { words: /\bpopa3d\b/i, product: 'popa3d' },
  { words: /\bteapop \[v?(?<version>\d[\w.]*)/i, product: 'teapop' },
  { words: /\bPMDF IMAP4rev1 V(?<version>\d[\w.-]*)/i, product: 'pmdf' },
  { words: /Gimap ready|Gpop ready/i, product: 'google-mail' },
  { words: /^(?:\* OK |\+OK )?IMAPrev1\s*$/i, product: 'hmailserver', os: windows },
  { words: /^(?:\+OK )?Hello there\.?(?: <[^>]{0,80}>)?\s*$/i, product: 'courier' },
  {
    words:
      /(?:Sun Java\(tm\) System|Oracle Communications|iPlanet) Messaging (?:Multiplexor|Server|Exchange Server)[^\d\r\n]{0,40}(?<version>\d[\w.-]*)/i,
    product: 'oracle-messaging-server',
  },
  ...mailSuites,
];

/** An SMTP greeting (RFC 5321, 4.3.1). */
export function readSmtp(text: string): readonly Reading[] {
  return listOf(readRow(smtp, text));
}

/** A POP3 (RFC 1939) or IMAP (RFC 9051) greeting. */
export function readMailbox(text: string): readonly Reading[] {
  return listOf(readRow(access, text));
}
