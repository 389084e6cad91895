import type { Row } from './reading.ts';

const windows = 'windows';

/** Products that answer on SMTP, POP3 and IMAP alike. */
export const mailSuites: readonly Row[] = [
  { words: /MDaemon(?:[A-Za-z0-9 ]{0,20}? v?(?<version>\d+\.[\w.]*))?/i, product: 'mdaemon', os: windows },
  { words: /Kerio (?:Connect|MailServer)(?: (?<version>\d[\w.]*))?/i, product: 'kerio-connect' },
  { words: /IceWarp(?: Server)?(?: (?<version>\d[\w.]*))?/i, product: 'icewarp' },
  { words: /\bMerak (?<version>\d[\w.]*)/i, product: 'icewarp', os: windows },
  {
    words: /CommuniGate Pro(?: (?:SMTP|IMAP|POP3))?(?: Server)?(?: (?<version>\d[\w.]*))?/i,
    product: 'communigate-pro',
  },
  { words: /\bDomino[^\r\n]{0,60}?Release (?<version>\d[\w.]*)/i, product: 'domino' },
  { words: /\bNotes POP3 server[^\r\n]{0,40}?Release (?<version>\d[\w.]*)/i, product: 'domino' },
  { words: /\bDomino[^\r\n]{0,40}? V\.?(?<version>\d[\w.]*)/i, product: 'domino' },
  { words: /(?:Lotus|IBM|HCL) Domino|\bDomino (?:IMAP|POP3)/i, product: 'domino' },
  { words: /SmarterMail(?: (?<version>\d[\w.]*))?/i, product: 'smartermail' },
  { words: /hMailServer(?: (?<version>\d[\w.]*))?/i, product: 'hmailserver', os: windows },
  { words: /Zimbra(?: (?<version>\d[\w.]*))?/i, product: 'zimbra' },
  { words: /MailEnable[^\r\n]{0,30}?Version: (?:0-)?(?<version>\d[\w.]*)/i, product: 'mailenable', os: windows },
  { words: /MailEnable/i, product: 'mailenable', os: windows },
  { words: /\bIMail (?<version>\d[\w.]*)/i, product: 'imail', os: windows },
  { words: /\bAXIGEN\b(?: (?:ESMTP|IMAP4rev1|POP3))?(?: v?(?<version>\d[\w.]*))?/i, product: 'axigen' },
  { words: /SurgeMail(?: \(?(?:Version )?(?<version>\d[\w.]*))?/i, product: 'surgemail' },
  { words: /\bXMail (?<version>\d[\w.]*)/i, product: 'xmail' },
  { words: /Mercury\/32 v(?<version>\d[\w.]*)/i, product: 'mercury', os: windows },
  { words: /ArGoSoft Mail Server[^\r\n]{0,60}\((?<version>\d[\d.]*)\)/i, product: 'argosoft', os: windows },
  { words: /Winmail (?:Mail )?Server[^\d\r\n]{0,10}(?<version>\d[\w.]*)?/i, product: 'winmail', os: windows },
  { words: /\bWinWebMail\b/i, product: 'winwebmail', os: windows },
  { words: /\bCoremail\b/i, product: 'coremail' },
  { words: /AppleShare IP Mail Server (?<version>\d[\w.]*)/i, product: 'appleshare-ip-mail', os: 'macos' },
  { words: /Eudora Internet Mail Server (?<version>\d[\w.]*)/i, product: 'eudora-internet-mail-server' },
  { words: /CCProxy (?<version>\d[\w.]*)/i, product: 'ccproxy', os: windows },
  { words: /\bStalwart\b(?:[A-Za-z ]{0,20} v?(?<version>\d[\w.]*))?/i, product: 'stalwart' },
  { words: /\bOpen-?Xchange\b/i, product: 'open-xchange' },
];
