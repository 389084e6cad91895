import type { Finding } from '../../model/finding.ts';
import type { System } from '../../model/inventory.ts';
import type { FactName } from '../../model/level-law.ts';
import type { LevelAnswer, LevelQuestion } from '../../model/level.ts';
import type { Iso, Observation } from '../../model/observation.ts';
import { message } from '../../model/text.ts';
import { factsOf } from './facts.ts';
import { signsOf } from './page-signs.ts';

/** Most characters of a quote, and most questions of one kind about one system: one page may repeat what all show. */
const quoteLength = 160;
const ofOneKind = 5;

/** What was observed of one system. */
export type Seen = { readonly observations: readonly Observation[]; readonly findings: readonly Finding[] };

/**
 * What was observed that disputes a declared fact. Each is a question to the owner and never changes a level or a verdict:
 * a page may be a test, a link or somebody else's.
 */
export function questionsOf(system: System, answer: LevelAnswer | undefined, seen: Seen): readonly LevelQuestion[] {
  const asked = [...pageQuestions(system, answer, seen.observations), ...portQuestions(system, seen.findings)];
  const perKind = Map.groupBy(asked, ({ id }) => id);
  return [...perKind.values()].flatMap((some) => some.slice(0, ofOneKind));
}

function pageQuestions(
  system: System,
  answer: LevelAnswer | undefined,
  observations: readonly Observation[],
): readonly LevelQuestion[] {
  const facts = factsOf(system);
  const information = facts.get('information') as readonly string[] | undefined;
  const onlyPublic = information?.every((kind) => kind === 'cong-cong') === true && information.length > 0;
  const noPeople = information !== undefined && !information.includes('ca-nhan');
  // A system at level 3 for whatever reason has nothing to gain from the answer.
  const low = (system.classification?.level ?? answer?.level ?? 0) < 3;
  const notProcedures = facts.get('administrativeProcedures') !== true;
  return observations.flatMap((observation): readonly LevelQuestion[] => {
    if (observation.kind !== 'http' || !observation.ok) return [];
    const { login, procedures, people } = signsOf(observation.facts);
    const ask = asker(observation);
    return [
      ...(login !== null && onlyPublic ? [ask('login-on-public', 'information', login)] : []),
      ...(procedures !== null && (notProcedures || low)
        ? [ask(notProcedures ? 'procedures-undeclared' : 'procedures-low', 'administrativeProcedures', procedures)]
        : []),
      ...(people !== null && noPeople ? [ask('people-undeclared', 'information', people)] : []),
    ];
  });
}

/** Ports that speak of another use than the declared type, by the checks that found them open. */
function portQuestions(system: System, findings: readonly Finding[]): readonly LevelQuestion[] {
  const type = system.classification?.facts?.type;
  if (type === undefined) return [];
  return findings.flatMap((finding): readonly LevelQuestion[] => {
    if (finding.outcome !== 'fail') return [];
    const quote = finding.evidence.map(({ saw }) => JSON.stringify(saw)).join(', ');
    const ask = asker({ target: finding.target, at: finding.at });
    if (finding.check === 'ics-ports' && type !== 'dieu-khien-cong-nghiep')
      return [ask('industrial-undeclared', 'type', quote)];
    if (finding.check === 'remote-desktop-ports' && type === 'noi-bo')
      return [ask('desktop-on-internal', 'type', quote)];
    return [];
  });
}

function asker({ target, at }: { readonly target: string; readonly at: Iso }) {
  return (id: string, fact: FactName, quote: string): LevelQuestion => ({
    id,
    fact,
    what: message(`level.question.${id}`),
    target,
    at,
    quote: quote.length > quoteLength ? `${quote.slice(0, quoteLength - 1)}…` : quote,
  });
}
