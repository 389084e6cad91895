import pLimit from 'p-limit';
import type { MailAnswer } from '../../model/facts/mail.ts';
import { knownFrom } from '../../mail/answers.ts';
import { nextQuestions } from '../../mail/questions.ts';
import type { Lookup } from './lookup.ts';

/** Most questions for one domain; a usual one takes about fifty. */
const mostQuestions = 200;
const atOnce = 8;

/** Asks everything about one mail domain, round by round, as far as each round's answers lead. */
export async function askAll(
  domain: string,
  selectors: readonly string[],
  lookup: Lookup,
): Promise<{ readonly answers: readonly MailAnswer[]; readonly leftOut: number }> {
  const limit = pLimit(atOnce);
  const answers: MailAnswer[] = [];
  for (;;) {
    const wanted = nextQuestions(domain, knownFrom(answers), selectors);
    const now = wanted.slice(0, mostQuestions - answers.length);
    if (now.length === 0) return { answers, leftOut: wanted.length };
    answers.push(...(await Promise.all(now.map((question) => limit(() => lookup(question))))));
  }
}
