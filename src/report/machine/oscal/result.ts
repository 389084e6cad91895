import { nameOf } from '../../view/name.ts';
import { checkCoverage } from '../../view/tally.ts';
import type { SystemFile } from '../../view/report-index.ts';
import type { Ledger, SystemEntry } from '../ledger.ts';
import type { Tell } from '../tell.ts';
import { objectiveFindings } from './findings.ts';
import type { Ids } from './ids.ts';
import { observation } from './observations.ts';
import { props, some } from './props.ts';
import { risk } from './risks.ts';
import { line, quoted, string, token } from './text.ts';

type Json = Readonly<Record<string, unknown>>;

/** Results of one system: what it is, what was reviewed, seen, concluded, and what is to be mended by when. */
export function systemResult(of: Ledger, entry: SystemEntry, ids: Ids, tell: Tell): Json {
  const { file, findings } = entry;
  const { index, at } = of;
  const { run } = index.data;
  const { system } = file;
  const title = quoted(tell.name(nameOf(system)), tell);
  const covered = checkCoverage(file.findings);
  const told = objectiveFindings(of, entry, ids, tell);
  return {
    uuid: ids.result(system.id),
    title,
    description: quoted(
      tell.say('machine.oscal.result', { name: tell.name(nameOf(system)), seen: covered.seen, needed: covered.needed }),
      tell,
    ),
    start: run.startedAt,
    end: at,
    ...props(
      {
        system: system.id,
        verdict: file.verdict,
        level: system.classification?.level ?? null,
        'raw-removed': run.pruned?.at ?? null,
        'checks-observed': covered.seen,
        'checks-needed': covered.needed,
        'obligations-not-applicable': file.tally['not-applicable'],
      },
      tell,
    ),
    'local-definitions': {
      components: [component(file, ids, tell)],
      ...some(
        'inventory-items',
        file.targets.map((target) => item(file, target, ids, tell)),
      ),
      'assessment-assets': assets(of, system.id, ids, tell),
    },
    'reviewed-controls': reviewedControls(file, tell),
    ...some('observations', [...findings.map((one) => observation(one, ids, tell)), ...told.examinations]),
    ...some(
      'risks',
      findings.filter(({ finding }) => finding.outcome === 'fail').map((one) => risk(one, ids, tell)),
    ),
    ...some('findings', told.findings),
  };
}

/** Controls that apply. Where none does, all but those: the model has no empty selection. */
function reviewedControls(file: SystemFile, tell: Tell): Json {
  const controls = (applies: boolean) =>
    [
      ...new Set(
        file.assessed
          .filter(({ assessment }) => (assessment.verdict !== 'not-applicable') === applies)
          .map(({ obligation }) => token(obligation.id)),
      ),
    ].map((id) => ({ 'control-id': id }));
  const included = controls(true);
  const selection =
    included.length > 0
      ? { 'include-controls': included }
      : {
          description: tell.say('machine.oscal.no-controls'),
          'include-all': {},
          ...some('exclude-controls', controls(false)),
        };
  return { 'control-selections': [selection] };
}

function component({ system, verdict }: SystemFile, ids: Ids, tell: Tell): Json {
  const name = quoted(tell.name(nameOf(system)), tell);
  return {
    uuid: ids.system(system.id),
    type: 'system',
    title: name,
    description: name,
    ...props({ system: system.id, verdict }, tell),
    status: { state: 'operational' },
    'responsible-roles': [
      { 'role-id': 'system-owner', 'party-uuids': [ids.party(system.owner)] },
      { 'role-id': 'system-operator', 'party-uuids': [ids.party(system.operator)] },
    ],
  };
}

function item({ system }: SystemFile, target: SystemFile['targets'][number], ids: Ids, tell: Tell): Json {
  const own = props({ kind: target.kind, port: target.port ?? null }, tell).props ?? [];
  const { address, name } = target;
  // Names of OSCAL's own for inventory items.
  const known = [
    ...(name === undefined ? [] : [{ name: 'fqdn', value: string(name, tell) }]),
    ...(address === undefined
      ? []
      : [{ name: address.includes(':') ? 'ipv6-address' : 'ipv4-address', value: string(address, tell) }]),
  ];
  return {
    uuid: ids.target(system.id, target.key),
    description: quoted(target.key, tell),
    ...some('props', [...known, ...own]),
    'implemented-components': [{ 'component-uuid': ids.system(system.id) }],
  };
}

/** The scanner is defined in each result, under an identifier of its own, because a definition is seen in its result alone. */
function assets({ index }: Ledger, system: string, ids: Ids, tell: Tell): Json {
  const { tool } = index.data.run;
  return {
    components: [
      {
        uuid: ids.tool(system),
        type: 'software',
        title: 'rasoat',
        description: line(tell.say('cli.about')),
        props: [{ name: 'version', value: string(tool, tell) }],
        status: { state: 'operational' },
      },
    ],
    'assessment-platforms': [
      { uuid: ids.platform(system), title: 'rasoat', 'uses-components': [{ 'component-uuid': ids.tool(system) }] },
    ],
  };
}
