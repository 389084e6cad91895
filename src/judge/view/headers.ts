import type { Hop } from '../../model/facts/http.ts';
import { failure } from '../../model/failure.ts';

/** Why a header that is not among those kept is not known to be missing. */
export const cutFailure = failure('too-large', 'the answer had more headers than are kept');

/** Values of one header in the order sent, blanks trimmed; names are compared without case (RFC 9110, 5.1). */
export function headerValues(hop: Hop, name: string): readonly string[] {
  return hop.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value.trim());
}

/** All values as one list, `a, b` (RFC 9110, 5.3); null when the header is not there. */
export function joinedHeader(hop: Hop, name: string): string | null {
  const values = headerValues(hop, name);
  return values.length === 0 ? null : values.join(', ');
}

/** The tokens of a comma-separated header, lower case, empty ones left out. */
export function headerTokens(value: string): readonly string[] {
  return value
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== '');
}
