import type { WaitingRequest } from '../../pipeline/answer-requests.ts';
import { safeText } from '../safe-text.ts';

/**
 * The command that sets a finding aside as it was asked; undefined for what is not to be set aside. Without a name the place of who
 * approves is empty, and the command is refused until somebody fills it in: no placeholder can become an approver.
 */
export function approveCommand(
  { life, request, until }: WaitingRequest,
  out: string,
  approvedBy: string,
): string | undefined {
  const { as, by, reason, document = '' } = request;
  if (as === 'not-ours') return undefined;
  return command(['track', 'set', life.id, as], out, {
    by,
    'approved-by': approvedBy,
    document,
    reason,
    until,
  });
}

/** The command that ends a request without granting it; likewise, who says so must be filled in. */
export function closeCommand({ life }: WaitingRequest, out: string): string {
  return command(['track', 'set', life.id, 'open'], out, { by: '', reason: '' });
}

function command(words: readonly string[], out: string, options: Readonly<Record<string, string>>): string {
  const given = Object.entries({ ...options, out }).map(([name, value]) => `--${name}=${quoted(value)}`);
  return ['rasoat', ...words, ...given].join(' ');
}

/** One word for a POSIX shell, whatever a stranger wrote; what is invisible is written out. */
function quoted(text: string): string {
  const shown = safeText(text, 2000);
  return /^[A-Za-z0-9_./:-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`;
}
