import type { StartTls } from '../../../../src/model/facts/tls.ts';

/** One thing a server says, and what the client must have sent before it; absent: the server speaks first. */
export type Said = { readonly after?: string | RegExp; readonly say: string };

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex').toString('latin1');
const features = (...inner: string[]) => `<stream:features>${inner.join('')}</stream:features>`;
const offer = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";

export const stream = (namespace: string) =>
  `<?xml version='1.0'?><stream:stream xmlns='${namespace}' xmlns:stream='http://etherx.jabber.org/streams' id='1' from='lab.test' version='1.0'>`;

/** The greeting of MySQL 8.0.33 with these lower capabilities. */
export function mysqlGreeting(capabilities: number): string {
  const payload = Buffer.concat([
    Buffer.from('\x0a8.0.33\0\x07\0\0\0abcdefgh\0', 'latin1'),
    Buffer.of(capabilities & 255, capabilities >> 8, 45, 2, 0, 0xff, 0xdf, 21),
    Buffer.alloc(10),
    Buffer.from('ijklmnopqrst\0caching_sha2_password\0', 'latin1'),
  ]);
  return Buffer.concat([Buffer.of(payload.length, 0, 0, 0), payload]).toString('latin1');
}

/** LDAPMessage `id` with an ExtendedResponse. */
export function ldapResponse(code: number, text = '', id = 1): string {
  const diagnostic = Buffer.from(text);
  const inner = Buffer.concat([Buffer.of(0x0a, 1, code, 4, 0, 4, diagnostic.length), diagnostic]);
  const operation = Buffer.concat([Buffer.of(0x02, 1, id, 0x78, inner.length), inner]);
  return Buffer.concat([Buffer.of(0x30, operation.length), operation]).toString('latin1');
}

/** X.224 Connection Confirm with a negotiation of this type and value. */
export const rdpConfirm = (type: number, value: number) =>
  hex(`03 00 00 13 0e d0 00 00 12 34 00 0${type} 00 08 00 0${value} 00 00 00`);

/** What a server of each protocol says up to the go-ahead, by the examples of its standard. */
export const transcripts: Readonly<Record<StartTls, readonly Said[]>> = {
  smtp: [
    { say: '220-mail.lab.test ESMTP\r\n220 ready\r\n' },
    { after: 'EHLO rasoat.invalid\r\n', say: '250-mail.lab.test\r\n250-8BITMIME\r\n250-STARTTLS\r\n250 DSN\r\n' },
    { after: 'STARTTLS\r\n', say: '220 Go ahead\r\n' },
  ],
  lmtp: [
    { say: '220 lmtp.lab.test LMTP\r\n' },
    { after: 'LHLO rasoat.invalid\r\n', say: '250-lmtp.lab.test\r\n250 starttls\r\n' },
    { after: 'STARTTLS\r\n', say: '220\r\n' },
  ],
  imap: [
    { say: '* OK IMAP4rev1 ready\r\n' },
    { after: 'a1 CAPABILITY\r\n', say: '* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK done\r\n' },
    { after: 'a2 STARTTLS\r\n', say: '* OK [ALERT] still here\r\na2 OK Begin TLS negotiation now\r\n' },
  ],
  pop3: [
    { say: '+OK POP3 server ready\r\n' },
    { after: 'CAPA\r\n', say: '+OK\r\nTOP\r\nSTLS\r\n..odd\r\n.\r\n' },
    { after: 'STLS\r\n', say: '+OK Begin TLS negotiation\r\n' },
  ],
  ftp: [
    { say: '220-Welcome\r\n  221 is no end\r\nanything at all\r\n220 ready\r\n' },
    { after: 'AUTH TLS\r\n', say: '234 AUTH command OK.\r\n' },
  ],
  ldap: [{ after: /^\x30\x1d\x02\x01\x01\x77\x18\x80\x161\.3\.6\.1\.4\.1\.1466\.20037$/, say: ldapResponse(0) }],
  'xmpp-client': [
    {
      after: /^<\?xml version='1.0'\?><stream:stream xmlns='jabber:client' .* to='lab\.test' version='1\.0' .*[^?]>$/,
      say: `${stream('jabber:client')} ${features(offer)}`,
    },
    { after: /^<starttls .*\/>$/, say: "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" },
  ],
  'xmpp-server': [
    {
      after: /xmlns='jabber:server' .* to='lab\.test' from='rasoat\.invalid' version='1\.0' .*[^?]>$/,
      say: `${stream('jabber:server')}${features("<dialback xmlns='urn:xmpp:features:dialback'/>", offer)}`,
    },
    { after: /^<starttls .*\/>$/, say: "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'></proceed>" },
  ],
  postgres: [{ after: hex('00000008 04d2162f'), say: 'S' }],
  mysql: [{ say: mysqlGreeting(0xffff) }],
  nntp: [
    { say: '200 news.lab.test ready\r\n' },
    { after: 'CAPABILITIES\r\n', say: '101 list follows\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n' },
    { after: 'STARTTLS\r\n', say: '382 Continue with TLS negotiation\r\n' },
  ],
  sieve: [
    {
      say: '"IMPLEMENTATION" {17+}\r\nLab "OK" {9}\r\nsieve\r\n"SIEVE" "fileinto"\r\n"STARTTLS"\r\n"VERSION" "1.0"\r\nOK "ready"\r\n',
    },
    { after: 'STARTTLS\r\n', say: 'OK {5}\r\nBegin\r\n' },
  ],
  rdp: [{ after: hex('03000013 0ee00000 00000001 00080007 000000'), say: rdpConfirm(2, 2) }],
};
