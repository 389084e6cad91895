import { UserError } from '../../../model/errors.ts';
import { message } from '../../../model/text.ts';
import { nameOf } from '../../view/name.ts';
import type { Ledger } from '../ledger.ts';
import { lazy } from '../safe-json.ts';
import type { Tell } from '../tell.ts';
import { localDefinitions } from './activities.ts';
import { backMatter } from './back-matter.ts';
import { idsOf } from './ids.ts';
import { props, some } from './props.ts';
import { systemResult } from './result.ts';
import { quoted, string } from './text.ts';

type Json = Readonly<Record<string, unknown>>;

/** The version of the model that is written (csrc.nist.gov/ns/oscal/1.1.2, assessment results). */
const oscalVersion = '1.1.2';

/**
 * One run as OSCAL assessment results: a result a system, because an objective is satisfied "within a given system". Throws
 * UserError where no system may be listed, for a document without results is not valid. Pure.
 */
export function oscal(of: Ledger, tell: Tell): Json {
  const { index, systems, at, inInventory, withheld } = of;
  const { run, inventory, judgedAt, excludedSystems } = index.data;
  if (systems.length === 0) throw new UserError([{ message: message('machine.error.no-systems') }]);
  const ids = idsOf(inventory.province.id, run.id, judgedAt);
  const parties = inventory.organisations.map((one) => ({
    uuid: ids.party(one.id),
    type: 'organization',
    name: string(tell.name(nameOf(one)), tell),
    ...props({ id: one.id }, tell),
  }));
  return {
    'assessment-results': {
      uuid: ids.document,
      metadata: {
        title: quoted(
          tell.say('machine.oscal.title', { province: tell.name(nameOf(inventory.province)), run: run.id }),
          tell,
        ),
        // A scan judges as it goes: its judgement may be dated before its end.
        'last-modified': judgedAt > at ? judgedAt : at,
        version: string(run.id, tell),
        'oscal-version': oscalVersion,
        ...props(
          {
            run: run.id,
            zone: run.zone,
            state: run.state,
            language: tell.lang,
            'systems-in-inventory': inInventory,
            'systems-listed': systems.length,
            'systems-withheld': withheld,
            'systems-excluded': excludedSystems,
            'inventory-sha256': run.inventoryHash,
            'checks-sha256': run.checksHash,
            'frameworks-sha256': run.frameworksHash,
          },
          tell,
        ),
        roles: [
          { id: 'system-owner', title: tell.say('machine.oscal.owner') },
          { id: 'system-operator', title: tell.say('machine.oscal.operator') },
        ],
        ...some('parties', parties),
      },
      'import-ap': { href: `#${ids.plan}`, remarks: tell.say('machine.oscal.plan-note') },
      'local-definitions': localDefinitions(of, ids, tell),
      results: lazy(function* () {
        for (const system of systems) yield systemResult(of, system, ids, tell);
      }),
      'back-matter': backMatter(of, ids, tell),
    },
  };
}
