import { createPublicKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { openFeeds, type Feeds } from '../../feeds/open.ts';
import { expandEndpoints } from '../../inventory/targets.ts';
import { isSealOf, openSealed, type SealedFile } from '../../keys/sealed-lines.ts';
import { canonicalJson } from '../../model/canonical.ts';
import { borders, type ResultsHead } from '../../model/carried.ts';
import { UserError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Iso } from '../../model/observation.ts';
import type { Run } from '../../model/run.ts';
import type { RunEvent } from '../../model/run-event.ts';
import { message } from '../../model/text.ts';
import type { IssuedPlan } from '../../store/carried-plan-types.ts';
import { lockFolder } from '../../store/lock.ts';
import { hasStore, storePlace } from '../../store/place.ts';
import { openStore } from '../../store/store.ts';
import type { Lawbook, Store } from '../../store/types.ts';
import { closeRun } from '../close-run.ts';
import { readLawbook, type LawbookOptions } from '../lawbook.ts';
import { keepRound } from '../control-rounds.ts';
import { createJudge } from '../observe-target.ts';
import { adoptPublicSuffixes } from '../public-suffixes.ts';
import { soberClock } from '../sober-clock.ts';
import { checkResults, kindOf, resultOf, type CheckedResults } from './check-results.ts';
import { refused, shaped } from './read-plan.ts';

export type ImportOptions = LawbookOptions & {
  readonly results: string;
  readonly out: string;
  /** The agent whose results are believed. */
  readonly trust: KeyObject;
  readonly feeds: string;
};

export type ImportOutcome = {
  readonly run: Run;
  /** Targets of the plan. */
  readonly targets: number;
  /** Looks that were new, and those that the store had. */
  readonly added: number;
  readonly had: number;
  /** Targets that no results have told of yet. */
  readonly waiting: number;
  /** Observations that claimed to be of the future and were refused as evidence. */
  readonly ahead: number;
  readonly behind: number;
};

/** One results file holds at most 4 GiB, one line of it 64 MiB. */
const limits = { bytes: 4 * 1024 ** 3, lineBytes: 64 * 1_048_576 };

/**
 * Takes results in that were carried from a zone: proves both signatures, that this store issued the plan and that nothing outside
 * of it is told; then stores, judges and, when every target was told of, closes the run as a scan's is closed. The same results
 * twice add nothing. Throws UserError before anything is written.
 */
export async function importResults(options: ImportOptions): Promise<ImportOutcome> {
  if (!hasStore(options.out)) throw new UserError([{ message: message('cli.no-store', { out: options.out }) }]);
  const file = openSealed(options.results, 'results', options.trust, limits);
  const feeds = await openFeeds(options.feeds);
  try {
    adoptPublicSuffixes(feeds);
    const lock = lockFolder(join(options.out, 'rasoat.lock'));
    const store = await openStore(storePlace(options.out));
    try {
      return await takeIn({ file, feeds, store, options, now: new Date().toISOString() });
    } finally {
      await store.close();
      lock.release();
    }
  } finally {
    feeds.close();
    file.close();
  }
}

type TakingIn = {
  readonly file: SealedFile;
  readonly feeds: Feeds;
  readonly store: Store;
  readonly options: ImportOptions;
  readonly now: Iso;
};

async function takeIn(taking: TakingIn): Promise<ImportOutcome> {
  const { file, store, options, now } = taking;
  const head = headOf(options.results, file);
  const issued = await issuedPlan(taking, head);
  const known = await store.run(head.run);
  if (known?.state === 'finished') return hadAlready(known, head);
  await refuseOlder(taking, head);
  const { plan, inventory, packages } = issued;
  const bySystem = new Map(Object.entries(packages));
  const checked = await checkResults({ path: options.results, file, head, plan, inventory, packages: bySystem, now });
  const lawbook = await lawbookFor(taking, known);
  if (known === undefined) await begin(taking, head, issued, checked, lawbook.lawbook);
  else await refuseOtherTargets(taking, head, checked);
  await keepControls(taking, head, inventory, checked, lawbook);
  const { added, had } = await commitAll(taking, head, checked, lawbook);
  await noteClocks(taking, head, checked);
  const waiting = (await store.targets(head.run, 'waiting')).length;
  if (waiting === 0) await closeRun({ store, run: head.run, zone: head.zone, inventory, lawbook: lawbook.lawbook });
  else await store.finishRun(head.run, 'interrupted', now);
  const run = await store.run(head.run);
  if (run === undefined) throw new Error(`run ${head.run} is not in the store`);
  const { ahead, behind, targets } = checked;
  return { run, targets: targets.length, added, had, waiting, ahead, behind };
}

function headOf(path: string, file: SealedFile): ResultsHead {
  for (const { value, line } of file.values()) return shaped(path, borders.results, value, line);
  throw refused(path, 'cut-short', { line: 1 });
}

function hadAlready(run: Run, { targets, done }: ResultsHead): ImportOutcome {
  return { run, targets, added: 0, had: done, waiting: 0, ahead: 0, behind: 0 };
}

/** The plan that the results answer: issued by this store, and signed by the key it was issued under. */
async function issuedPlan({ store, options }: TakingIn, head: ResultsHead): Promise<IssuedPlan> {
  const path = options.results;
  const issued = await store.carriedPlans.find(head.run);
  if (issued === undefined) throw refused(path, 'not-issued', { run: head.run, out: options.out });
  const { plan } = issued;
  const told = head.plan;
  if (told.hash !== plan.hash || told.lines !== plan.lines) throw refused(path, 'other-plan', { run: head.run });
  if (!isSealOf('plan', told, createPublicKey(plan.centreKey)))
    throw refused(path, 'plan-signature', { run: head.run });
  if (head.zone !== plan.zone) throw refused(path, 'other-zone', { plan: plan.zone, own: head.zone });
  if (head.tool !== plan.tool) throw refused(path, 'other-version', { plan: plan.tool, own: head.tool });
  return issued;
}

/** The life of findings goes forward only: what was seen before a run that is in it would undo what that one saw. */
async function refuseOlder({ store, options }: TakingIn, head: ResultsHead): Promise<void> {
  const end = head.clock.reduce((latest, session) => (session.end > latest ? session.end : latest), '');
  const newer = (await store.runs()).find(
    ({ id, zone, state, startedAt }) =>
      id !== head.run && zone === head.zone && state === 'finished' && startedAt > end,
  );
  if (newer !== undefined) throw refused(options.results, 'older', { end, run: newer.id, began: newer.startedAt });
}

async function lawbookFor(
  { store, options, feeds }: TakingIn,
  known: Run | undefined,
): Promise<{ readonly lawbook: Lawbook; readonly ask?: Feeds['ask'] }> {
  if (known === undefined) return { lawbook: await readLawbook(options, feeds), ask: feeds.ask };
  const { lawbook } = await store.judgement(known.id);
  const same = canonicalJson(lawbook.reference.feeds ?? {}) === canonicalJson(feeds.states);
  return { lawbook, ...(same ? { ask: feeds.ask } : {}) };
}

async function begin(
  { store, file, now }: TakingIn,
  head: ResultsHead,
  { plan, inventory }: IssuedPlan,
  { targets }: CheckedResults,
  lawbook: Lawbook,
): Promise<void> {
  const began = head.clock[0]?.start ?? now;
  const startedAt = [plan.issuedAt, began].reduce((a, b) => (a > b ? a : b));
  await store.createRun({
    id: head.run,
    tool: plan.tool,
    zone: plan.zone,
    startedAt: startedAt > now ? now : startedAt,
    inventory,
    targets,
    settings: {
      ...plan.manner,
      excludedSystems: expandEndpoints(inventory, plan.zone).excludedSystems,
      carried: { plan: plan.hash, agent: file.seal.signer },
    },
    lawbook,
  });
}

/** Results of one plan that was carried out twice from the beginning cannot be put together. */
async function refuseOtherTargets(
  { store, options }: TakingIn,
  head: ResultsHead,
  { targets }: CheckedResults,
): Promise<void> {
  const stored = await store.targets(head.run);
  if (canonicalJson(stored) === canonicalJson(targets)) return;
  throw refused(options.results, 'other-targets', { run: head.run });
}

/** Before anything is judged; what an earlier file brought is there already. */
async function keepControls(
  { store, file, now }: TakingIn,
  { run, zone }: ResultsHead,
  inventory: Inventory,
  { rounds }: CheckedResults,
  law: { readonly lawbook: Lawbook; readonly ask?: Feeds['ask'] },
): Promise<void> {
  for (const round of rounds) {
    const looks = round.looks.map((look) => ({ ...look, observations: soberClock(look.observations, now) }));
    await keepRound(store, run, { inventory, zone, ...law }, { ...round, looks }, file.seal.signer);
  }
}

async function commitAll(
  { store, file, options, now }: TakingIn,
  head: ResultsHead,
  { targets, costs, resolverCosts }: CheckedResults,
  { lawbook, ask }: { readonly lawbook: Lawbook; readonly ask?: Feeds['ask'] },
): Promise<{ readonly added: number; readonly had: number }> {
  const judge = createJudge(lawbook, ask);
  const waiting = new Set((await store.targets(head.run, 'waiting')).map(({ key }) => key));
  const byKey = new Map(targets.map((target) => [target.key, target]));
  let added = 0;
  let had = 0;
  for (const { value, line } of file.values()) {
    if (kindOf(value) !== 'result') continue;
    const result = resultOf(options.results, value, line);
    const target = byKey.get(result.target);
    if (target === undefined) throw refused(options.results, 'foreign-target', { line, target: result.target });
    if (!waiting.has(target.key)) {
      had += 1;
      continue;
    }
    const observations = soberClock(result.observations, now);
    const { findings, known } = judge(target, observations);
    await store.commitTarget(head.run, 'carried', {
      target: target.key,
      observations,
      findings,
      // They are told once for all; the first look that is new brings them.
      costs: added === 0 ? costs : [],
      resolverCosts: added === 0 ? resolverCosts : [],
      ...(known === undefined ? {} : { known }),
    });
    added += 1;
  }
  return { added, had };
}

async function noteClocks({ store, file, now }: TakingIn, head: ResultsHead, checked: CheckedResults): Promise<void> {
  const told = new Set((await store.runEvents(head.run)).map(({ kind, detail }) => canonicalJson([kind, detail])));
  const note = async (kind: RunEvent['kind'], detail: RunEvent['detail']): Promise<void> => {
    if (!told.has(canonicalJson([kind, detail]))) await store.addRunEvent(head.run, { at: now, kind, detail });
  };
  const [agent, written] = [file.seal.signer.slice(0, 16), head.writtenAt];
  await note('carried-in', { agent, written, done: head.done });
  if (checked.ahead > 0) await note('clock-ahead', { agent, count: checked.ahead, written });
  if (checked.behind > 0) await note('clock-behind', { agent, count: checked.behind, written });
}
