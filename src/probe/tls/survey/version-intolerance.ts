import type { SeenVersion } from '../seen.ts';
import { extension, extensionType } from '../wire/extensions.ts';
import type { Ask, AskOptions } from './asker.ts';

/** Version numbers that do not exist yet, in the place where TLS 1.2 and earlier say theirs. */
export const futures = { 'version-1.4': 0x0305, 'version-2.0': 0x0400 } as const;
/** Makes any hello longer than 1,024 bytes. */
export const longPadding = extension(extensionType.padding, Buffer.alloc(1024));

/**
 * Which hellos upset the server, of those from a future version (RFC 5246 appendix E.1: it must answer with its own) and
 * of more than 1,024 bytes. A failure counts when it
 * comes twice. `borne` are those seen to do no harm. Undefined when an answer told nothing.
 */
export async function surveyIntolerance(
  ask: Ask,
  version: SeenVersion,
  borne: ReadonlySet<string>,
): Promise<string[] | undefined> {
  const { protocol, suites } = version;
  const all: (readonly [string, AskOptions])[] = [
    ...Object.entries(futures).map(([name, number]) => [name, { version: number }] as const),
    ['long-hello', { more: [longPadding] }],
  ];
  const cases = all.filter(([name]) => !borne.has(name));
  const answers = await Promise.all(
    cases.map(async ([, options]) => {
      const first = await ask(protocol, suites, options);
      return first.kind === 'hello' ? first : ask(protocol, suites, options);
    }),
  );
  if (answers.some(({ kind }) => kind === 'failed' || kind === 'not-tls')) return undefined;
  return cases.flatMap(([name], index) => (answers[index]?.kind === 'hello' ? [] : [name]));
}
