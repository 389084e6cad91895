import type { Inventory, System } from '../../model/inventory.ts';
import type { Level } from '../../model/inventory/level-words.ts';
import type { Authority, DossierPart, LevelLaw, Procedure } from '../../model/level-law.ts';
import type { Acting } from '../../model/level.ts';

export type Organisations = ReadonlyMap<string, Inventory['organisations'][number]>;

/** Who appraises and approves one system at one level, and whether they may. */
export type Acts = {
  readonly procedure: Procedure;
  readonly appraiser: Acting;
  readonly approver: Acting;
  /** The unit in charge operates the system: it may not appraise alone. */
  readonly unitOperates: boolean;
};

/** Systems listed as important to national security follow the procedure of the highest level (Decree 331 Đ20.4). */
export function procedureLevel(law: LevelLaw, system: System, level: Level): Level {
  const listed = system.classification?.nationalSecurityList?.state === 'da-dua-vao';
  return law.listed !== undefined && listed && level >= 3 && level < law.listed.follows ? law.listed.follows : level;
}

/** Who acts on a dossier that proposes a level; undefined where the law names no procedure for it. */
export function actsOf(law: LevelLaw, system: System, organisations: Organisations, level: Level): Acts | undefined {
  const at = procedureLevel(law, system, level);
  const procedure = law.procedures.find(({ levels }) => levels.includes(at));
  if (procedure === undefined) return undefined;
  const unit = organisations.get(system.owner)?.specialisedUnit?.organisation;
  const acting = (authority: Authority, article: string): Acting => {
    const organisation = authority === 'owner' ? system.owner : authority === 'specialised-unit' ? unit : undefined;
    const name = law.authorities[authority] ?? { vi: authority, en: authority };
    return { authority, name, article, ...(organisation === undefined ? {} : { organisation }) };
  };
  const own = ownField(law, system, at);
  const listed = at === level || law.listed === undefined ? '' : `, ${law.listed.article}`;
  return {
    procedure,
    appraiser: own === undefined ? acting(procedure.appraiser, procedure.appraisedBy + listed) : acting(...own),
    approver: acting(procedure.approver, procedure.approvedBy + listed),
    unitOperates: procedure.appraiser === 'specialised-unit' && unit !== undefined && unit === system.operator,
  };
}

/** The army's and the cipher service's own appraiser. */
function ownField(law: LevelLaw, system: System, level: Level): [Authority, string] | undefined {
  const fields = law.ownFields;
  if (fields === undefined || system.excluded === undefined || level < fields.from) return undefined;
  if (system.excluded === 'co-yeu') return fields.cipher === undefined ? undefined : ['cipher', fields.cipher];
  return fields.defence === undefined ? undefined : ['defence', fields.defence];
}

/** Parts that the dossier of a level needs and the inventory does not name. */
export function missingParts(
  law: LevelLaw,
  system: System,
  level: Level,
): readonly { readonly part: DossierPart; readonly article: string }[] {
  const { documents, appraisal } = system.classification ?? {};
  return law.dossier
    .filter(({ part, levels }) => {
      if (!levels.includes(level)) return false;
      return part === 'appraisal' ? appraisal === undefined : documents?.[part] === undefined;
    })
    .map(({ part, article }) => ({ part, article }));
}
