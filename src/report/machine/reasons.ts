import type { Platform } from '../../model/check.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import { evidenceViews } from '../view/seen-value.ts';
import { failureWord } from '../view/unseen.ts';
import type { FindingEntry } from './ledger.ts';
import type { Tell } from './tell.ts';

/** Evidence told in one file per finding; the rest is counted. The stored run has all. */
const mostEvidence = 5;
/** Most characters of one value seen. */
const mostSeen = 300;

/** Why a finding is what it is, in one line: what was seen and why it matters, or what stood in the way; '' for neither. */
export function reasonOf({ finding }: FindingEntry, tell: Tell): string {
  if (finding.cause !== undefined) {
    const { code, detail } = finding.cause.failure;
    const word = say(tell, failureWord(code));
    return detail === '' ? word : `${word}: ${tell.shown(detail, mostSeen)}`;
  }
  if (finding.outcome !== 'fail') return '';
  const parts = evidenceViews(finding.evidence.slice(0, mostEvidence)).map(({ because, seen }) => {
    const values = seen.map(({ at, saw }) => `${tell.shown(at, mostSeen)} = ${tell.shown(saw, mostSeen)}`).join(', ');
    return values === '' ? tell.text(because) : `${tell.text(because)} (${values})`;
  });
  const more = finding.evidence.length - mostEvidence;
  return [...parts, ...(more > 0 ? [tell.say('machine.more-evidence', { n: more })] : [])].join('; ');
}

/** How to mend it: for the platform that was seen, else for any; undefined where the check says nothing. */
export function fixOf({ check }: FindingEntry, platforms: readonly Platform[]): Text | undefined {
  const platform = platforms.find((one) => check.fix[one] !== undefined);
  return platform === undefined ? check.fix.any : check.fix[platform];
}

/** What people call the state of a finding that somebody follows. */
export function stateWord(entry: FindingEntry): Message | null {
  return entry.life === null ? null : message(`track.state.${entry.life.state}`);
}

export function say(tell: Tell, { key, params }: Message): string {
  return tell.say(key, params);
}
