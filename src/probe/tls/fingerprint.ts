import { hash } from 'node:crypto';
import type { TlsFacts } from '../../model/facts/tls.ts';
import type { Answer } from './answer.ts';
import type { LaneResult } from './lane-result.ts';
import { agreedIn, type NoAnswer } from './lane.ts';
import { hex } from './registry/suites.ts';
import { extensionType } from './wire/extensions.ts';
import type { ServerHello } from './wire/server-hello.ts';

/**
 * The fingerprint `rs1` over answers that are there already: of each version from SSLv3 on how it was refused, or what the
 * first full offer brought (suite, extensions in their order, length of the session id, compression, group and scheme), who
 * decides the order, and how the rest was refused; apart from that the suites accepted. Undefined where a version or a
 * list was not seen to its end, so that load or a lost packet never looks like a change.
 */
export function fingerprintOf(results: readonly LaneResult[]): TlsFacts['fingerprint'] {
  const parts: string[] = [];
  const suites: string[] = [];
  const sorted = [...results].sort((a, b) => a.lane.protocol.localeCompare(b.lane.protocol));
  for (const result of sorted) {
    const part = partOf(result);
    if (part === undefined) return undefined;
    parts.push(`${result.lane.protocol} ${part}`);
    const codes = (result.enumeration?.suites ?? []).map((code) => hex(code, 4));
    suites.push(`${result.lane.protocol} ${codes.sort().join()}`);
  }
  const digits = (lines: readonly string[], count: number) => hash('sha256', lines.join('\n'), 'hex').slice(0, count);
  return { value: `rs1:${digits(parts, 32)}:${digits(suites, 16)}`, parts };
}

function partOf({ lane, opening, enumeration }: LaneResult): string | undefined {
  if (opening.kind === 'unknown') return undefined;
  if (opening.kind !== 'offered') return refusedBy(opening.answer);
  if (enumeration?.complete !== true) return undefined;
  const { hello, rest } = opening.first;
  const agreed = rest?.keyExchange === undefined ? undefined : agreedIn(hello, rest.keyExchange);
  return [
    `suite ${hex(hello.suite, 4)}`,
    `extensions ${extensionsOf(hello)}`,
    `id ${hello.sessionIdBytes}`,
    ...(hello.compression === 0 ? [] : [`compression ${hello.compression}`]),
    ...codeOf('group', hello.group ?? agreed?.group),
    ...codeOf('scheme', agreed?.scheme),
    // In others it is told in one of two ways, which agree with all but a few servers.
    ...(lane.protocol === 'TLSv1.2' && enumeration.order !== undefined ? [`order ${enumeration.order}`] : []),
    `rest ${enumeration.refusal ?? 'none'}`,
  ].join(', ');
}

/** How an end came is left to chance by TCP, so that it is one word. */
function refusedBy(answer: Answer | NoAnswer): string {
  switch (answer.kind) {
    case 'alert':
      return `alert ${answer.alert.code}`;
    case 'hello':
      return `version ${hex(answer.hello.version, 4)}`;
    case 'closed':
    case 'failed':
    case 'malformed':
    case 'not-tls':
    case 'sslv2':
    case 'timeout':
      return answer.kind;
  }
}

/** A name is answered only where one was sent; a staple is fetched by some when it was wanted, and sent from then on. */
const left: ReadonlySet<number> = new Set([extensionType.serverName, extensionType.statusRequest]);

function extensionsOf({ extensions }: ServerHello): string {
  const types = [...extensions.keys()].filter((type) => !left.has(type));
  return types.length === 0 ? 'none' : types.slice(0, 16).join('-');
}

function codeOf(name: string, code: number | undefined): string[] {
  return code === undefined ? [] : [`${name} ${hex(code, 4)}`];
}
