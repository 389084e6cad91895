import { createHash } from 'node:crypto';
import type { ReadAnswer } from './prove.ts';

/** What is compared of two answers to tell whether they say the same. */
export type Likeness = {
  readonly status: number;
  readonly digest: string;
  readonly location: string | undefined;
  readonly isPage: boolean;
  readonly title: string | undefined;
  /** Words of the beginning of the text, the path that was asked and numbers taken out. */
  readonly words: ReadonlySet<string>;
};

const wordsFrom = 32_768;
const alike = 0.9;

export function likenessOf(answer: ReadAnswer, path: string, location: string | undefined): Likeness {
  const text = answer.text.slice(0, wordsFrom).replaceAll(path, ' ').replaceAll(encodeURIComponent(path), ' ');
  return {
    status: answer.status,
    digest: digestOf(answer.bytes),
    location: location?.replaceAll(path, '').replaceAll(encodeURIComponent(path), ''),
    isPage: answer.isPage,
    title: /<title[^>]{0,200}>([^<]{1,200})/i.exec(text)?.[1]?.trim(),
    words: new Set((text.match(/[\p{L}\p{M}\p{N}]{2,40}/gu) ?? []).filter((word) => !/\p{N}/u.test(word))),
  };
}

/**
 * Whether an answer is the one that a path which does not exist gets: then it proves nothing of this path. Pages that
 * repeat the path or carry numbers that change (tokens, times) are alike all the same.
 */
export function isLike(answer: Likeness, missing: Likeness): boolean {
  if (answer.status !== missing.status) return false;
  if (answer.location !== undefined || missing.location !== undefined) return answer.location === missing.location;
  if (answer.digest === missing.digest) return true;
  if (!answer.isPage || !missing.isPage) return false;
  return answer.title === missing.title && overlap(answer.words, missing.words) >= alike;
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const most = Math.max(one.size, other.size);
  if (most === 0) return 1;
  let both = 0;
  for (const word of one) if (other.has(word)) both += 1;
  return both / most;
}

/** First 16 hexadecimal digits of the SHA-256. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
