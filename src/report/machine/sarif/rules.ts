import { severities, type Check, type Outcome, type Platform, type Severity } from '../../../model/check.ts';
import type { Lang } from '../../../model/text.ts';
import { say } from '../reasons.ts';
import { severityWord } from '../../view/actions.ts';
import { outcomeMark } from '../../view/mark.ts';
import type { Tell } from '../tell.ts';
import type { Taxa } from './taxonomies.ts';
import { literal } from './text.ts';

/** SARIF's three grades of a failure; nothing of ours is `none`. */
export const levelOf = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, string>;

/** Keys of the messages of a rule. */
export const messageIds = {
  fail: 'fail',
  pass: 'pass',
  'not-applicable': 'notApplicable',
  'not-observed': 'notObserved',
} as const satisfies Record<Outcome, string>;

/** One rule a check, with the obligations that lean on it. */
export function rule(check: Check, tell: Tell, taxa: Taxa): Readonly<Record<string, unknown>> {
  const relationships = taxa.of(check.id);
  return {
    id: check.id,
    ...nameOf(check.id),
    ...words(check, tell),
    defaultConfiguration: { level: levelOf[check.severity] },
    ...(relationships.length === 0 ? {} : { relationships }),
    properties: {
      severity: check.severity,
      change: check.change,
      reads: check.reads,
      sources: check.sources,
      since: check.since,
      tags: ['security', check.severity, ...check.reads],
    },
  };
}

/** The same rule's words in another language, for `run.translations`. */
export function translatedRule(check: Check, tell: Tell): Readonly<Record<string, unknown>> {
  return { id: check.id, ...words(check, tell) };
}

function words(check: Check, tell: Tell): Readonly<Record<string, unknown>> {
  const outcome = (one: Outcome) => say(tell, outcomeMark(one).word);
  const title = tell.text(check.title);
  return {
    shortDescription: { text: literal(sentence(title)) },
    fullDescription: { text: literal(sentence(tell.text(check.why))) },
    help: { text: literal(helpText(check, tell)), markdown: helpMarkdown(check, tell) },
    messageStrings: {
      fail: { text: `${literal(title)}. ${outcome('fail')}: {0}.` },
      pass: { text: `${literal(title)}. ${outcome('pass')}.` },
      notApplicable: { text: `${literal(title)}. ${outcome('not-applicable')}.` },
      notObserved: { text: `${literal(title)}. ${outcome('not-observed')}: {0}.` },
    },
  };
}

/** SARIF asks that descriptions end as sentences do. */
function sentence(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}

/** `tls-protocols` is `TlsProtocols`: names of rules are identifiers, and one that only repeats the id is none (3.49.7). */
function nameOf(id: string): { readonly name?: string } {
  const name = id
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');
  return name.toLowerCase() === id.toLowerCase() ? {} : { name };
}

function fixes(check: Check, lang: Lang): readonly (readonly [Platform, string])[] {
  return (Object.keys(check.fix) as Platform[]).flatMap((platform) => {
    const text = check.fix[platform]?.[lang].trim();
    return text === undefined || text === '' ? [] : [[platform, text] as const];
  });
}

function helpText(check: Check, tell: Tell): string {
  return [
    tell.text(check.why),
    ...fixes(check, tell.lang).map(([platform, text]) => `${tell.say(`words.platform.${platform}`)}: ${text}`),
    severityLine(check, tell),
  ].join('\n\n');
}

/** Our own words, from check files; each fix in a code block of its own, longer than any that it holds. */
function helpMarkdown(check: Check, tell: Tell): string {
  return [
    tell.text(check.why),
    ...fixes(check, tell.lang).map(([platform, text]) => {
      const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
      return `**${tell.say(`words.platform.${platform}`)}**\n\n${fence}\n${text}\n${fence}`;
    }),
    severityLine(check, tell),
  ].join('\n\n');
}

function severityLine(check: Check, tell: Tell): string {
  const word = severities.includes(check.severity) ? say(tell, severityWord(check.severity)) : check.severity;
  return [word, ...check.sources].join(' · ');
}
