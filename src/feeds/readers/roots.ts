import { X509Certificate } from 'node:crypto';
import { readText } from '../bytes.ts';
import type { FeedReader } from '../reader.ts';
import { refuse } from '../refuse.ts';

const blocks = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Root certificates, PEM (RFC 7468), any number a file. They tell no date of their own as a set. */
export const rootsReader: FeedReader = {
  version: 1,
  tables: 'CREATE TABLE root (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, pem TEXT NOT NULL) WITHOUT ROWID',
  indexes: '',
  read: async (sources, database) => {
    const insert = database.prepare('INSERT OR IGNORE INTO root VALUES (?, ?, ?)');
    let entries = 0;
    for (const { name, bytes } of sources) {
      const text = await readText(bytes());
      const pems = text.match(blocks) ?? [];
      if (pems.length === 0 || pems.length !== text.split('-----BEGIN CERTIFICATE-----').length - 1)
        refuse(name, 'truncated');
      for (const [index, pem] of pems.entries()) {
        const certificate = certificateOf(pem) ?? refuse(name, 'bad-entry', { at: String(index + 1) });
        const { changes } = insert.run(certificate.fingerprint256, nameOf(certificate), pem);
        entries += Number(changes);
      }
    }
    return { entries, complete: true };
  },
};

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** The common name, else the whole subject, on one line. */
function nameOf({ subject }: X509Certificate): string {
  const common = /^CN=(.+)$/m.exec(subject)?.[1];
  return (common ?? subject.replace(/\n/g, ', ')).slice(0, 200);
}
