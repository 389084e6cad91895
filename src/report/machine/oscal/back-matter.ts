import type { Ledger } from '../ledger.ts';
import { scan } from '../../view/scan.ts';
import type { Platform } from '../../../model/check.ts';
import type { Tell } from '../tell.ts';
import type { Ids } from './ids.ts';
import { props, some } from './props.ts';
import { line, quoted, string } from './text.ts';

type Json = Readonly<Record<string, unknown>>;

/** What the results lean on: the plan of the run with the documents that allowed it, and how each failed check is mended. */
export function backMatter(of: Ledger, ids: Ids, tell: Tell): Json {
  const failed = new Set(
    of.systems.flatMap(({ findings }) =>
      findings.flatMap(({ finding }) => (finding.outcome === 'fail' ? finding.check : [])),
    ),
  );
  const { checks } = of.index.data;
  return {
    resources: [
      planResource(of, ids, tell),
      ...checks
        .filter(({ id }) => failed.has(id))
        .map((check) => ({
          uuid: ids.fix(check.id),
          title: line(tell.text(check.title)),
          description: fixes(check.fix, tell),
          ...props({ check: check.id, change: check.change }, tell),
        })),
    ],
  };
}

/** There is no assessment plan in OSCAL beside us; what stands for one is embedded: zone, ports, and the documents of scope. */
function planResource({ index }: Ledger, ids: Ids, tell: Tell): Json {
  const { run, inventory } = index.data;
  const { authorisations } = scan(index);
  const documents = authorisations.flatMap(({ document }) => (document === null ? [] : [document]));
  const plan = {
    run: run.id,
    zone: run.zone,
    portList: run.portList?.name ?? 'curated',
    province: inventory.province.id,
    authorisations: authorisations.map(({ document, basis, from, until }) => ({ document, basis, from, until })),
  };
  return {
    uuid: ids.plan,
    title: tell.say('machine.oscal.plan'),
    description: quoted(tell.say('machine.oscal.plan-note'), tell),
    ...props({ type: 'plan' }, tell),
    ...some(
      'document-ids',
      documents.map(({ number }) => ({ identifier: string(number, tell) })),
    ),
    base64: {
      filename: 'plan.json',
      'media-type': 'application/json',
      value: Buffer.from(JSON.stringify(plan)).toString('base64'),
    },
  };
}

function fixes(
  fix: Readonly<Partial<Record<Platform, { readonly vi: string; readonly en: string }>>>,
  tell: Tell,
): string {
  const parts = (Object.keys(fix) as Platform[]).flatMap((platform) => {
    const text = fix[platform]?.[tell.lang].trim();
    if (text === undefined || text === '') return [];
    const block = text
      .split(/\r?\n/)
      .map((one) => `    ${one}`)
      .join('\n');
    return [`${tell.say(`words.platform.${platform}`)}:\n\n${block}`];
  });
  return parts.length === 0 ? '—' : parts.join('\n\n');
}
