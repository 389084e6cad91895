import type { TlsFeatures } from '../../../model/facts/tls.ts';
import type { Answer, HelloAnswer } from '../answer.ts';
import type { NoAnswer } from '../lane.ts';
import { legacyGroups } from '../registry/groups.ts';
import type { SeenVersion } from '../seen.ts';
import { extension, extensionType, heartbeat } from '../wire/extensions.ts';
import { futures } from './version-intolerance.ts';
import type { AskOptions, Ask } from './asker.ts';
import type { Ride } from './rides.ts';

export type Extras = Pick<TlsFeatures, 'compression' | 'heartbeat'> & {
  /** `unknown-extension` and `grease` where the server stumbles over them; absent when that could not be told. */
  readonly intolerance?: readonly string[];
};

const methods = { DEFLATE: 1, LZS: 64 } as const;
const compressing = [...Object.values(methods), 0];
/** A type that is not assigned, with a body. */
const unknown = extension(0x3b9a, Buffer.from('rasoat', 'ascii'));
/** RFC 8701. */
const grease = extension(0x8a8a, Buffer.alloc(0));
const greaseSuite = 0x3a3a;
const greaseGroup = 0x5a5a;
const atOnce = { version: futures['version-1.4'], compressions: compressing, more: [unknown, heartbeat(), grease] };

/** All of it and a version to come (`version-1.4`), to go along with another question. */
export function extrasRide(heard: Ride['heard']): Ride {
  return { suites: [greaseSuite], groups: [greaseGroup], options: () => atOnce, heard };
}

/** The same by itself; undefined when no ServerHello comes, and at SSLv3. */
export async function askExtrasAtOnce(ask: Ask, { protocol, suites }: SeenVersion): Promise<HelloAnswer | undefined> {
  if (protocol === 'SSLv3') return undefined;
  const groups = [greaseGroup, ...legacyGroups];
  const answer = await ask(protocol, [greaseSuite, ...suites], { ...atOnce, groups });
  return answer.kind === 'hello' ? answer : undefined;
}

/**
 * Compression, heartbeat, and whether unknown values are borne, by the answer to all of it at once. Only a server that
 * would not have it is asked for each by itself.
 */
export async function surveyExtras(
  ask: Ask,
  { protocol, suites }: SeenVersion,
  all: HelloAnswer | undefined,
): Promise<Extras> {
  const put = (own: readonly number[], options: AskOptions) => ask(protocol, [...own, ...suites], options);
  if (protocol === 'SSLv3') return compressionOf(await put([], { compressions: compressing }));
  const greased = { groups: [greaseGroup, ...legacyGroups] };
  if (all !== undefined) return { ...compressionOf(all), ...heartbeatOf(all), intolerance: [] };
  const [compressed, beating, odd, greasy] = await Promise.all([
    put([], { compressions: compressing }),
    put([], { more: [heartbeat()] }),
    put([], { more: [unknown] }),
    put([greaseSuite], { ...greased, more: [grease] }),
  ]);
  const intolerance = [...stumbles('unknown-extension', odd), ...stumbles('grease', greasy)];
  const told = tells(odd) && tells(greasy) && [compressed, beating, odd, greasy].some(({ kind }) => kind === 'hello');
  return { ...compressionOf(compressed), ...heartbeatOf(beating), ...(told ? { intolerance } : {}) };
}

/** A fatal alert, a closed connection or a hello; not silence or failure, which may be anything. */
function tells(answer: Answer | NoAnswer): boolean {
  return answer.kind === 'hello' || answer.kind === 'alert' || answer.kind === 'closed';
}

function stumbles(name: string, answer: Answer | NoAnswer): string[] {
  return answer.kind === 'hello' ? [] : [name];
}

function compressionOf(answer: Answer | NoAnswer): Pick<Extras, 'compression'> {
  if (answer.kind !== 'hello') return {};
  const names = Object.entries(methods).filter(([, code]) => code === answer.hello.compression);
  return { compression: names.map(([name]) => name) };
}

function heartbeatOf(answer: Answer | NoAnswer): Pick<Extras, 'heartbeat'> {
  return answer.kind === 'hello' ? { heartbeat: answer.hello.extensions.has(extensionType.heartbeat) } : {};
}
