import type { Answer } from '../answer.ts';
import { decodeText } from '../decode-text.ts';
import { firstHeader } from '../headers.ts';
import { inflate } from '../inflate.ts';
import { digestOf } from './likeness.ts';
import { filterIn } from './filter-page.ts';
import type { ReadAnswer } from './prove.ts';

/** The answer in the clear, at most `maxBytes` of it, and what is stored of it. */
export async function readAnswer(url: URL, answer: Answer, maxBytes: number) {
  const { rawHeaders, status } = answer;
  const contentType = firstHeader(rawHeaders, 'content-type')?.slice(0, 256) ?? null;
  const encoding = firstHeader(rawHeaders, 'content-encoding') ?? 'identity';
  const clear =
    encoding.toLowerCase() === 'identity'
      ? { bytes: answer.body.subarray(0, maxBytes), cut: answer.body.length > maxBytes }
      : await inflate(answer.body, encoding, maxBytes);
  const bytes = clear?.bytes ?? Buffer.alloc(0);
  const text = decodeText(bytes, contentType);
  const isPage = /^\s*(?:text\/html|application\/xhtml)/i.test(contentType ?? '')
    ? true
    : /^\s*<(?:!doctype html|html[\s>])/i.test(text.slice(0, 512));
  const read: ReadAnswer = { status, rawHeaders, bytes, text, isPage };
  const location = locationOf(url, answer);
  const filter = filterIn(read);
  return {
    read,
    stored: {
      url: url.href.slice(0, 2048),
      status,
      contentType,
      bytes: answer.body.length,
      cut: answer.cut || clear?.cut === true,
      ...(location === undefined ? {} : { location }),
      digest: digestOf(bytes),
      ...(filter === undefined ? {} : { filter }),
    },
  };
}

function locationOf(url: URL, { status, rawHeaders }: Answer): string | undefined {
  const raw = status >= 300 && status < 400 ? firstHeader(rawHeaders, 'location') : undefined;
  return raw === undefined ? undefined : URL.parse(raw, url.href)?.href.slice(0, 2048);
}
