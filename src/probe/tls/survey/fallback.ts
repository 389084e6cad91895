import type { TlsFeatures } from '../../../model/facts/tls.ts';
import type { SeenProtocols } from '../seen.ts';
import { alertCode } from '../wire/alert.ts';
import type { Ask } from './asker.ts';

const fallbackScsv = 0x5600;

/** Whether a step down is noticed (RFC 7507): the second newest version, asked for with TLS_FALLBACK_SCSV. */
export async function surveyFallback(
  ask: Ask,
  { versions }: SeenProtocols,
): Promise<Pick<TlsFeatures, 'fallbackScsv'>> {
  const lower = versions[1];
  if (lower === undefined) return {};
  const answer = await ask(lower.protocol, [...lower.suites, fallbackScsv]);
  if (answer.kind === 'hello') return { fallbackScsv: false };
  if (answer.kind !== 'alert' || answer.alert.code !== alertCode.inappropriateFallback) return {};
  return { fallbackScsv: true };
}
