import { FailureError } from '../../model/failure.ts';
import type { Answer } from './answer.ts';
import type { NoAnswer } from './lane.ts';
import { alertCode } from './wire/alert.ts';

/**
 * Says why a service of which no protocol was seen was not observed: the most telling of its answers. `sni` is the name
 * that was asked for.
 */
export function failureOf(answers: readonly (Answer | NoAnswer)[], sni: string | undefined): Error {
  const alerts = answers.flatMap((answer) => (answer.kind === 'alert' ? [answer.alert] : []));
  if (alerts.some(({ code }) => code === alertCode.unrecognizedName)) {
    const asked = sni === undefined ? 'it needs a server name and none was sent' : `it does not know the name ${sni}`;
    return new FailureError('tls', `alert unrecognized_name: ${asked}`);
  }
  const firstAlert = alerts[0];
  if (firstAlert !== undefined) {
    const names = [...new Set(alerts.map(({ name }) => name))].join(', ');
    const hint = sni === undefined ? '; no server name was sent, and it may need one' : '';
    return new FailureError('tls', `every protocol version was refused, alert ${names}${hint}`);
  }
  return silentFailure(answers);
}

function silentFailure(answers: readonly (Answer | NoAnswer)[]): Error {
  for (const answer of answers) {
    if (answer.kind === 'not-tls') {
      return new FailureError('protocol', `the answer is not TLS: ${printable(answer.sample)}`);
    }
    if (answer.kind === 'malformed') return new FailureError('protocol', `the answer breaks TLS: ${answer.why}`);
  }
  if (answers.some(({ kind }) => kind === 'closed')) {
    return new FailureError('tls', 'the connection was ended after every hello, without an alert');
  }
  const failed = answers.find((answer) => answer.kind === 'failed');
  return failed?.error ?? new FailureError('timeout', 'no answer to any hello');
}

/** The first bytes as visible ASCII, everything else as a dot. */
function printable(sample: Buffer): string {
  return JSON.stringify(
    sample
      .subarray(0, 80)
      .toString('latin1')
      .replaceAll(/[^\x20-\x7e]/g, '.'),
  );
}
