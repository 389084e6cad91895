import type { OpenPort } from '../../model/facts/ports.ts';
import type { SoftwareFacts, SoftwareOpinion, SoftwareSource } from '../../model/facts/software.ts';
import type { Fingerprints } from '../../model/software/fingerprints.ts';
import { bannerSource } from './from-banner.ts';

const mostOpinions = 200;

type Words = { readonly source: SoftwareSource; readonly port: number; readonly text: string };

/**
 * Puts beside what was read what the fingerprints of a feed make of the same words, and of greetings in which we read
 * nothing. Names of cookies and hashes of icons are ours alone.
 */
export function withOpinions(
  facts: SoftwareFacts,
  fingerprints: Fingerprints | undefined,
  open: readonly OpenPort[] = [],
): SoftwareFacts {
  if (fingerprints === undefined) return facts;
  const words = new Map<string, Words>();
  for (const { source, port, text } of [...facts.items, ...open.flatMap(greetingOf)])
    words.set(`${source} ${port} ${text}`, { source, port, text });
  const opinions = [...words.values()].flatMap((one): readonly SoftwareOpinion[] => {
    const found = fingerprints(one.source, one.text);
    return found === undefined ? [] : [{ ...found, ...one }];
  });
  return { ...facts, opinions: opinions.slice(0, mostOpinions) };
}

function greetingOf({ port, service, banner }: OpenPort): readonly Words[] {
  const source = service === undefined ? undefined : bannerSource(service);
  return source === undefined || banner === undefined ? [] : [{ source, port, text: banner.slice(0, 1024) }];
}
