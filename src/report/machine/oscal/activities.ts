import { kinds, type Kind } from '../../../model/observation.ts';
import type { Obligation } from '../../../model/framework.ts';
import type { Ledger } from '../ledger.ts';
import type { Tell } from '../tell.ts';
import type { Ids } from './ids.ts';
import { props, some } from './props.ts';
import { line, token } from './text.ts';

type Json = Readonly<Record<string, unknown>>;

/** What was asked and how: one objective an obligation, one activity a kind of probe, a step a check. */
export function localDefinitions({ index }: Ledger, ids: Ids, tell: Tell): Json {
  const { checks, frameworks } = index.data;
  const obligations = frameworks.flatMap((framework) => framework.obligations.map((one) => ({ framework, one })));
  const serving = new Map<string, string[]>();
  for (const { one } of obligations) {
    for (const check of new Set(one.checks)) {
      const controls = serving.get(check) ?? [];
      serving.set(check, controls);
      controls.push(one.id);
    }
  }
  const activity = (kind: Kind): Json[] => {
    const own = checks.filter(({ reads }) => (reads[0] ?? 'http') === kind);
    if (own.length === 0) return [];
    return [
      {
        uuid: ids.activity(kind),
        title: tell.say(`words.kind.${kind}`),
        description: tell.say('machine.oscal.activity', { kind: tell.say(`words.kind.${kind}`) }),
        ...props({ method: 'TEST' }, tell),
        steps: own.map((check) => ({
          uuid: ids.step(kind, check.id),
          title: line(tell.text(check.title)),
          description: line(tell.text(check.why)),
          ...props({ check: check.id, severity: check.severity }, tell),
          ...reviewed(serving.get(check.id) ?? []),
        })),
      },
    ];
  };
  const examine: Json = {
    uuid: ids.activity('examine'),
    title: tell.say('words.verdict.manual'),
    description: tell.say('machine.oscal.examine'),
    ...props({ method: 'EXAMINE' }, tell),
  };
  return {
    ...some(
      'objectives-and-methods',
      obligations.map(({ framework, one }) => objective(one, framework.kind !== 'good-practice', tell)),
    ),
    activities: [...kinds.flatMap(activity), examine],
  };
}

function reviewed(controls: readonly string[]): Json {
  if (controls.length === 0) return {};
  const include = controls.map((id) => ({ 'control-id': token(id) }));
  return { 'reviewed-controls': { 'control-selections': [{ 'include-controls': include }] } };
}

/** The id of the objective of an obligation. */
export function objectiveId(obligation: string): string {
  return `${token(obligation)}_obj`;
}

function objective(one: Obligation, binding: boolean, tell: Tell): Json {
  return {
    'control-id': token(one.id),
    description: line(tell.text(one.title)),
    ...props(
      {
        obligation: one.id,
        instrument: one.cite.instrument,
        clause: one.cite.clause ?? null,
        certainty: one.cite.certainty,
        binding,
        layer: one.layer ?? null,
      },
      tell,
    ),
    parts: [{ id: objectiveId(one.id), name: 'assessment-objective', prose: line(tell.text(one.asks)) }],
  };
}
