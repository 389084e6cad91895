import { reportHost } from './dmarc-record.ts';
import { parseTags, valueOf } from './tag-list.ts';

/** RFC 8460 section 3. */
export const isTlsRpt = (record: string): boolean => /^v=TLSRPTv1(?:;|\s|$)/.test(record);

/** Addresses for reports, `mailto:` or `https:`; null when the record breaks the grammar. */
export function tlsRptAddresses(record: string): readonly string[] | null {
  const { tags, broken } = parseTags(record);
  const list = (valueOf(tags, 'rua') ?? '').split(',', 20).map((address) => address.trim().slice(0, 300));
  const valid = (address: string) => reportHost(address) !== undefined || URL.parse(address)?.protocol === 'https:';
  return broken.length === 0 && list.every(valid) ? list : null;
}
