import type { Finding } from '../../model/finding.ts';
import type { System } from '../../model/inventory.ts';
import type { FactName } from '../../model/level-law.ts';
import type { LevelAnswer, LevelQuestion } from '../../model/level.ts';
import type { Iso, Observation } from '../../model/observation.ts';
import { message } from '../../model/text.ts';
import { factsOf } from './facts.ts';
import { signsOf, type PageSigns } from './page-signs.ts';

/** Most characters of a quote, and most questions of one kind about one system: one page may repeat what all show. */
const quoteLength = 160;
const ofOneKind = 5;

/** What one look at a page showed that bears on levels. */
export type SeenPage = { readonly target: string; readonly at: Iso; readonly signs: PageSigns };

/** What was observed of one system. */
export type Seen = { readonly pages: readonly SeenPage[]; readonly findings: readonly Finding[] };

/** The checks whose fails raise questions; no other finding need be given. */
export const questionChecks = ['ics-ports', 'remote-desktop-ports'] as const;

/** The pages among observations. Their signs are small beside the pages, and follow from them alone. */
export function pagesOf(observations: readonly Observation[]): readonly SeenPage[] {
  return observations.flatMap((observation) =>
    observation.kind === 'http' && observation.ok
      ? [{ target: observation.target, at: observation.at, signs: signsOf(observation.facts) }]
      : [],
  );
}

/**
 * What was observed that disputes a declared fact. Each is a question to the owner and never changes a level or a verdict:
 * a page may be a test, a link or somebody else's.
 */
export function questionsOf(system: System, answer: LevelAnswer | undefined, seen: Seen): readonly LevelQuestion[] {
  const asked = [...pageQuestions(system, answer, seen.pages), ...portQuestions(system, seen.findings)];
  const perKind = Map.groupBy(asked, ({ id }) => id);
  return [...perKind.values()].flatMap((some) => some.slice(0, ofOneKind));
}

function pageQuestions(
  system: System,
  answer: LevelAnswer | undefined,
  pages: readonly SeenPage[],
): readonly LevelQuestion[] {
  const facts = factsOf(system);
  const information = facts.get('information') as readonly string[] | undefined;
  const onlyPublic = information?.every((kind) => kind === 'cong-cong') === true && information.length > 0;
  const noPeople = information !== undefined && !information.includes('ca-nhan');
  // A system at level 3 for whatever reason has nothing to gain from the answer.
  const low = (system.classification?.level ?? answer?.level ?? 0) < 3;
  const notProcedures = facts.get('administrativeProcedures') !== true;
  return pages.flatMap(({ signs, ...page }): readonly LevelQuestion[] => {
    const { login, procedures, people } = signs;
    const ask = asker(page);
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
    if (finding.check === questionChecks[0] && type !== 'dieu-khien-cong-nghiep')
      return [ask('industrial-undeclared', 'type', quote)];
    if (finding.check === questionChecks[1] && type === 'noi-bo') return [ask('desktop-on-internal', 'type', quote)];
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
