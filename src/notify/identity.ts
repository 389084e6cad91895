import { contentHash } from '../model/canonical.ts';
import type { NoticeChannel } from '../model/notice.ts';
import type { Digest } from './digest-types.ts';

/** The same for the same digest, told to the same organisation on the same day: a copy of it can be recognised as one. */
export function noticeId(
  province: string,
  channel: NoticeChannel,
  { organisation, day, told, counts }: Digest,
): string {
  const items = told.map(({ kind, finding, of }) => `${kind} ${finding} ${of}`).sort();
  return contentHash([province, organisation.id, channel, day, items, counts]).slice(0, 32);
}

/** RFC 5322, 3.6.4; the domain is that of the sender. */
export function messageId(id: string, from: string): string {
  return `<${id}.rasoat@${from.slice(from.lastIndexOf('@') + 1)}>`;
}
