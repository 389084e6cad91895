import { contentHash } from '../../../model/canonical.ts';
import { outcomeMark } from '../../view/mark.ts';
import { seenValue } from '../../view/seen-value.ts';
import type { FindingEntry } from '../ledger.ts';
import { reasonOf, say } from '../reasons.ts';
import type { Tell } from '../tell.ts';
import type { Ids } from './ids.ts';
import { props, some } from './props.ts';
import { line, quoted } from './text.ts';

type Json = Readonly<Record<string, unknown>>;

/** Pieces of evidence written out; the hash is over all of them. */
const mostEvidence = 5;

/** Who made it: the scanner as defined in the same result. */
export function origins(ids: Ids, system: string): readonly Json[] {
  return [{ actors: [{ type: 'tool', 'actor-uuid': ids.tool(system) }] }];
}

/** One answer of one check for one target: a test, with what was seen and the hash of it. */
export function observation(entry: FindingEntry, ids: Ids, tell: Tell): Json {
  const { finding, check, place, life } = entry;
  const word = say(tell, outcomeMark(finding.outcome).word);
  const title = tell.text(check.title);
  const reason = finding.outcome === 'not-observed' ? `: ${reasonOf(entry, tell)}` : '';
  return {
    uuid: ids.observation(place),
    title: line(title),
    description: line(`${title}. ${word}${reason}`),
    ...props(
      {
        check: finding.check,
        outcome: finding.outcome,
        severity: finding.severity,
        cause: finding.cause?.failure.code ?? null,
        place,
        finding: life?.id ?? null,
      },
      tell,
    ),
    methods: ['TEST'],
    types: [finding.outcome === 'fail' ? 'finding' : 'control-objective'],
    origins: origins(ids, finding.system),
    subjects: [{ 'subject-uuid': ids.target(finding.system, finding.target), type: 'inventory-item' }],
    ...some('relevant-evidence', evidenceOf(entry, tell)),
    collected: finding.at,
  };
}

function evidenceOf({ finding }: FindingEntry, tell: Tell): readonly Json[] {
  if (finding.evidence.length === 0) return [];
  const hash = contentHash(finding.evidence);
  return finding.evidence.slice(0, mostEvidence).map(({ at, saw, because }, index) => ({
    description: `${line(tell.text(because))}: ${quoted(`${at} = ${seenValue(saw)}`, tell)}`,
    ...(index === 0 ? props({ 'evidence-sha256': hash, pieces: finding.evidence.length }, tell) : {}),
  }));
}
