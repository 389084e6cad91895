import type { SeenVersion } from '../seen.ts';
import { extension, extensionType } from '../wire/extensions.ts';
import type { Ask, AskOptions } from './asker.ts';

/** Version numbers that do not exist yet, in the place where TLS 1.2 and earlier say theirs. */
const futures = { 'version-1.4': 0x0305, 'version-2.0': 0x0400 } as const;
/** Makes any hello longer than 1,024 bytes. */
const padding = extension(extensionType.padding, Buffer.alloc(1024));

/**
 * Which hellos upset the server, of those from a future version (RFC 5246 appendix E.1: it must answer with its own) and
 * of more than 1,024 bytes; the last is asked only where the long offer was not answered before. A failure counts when it
 * comes twice. Undefined when an answer told nothing.
 */
export async function surveyIntolerance(
  ask: Ask,
  version: SeenVersion,
  longSeen: boolean,
): Promise<string[] | undefined> {
  const { protocol, suites } = version;
  const cases: (readonly [string, AskOptions])[] = Object.entries(futures).map(
    ([name, number]) => [name, { version: number }] as const,
  );
  if (!longSeen) cases.push(['long-hello', { more: [padding] }]);
  const borne = await Promise.all(
    cases.map(async ([, options]) => {
      const first = await ask(protocol, suites, options);
      return first.kind === 'hello' ? first : ask(protocol, suites, options);
    }),
  );
  if (borne.some(({ kind }) => kind === 'failed' || kind === 'not-tls')) return undefined;
  return cases.flatMap(([name], index) => (borne[index]?.kind === 'hello' ? [] : [name]));
}
