import type { CertificateWish, Identity } from '../../servers/certificates.ts';
import type { Stop } from '../servers.ts';

/** What the parts of the lab are given. */
export type Bench = {
  /** Where programs write. */
  readonly folder: string;
  /** A certificate of the lab's own root. */
  readonly issue: (name: string, wish?: Partial<CertificateWish>) => Promise<Identity>;
  /** Takes servers that are starting, to be stopped with the lab. */
  readonly add: (...servers: readonly Promise<Stop>[]) => Promise<void>;
  /** Says that a real program runs rather than a stand-in in this process. */
  readonly runs: (program: string) => void;
};

export const goodHeaders = {
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'Content-Security-Policy': "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'geolocation=(), camera=(), microphone=()',
};
export const modern = { minVersion: 'TLSv1.2' } as const;
/** TLS as a server of ten years ago has it. */
export const aged = { minVersion: 'TLSv1', maxVersion: 'TLSv1.2', ciphers: 'ALL:!aNULL:@SECLEVEL=0' } as const;

export const page = (title: string, extra = '') =>
  `<!doctype html><html lang="vi"><head><title>${title}</title>${extra}</head><body><h1>${title}</h1></body></html>`;
export const login = '<form method="post" action="/dang-nhap"><input name="u"><input type="password" name="p"></form>';
