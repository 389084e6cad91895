import { zonePart } from '../../inventory/cut.ts';
import { controlsIn } from '../../inventory/controls.ts';
import { parseAddress } from '../../inventory/address.ts';
import { knownAddresses } from '../../inventory/endpoint.ts';
import { createPermit } from '../../inventory/scope.ts';
import { neededKinds } from '../../inventory/targets.ts';
import type { SealedFile } from '../../keys/sealed-lines.ts';
import {
  borders,
  type CarriedPlan,
  type Contact,
  type NameLine,
  type ResultLine,
  type ResultsHead,
} from '../../model/carried.ts';
import type { ControlRound } from '../../model/control.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Iso, Observation } from '../../model/observation.ts';
import { checkObservation } from '../../model/observation-schema.ts';
import type { Permit } from '../../model/permission.ts';
import type { ResolverCost, ScanCost } from '../../model/run.ts';
import type { Target } from '../../model/target.ts';
import { parsePortRanges } from '../../probe/ports/port-ranges.ts';
import type { EvidenceBySystem } from '../../inventory/read-packages.ts';
import { hostOf, makePlan } from '../plan.ts';
import { clockLeewayMs, isAhead } from '../sober-clock.ts';
import { checkRound } from '../told-round.ts';
import { notedResolver } from './names.ts';
import { refused, shaped } from './read-plan.ts';

/** Results that were held against the plan they answer; nothing of them is stored yet. */
export type CheckedResults = {
  readonly targets: readonly Target[];
  /** What was read of the zone's controls, in the order of the file. */
  readonly rounds: readonly ControlRound[];
  readonly costs: readonly ScanCost[];
  readonly resolverCosts: readonly ResolverCost[];
  /** Observations whose times cannot be: of our future, and from before the plan was made. */
  readonly ahead: number;
  readonly behind: number;
  readonly results: number;
};

/** Most ports that the contacts of one target may speak of: every port of five addresses. */
const mostPorts = 5 * 65_536;

type Checking = {
  readonly path: string;
  readonly file: SealedFile;
  readonly head: ResultsHead;
  readonly plan: CarriedPlan;
  readonly inventory: Inventory;
  readonly packages: EvidenceBySystem;
  readonly now: Iso;
};

/**
 * Holds every line of results against what the plan handed out: each target must be one of it, seen from its zone by the kinds it
 * has; each contact must have been covered by a document that the plan carried, at that time; no cost without a contact. Throws
 * UserError with the line that does not fit.
 */
export async function checkResults(checking: Checking): Promise<CheckedResults> {
  const { path, file, plan, now } = checking;
  const { own, carried } = zonePart(checking.inventory, plan.zone);
  const permit = createPermit(carried);
  const names = namesIn(checking, own);
  const { targets } = await makePlan(own, plan.zone, checking.packages, undefined, notedResolver(names));
  const byKey = new Map(targets.map((target) => [target.key, target]));
  const told = new Set<string>();
  const contacted = new Set<string>();
  const rounds: ControlRound[] = [];
  const costs = new Map<string, ScanCost>();
  const resolverCosts = new Map<string, ResolverCost>();
  let ahead = 0;
  let behind = 0;
  const madeAt = Date.parse(plan.issuedAt) - clockLeewayMs;
  for (const { value, line } of file.values()) {
    switch (kindOf(value)) {
      case 'results':
      case 'name':
        break;
      case 'result': {
        const result = resultOf(path, value, line);
        const target = byKey.get(result.target);
        if (target === undefined) throw refused(path, 'foreign-target', { line, target: result.target });
        if (told.has(target.key)) throw refused(path, 'target-twice', { line, target: target.key });
        told.add(target.key);
        checkLook(checking, target, result, line);
        for (const contact of result.contacts) checkContact(checking, permit, contact, line);
        for (const { address } of result.contacts) contacted.add(address);
        ahead += result.observations.filter(({ at }) => isAhead(at, now)).length;
        behind += result.observations.filter(({ at }) => Date.parse(at) < madeAt).length;
        break;
      }
      case 'controls': {
        const round = roundOf(checking, carried, permit, value, line);
        rounds.push(round);
        ahead += round.looks.flatMap(({ observations }) => observations).filter(({ at }) => isAhead(at, now)).length;
        break;
      }
      case 'cost': {
        const { cost } = shaped(path, borders.cost, value, line);
        costs.set(cost.address, cost);
        break;
      }
      case 'resolver-cost': {
        const { cost } = shaped(path, borders['resolver-cost'], value, line);
        resolverCosts.set(cost.server, cost);
        break;
      }
      default:
        throw refused(path, 'shape', { line, reason: '/kind' });
    }
  }
  for (const { address, connections, datagrams } of costs.values()) {
    // What was stopped with a process that died was sent, and its contacts are lost; its address must still be in scope.
    if (connections + datagrams === 0 || contacted.has(address)) continue;
    if (!byAddress(targets, address)) throw refused(path, 'cost-without-contact', { address });
  }
  if (told.size !== checking.head.done || targets.length !== checking.head.targets)
    throw refused(path, 'other-counts', { told: told.size, done: checking.head.done, targets: targets.length });
  // Nothing seen would be vouched for, and nothing would tell of it.
  if (told.size > 0 && rounds.length === 0 && controlsIn(carried, plan.zone).length > 0)
    throw refused(path, 'controls-missing');
  return {
    targets,
    rounds,
    costs: [...costs.values()],
    resolverCosts: [...resolverCosts.values()],
    ahead,
    behind,
    results: told.size,
  };
}

