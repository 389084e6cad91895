import type { Hop } from '../../model/facts/http.ts';
import type { Csp } from './csp.ts';
import { headerValues, joinedHeader } from './headers.ts';
import { dictionaryOf } from './permissions.ts';

/** Names of the endpoints that an answer declares: Reporting-Endpoints, and Report-To as it was before. */
function endpointNames(hop: Hop): ReadonlySet<string> {
  const dictionary = dictionaryOf(joinedHeader(hop, 'reporting-endpoints') ?? '');
  // Report-To is a list of JSON objects without brackets; a group without a name is called `default`.
  const groups = headerValues(hop, 'report-to').flatMap((value) => [
    ...value.matchAll(/"group"\s*:\s*"([^"]{1,64})"/g),
  ]);
  const unnamed = headerValues(hop, 'report-to').some((value) => !value.includes('"group"'));
  return new Set([
    ...(dictionary?.keys() ?? []),
    ...groups.map((found) => found[1] ?? ''),
    ...(unnamed ? ['default'] : []),
  ]);
}

/** Somebody hears of what the policy stops: an address, or a group that the answer declares. */
export function reportsSomewhere(hop: Hop, csp: Csp): boolean {
  const names = endpointNames(hop);
  return csp.reportUris.length > 0 || csp.reportGroups.some((group) => names.has(group));
}
