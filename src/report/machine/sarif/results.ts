import type { Outcome } from '../../../model/check.ts';
import { pagePath } from '../../page-ref.ts';
import { nameOf } from '../../view/name.ts';
import { outcomeMark } from '../../view/mark.ts';
import { failureWord } from '../../view/unseen.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Aside, FindingEntry, Ledger } from '../ledger.ts';
import { reasonOf, say } from '../reasons.ts';
import type { Tell } from '../tell.ts';
import { levelOf, messageIds } from './rules.ts';
import { literal, plain } from './text.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * SARIF 2.1.0, 3.27.9. What could not be told is `open`: "evaluated, insufficient information to decide", which is what
 * not-observed means. `review` would say that a person must look, and `informational` that there is nothing to decide.
 */
const kindOf = {
  fail: 'fail',
  pass: 'pass',
  'not-applicable': 'notApplicable',
  'not-observed': 'open',
} as const satisfies Record<Outcome, string>;

/** Where things are: systems and their targets, once; results name them by index. */
export type Places = {
  readonly logical: readonly Json[];
  readonly artifacts: readonly Json[];
  readonly systemAt: ReadonlyMap<string, number>;
  /** Index among the logical locations of `system\ntarget`. */
  readonly targetAt: ReadonlyMap<string, number>;
};

/** Every system is an artifact: its page in the report. Viewers group results by file, and the hosts are no files. */
export function placesOf({ systems }: Ledger, tell: Tell): Places {
  const logical: Json[] = [];
  const artifacts: Json[] = [];
  const systemAt = new Map<string, number>();
  const targetAt = new Map<string, number>();
  for (const { file } of systems) {
    const { id } = file.system;
    const parentIndex = logical.length;
    systemAt.set(id, artifacts.length);
    artifacts.push({
      location: { uri: pagePath(tell.lang, { page: 'system', id }), index: artifacts.length },
      description: { text: literal(tell.name(nameOf(file.system))) },
      mimeType: 'text/html',
    });
    logical.push({ name: id, fullyQualifiedName: id, kind: 'module' });
    for (const { key } of file.targets) {
      targetAt.set(`${id}\n${key}`, logical.length);
      const name = tell.shown(key);
      logical.push({ name, fullyQualifiedName: `${id}/${name}`, kind: 'resource', parentIndex });
    }
  }
  return { logical, artifacts, systemAt, targetAt };
}

/** One result a finding. */
export function result(entry: FindingEntry, ruleIndex: number | undefined, places: Places, tell: Tell): Json {
  const { finding, check, life, place, aside } = entry;
  const { outcome } = finding;
  const reason = reasonOf(entry, tell);
  return {
    ruleId: finding.check,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    kind: kindOf[outcome],
    level: outcome === 'fail' ? levelOf[finding.severity] : 'none',
    message: messageOf(outcome, tell.text(check.title), reason, ruleIndex === undefined, tell),
    locations: [location(finding.system, finding.target, places)],
    partialFingerprints: { 'place/v1': place, ...(life === null ? {} : { 'finding/v1': life.id }) },
    ...(aside === null ? {} : { suppressions: [suppression(aside, tell)] }),
    properties: {
      outcome,
      severity: finding.severity,
      at: finding.at,
      ...(finding.cause === undefined ? {} : { cause: finding.cause.failure.code }),
      ...(life === null
        ? {}
        : {
            state: life.state,
            firstSeen: life.firstSeen,
            ...(life.due === null ? {} : { due: life.due.on, daysLate: life.daysLate }),
          }),
    },
  };
}

/** The text is there for readers that resolve no ids; the id and arguments for those that translate. */
function messageOf(outcome: Outcome, title: string, reason: string, bare: boolean, tell: Tell): Json {
  const word = say(tell, outcomeMark(outcome).word);
  const told = outcome === 'fail' || outcome === 'not-observed';
  const text = told ? `${literal(title)}. ${word}: ${plain(reason, tell)}.` : `${literal(title)}. ${word}.`;
  if (bare) return { text };
  return { text, id: messageIds[outcome], ...(told ? { arguments: [plain(reason, tell)] } : {}) };
}

/** Where: the system's page, and the endpoint as what it is. */
function location(system: string, target: string, { systemAt, targetAt, artifacts }: Places): Json {
  const file = systemAt.get(system);
  const index = targetAt.get(`${system}\n${target}`);
  const artifact = file === undefined ? undefined : artifacts[file];
  return {
    ...(artifact === undefined
      ? {}
      : { physicalLocation: { artifactLocation: artifact['location'], region: { startLine: 1 } } }),
    logicalLocations: [index === undefined ? { fullyQualifiedName: system } : { index }],
  };
}

/** 3.35: outside the code, and accepted by whoever may. Who that was is a person, and stays in the inventory. */
function suppression({ as, reason, until, document }: Aside, tell: Tell): Json {
  const held = document === null ? [] : [plain(document, tell)];
  return {
    kind: 'external',
    status: 'accepted',
    justification: [plain(reason, tell), ...held, tell.say('machine.until', { day: until })].join('. '),
    properties: { as, until },
  };
}

/** What stood in the way of a look (3.20.21): our own fault is an error, a missing tool or old data a warning. */
export function notification(
  observation: Observation & { readonly ok: false },
  system: string,
  places: Places,
  tell: Tell,
): Json {
  const { code, detail } = observation.failure;
  const word = say(tell, failureWord(code));
  const level =
    code === 'bug'
      ? 'error'
      : code === 'tool-missing' || code === 'feed-old' || code === 'control'
        ? 'warning'
        : 'note';
  return {
    descriptor: { id: code },
    level,
    timeUtc: observation.at,
    message: { text: detail === '' ? word : `${word}: ${plain(detail, tell)}` },
    locations: [location(system, observation.target, places)],
    properties: { kind: observation.kind, probe: observation.probe },
  };
}