/** A reading of controls: of those that the plan carried, each contact covered as for any target. */
function roundOf(checking: Checking, carried: Inventory, permit: Permit, value: unknown, line: number): ControlRound {
  const { path, plan } = checking;
  const { round: told, contacts } = shaped(path, borders.controls, value, line);
  const checked = checkRound(told, { controls: controlsIn(carried, plan.zone), zone: plan.zone });
  if ('fault' in checked) throw refused(path, 'controls-misfit', { line, reason: checked.fault });
  const { round } = checked;
  for (const contact of contacts) checkContact(checking, permit, contact, line);
  const contacted = new Set(contacts.map(({ address }) => address));
  for (const { target, observations } of round.looks) {
    if (!observations.some(({ ok, kind }) => ok && touching.has(kind))) continue;
    if (!contacted.has(target.address ?? '')) throw refused(path, 'seen-without-contact', { line, target: target.key });
  }
  for (const { address, connections, datagrams } of round.costs)
    if (connections + datagrams > 0 && !contacted.has(address))
      throw refused(path, 'cost-without-contact', { address });
  return round;
}

const byAddress = (targets: readonly Target[], address: string): boolean =>
  targets.some((target) => target.address === address);

export const kindOf = (value: unknown): unknown => (value as { readonly kind?: unknown } | null)?.kind;

/** One look as it stands in a line, each observation held against the schema of its kind. */
export function resultOf(path: string, value: unknown, line: number): ResultLine {
  const result = shaped(path, borders.result, value, line);
  const observations = result.observations.map((one): Observation => {
    const checked = checkObservation(one);
    if ('fault' in checked) throw refused(path, 'shape', { line, reason: checked.fault });
    return checked.observation;
  });
  return { ...result, observations };
}

/** The answers of the zone's resolver: only of names that the plan left to be looked up. */
function namesIn({ path, file }: Checking, own: Inventory): readonly NameLine[] {
  const asked = new Set(
    own.systems.flatMap(({ endpoints }) =>
      endpoints.flatMap((endpoint) =>
        endpoint.kind === 'domain' || endpoint.kind === 'mail' || knownAddresses(endpoint) !== undefined
          ? []
          : [hostOf(endpoint)],
      ),
    ),
  );
  const names: NameLine[] = [];
  for (const { value, line } of file.values()) {
    if (kindOf(value) !== 'name') continue;
    const name = shaped(path, borders.name, value, line);
    if (!asked.has(name.host)) throw refused(path, 'foreign-name', { line, name: name.host });
    const odd = name.addresses?.find((address) => parseAddress(address) === undefined);
    if (odd !== undefined || (name.addresses === undefined) === (name.failure === undefined))
      throw refused(path, 'shape', { line, reason: '/addresses' });
    names.push(name);
  }
  return names;
}

/** Kinds that open a connection to the target's own address. */
const touching: ReadonlySet<string> = new Set(['tls', 'http', 'ports']);

function checkLook(
  { path, plan }: Checking,
  target: Target,
  { observations, contacts }: ResultLine,
  line: number,
): void {
  const kinds = observations.map(({ kind }) => kind).sort();
  if (kinds.join() !== [...neededKinds(target)].sort().join())
    throw refused(path, 'other-kinds', { line, target: target.key, kinds: kinds.join(', ') });
  for (const seen of observations) {
    if (seen.target !== target.key || seen.zone !== plan.zone)
      throw refused(path, 'shape', { line, reason: `${seen.kind}: target, zone` });
    if (!seen.ok || !touching.has(seen.kind)) continue;
    if (!contacts.some(({ address }) => address === target.address))
      throw refused(path, 'seen-without-contact', { line, target: target.key });
  }
}

function checkContact({ path, plan }: Checking, permit: Permit, contact: Contact, line: number): void {
  const { address, name, ports: text, from, until } = contact;
  const ports = parsePortRanges(text);
  if (ports === null || ports.length > mostPorts || until < from)
    throw refused(path, 'shape', { line, reason: '/contacts' });
  if (until > plan.validUntil)
    throw refused(path, 'contact-expired', { line, address, at: until, until: plan.validUntil });
  for (const port of ports) {
    for (const at of [from, until]) {
      const dial = { address, port, zone: plan.zone, at, ...(name === undefined ? {} : { name }) };
      const permission = permit(dial);
      if (!permission.allowed)
        throw refused(path, 'contact-not-covered', {
          line,
          address,
          port: String(port),
          at,
          reason: permission.reason,
        });
    }
  }
}
