import { UserError } from '../../model/errors.ts';
import type { Inventory, System } from '../../model/inventory.ts';
import type { Organisation } from '../../model/inventory/organisation.ts';
import { message } from '../../model/text.ts';

/** Whose report it is and which systems are in it. */
export type FormScope = {
  readonly organisation: Organisation;
  /** An owner answers for its own systems and those of bodies below it; an operator for those that it runs. */
  readonly role: 'owner' | 'operator';
  /** Chủ quản of the systems in it, the reporting organisation first. */
  readonly owners: readonly Organisation[];
  /** Listed by name. */
  readonly systems: readonly System[];
  /** Counted in the totals and named nowhere: they hold state secrets. */
  readonly secret: readonly System[];
  /** Military, defence, cipher: neither counted nor named (Decree 331 Đ26.3-4). */
  readonly excluded: number;
};

/** The organisation asked for, or the one provincial People's Committee. Throws UserError. */
export function reporting(inventory: Inventory, asked: string | undefined): Organisation {
  const { organisations } = inventory;
  const known = organisations.map(({ id }) => id).join(', ');
  if (asked !== undefined) {
    const found = organisations.find(({ id }) => id === asked);
    if (found === undefined) {
      throw new UserError([{ message: message('forms.error.unknown-organisation', { id: asked, known }) }]);
    }
    return found;
  }
  const [one, ...more] = organisations.filter(({ kind }) => kind === 'ubnd-tinh');
  if (one === undefined || more.length > 0) {
    throw new UserError([{ message: message('forms.error.organisation-needed', { known }) }]);
  }
  return one;
}

/** Systems "thuộc phạm vi quản lý" of an organisation. */
export function formScope(inventory: Inventory, organisation: Organisation): FormScope {
  const under = withBelow(inventory, organisation.id);
  const owned = inventory.systems.filter(({ owner }) => under.has(owner));
  const all = owned.length > 0 ? owned : inventory.systems.filter(({ operator }) => operator === organisation.id);
  const open = all.filter(({ excluded }) => excluded === undefined);
  const owners = new Set(open.map(({ owner }) => owner));
  return {
    organisation,
    role: owned.length > 0 ? 'owner' : 'operator',
    owners: inventory.organisations
      .filter(({ id }) => owners.has(id))
      .toSorted((a, b) => Number(b.id === organisation.id) - Number(a.id === organisation.id)),
    systems: open.filter((system) => !holdsSecrets(system)),
    secret: open.filter(holdsSecrets),
    excluded: all.length - open.length,
  };
}

/** The systems of one organisation alone. */
export function ownScope(inventory: Inventory, organisation: Organisation): FormScope {
  const alone = { ...inventory, organisations: inventory.organisations.map(({ parent: _parent, ...one }) => one) };
  return { ...formScope(alone, organisation), organisation };
}

function holdsSecrets(system: System): boolean {
  return system.stateSecret === true || system.classification?.facts?.information?.includes('bi-mat-nha-nuoc') === true;
}

/** Ids of an organisation and of every one below it; a circle of parents ends. */
function withBelow({ organisations }: Inventory, id: string): ReadonlySet<string> {
  const under = new Set([id]);
  for (let before = 0; before < under.size;) {
    before = under.size;
    for (const one of organisations) if (one.parent !== undefined && under.has(one.parent)) under.add(one.id);
  }
  return under;
}
