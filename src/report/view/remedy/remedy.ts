import type { Platform } from '../../../model/check.ts';
import type { Target } from '../../../model/target.ts';
import type { TrackedFinding } from '../../../model/track/tracked.ts';
import { message, type Message, type Text } from '../../../model/text.ts';
import type { PageRef } from '../../page-ref.ts';
import { actionAnchor, actionTitle, gravestOf, gravity, severityWord, type ActionTitle } from '../actions.ts';
import { findingAnchors } from '../findings.ts';
import { nameOf, type Name } from '../name.ts';
import { compare, groupBy, type Failed, type ReportIndex, type SystemFile } from '../report-index.ts';
import { evidenceViews, type EvidenceView } from '../seen-value.ts';
import { selfChecks, type Place, type SelfCheckView } from './commands.ts';
import { fixViews, type FixView } from './fix-views.ts';
import { firstDue, groundsOf, groundViews, type DueView, type GroundView } from './grounds.ts';
import { serversSeen } from './servers-seen.ts';

/** One failure as proof: where, when, from which zone, what was seen, and how often before. */
export type ProofView = {
  /** Null where the place of the proof is the system's own page. */
  readonly anchor: string | null;
  readonly target: string;
  readonly at: string;
  readonly evidence: readonly EvidenceView[];
  readonly more: number;
  /** Id of the finding's life and fingerprint of its evidence; null where the run was not taken in. */
  readonly id: string | null;
  readonly fingerprint: string | null;
  /** "Seen in n of m runs"; null where there is one run alone, or none that was taken in. */
  readonly often: Message | null;
};

/** One check of a change that is not met. */
export type WrongView = {
  readonly id: string;
  readonly title: Text;
  readonly why: Text;
  readonly severity: Message;
  readonly places: number;
  readonly several: boolean;
  readonly proofs: readonly ProofView[];
  readonly moreProofs: number;
  readonly sure: readonly Message[];
  readonly sources: readonly string[];
};

/** Where a change is to be made. */
export type WhereView = {
  /** Null on the system's own page. */
  readonly system: { readonly name: Name; readonly ref: PageRef } | null;
  readonly targets: readonly { readonly target: string; readonly servers: readonly Message[] }[];
  readonly more: number;
};

/** One change: what is wrong, where, the lines to change, how to see that it worked, by when. */
export type RemedyView = {
  readonly change: string;
  readonly anchor: string;
  /** Its number in the report. */
  readonly n: number;
  readonly title: ActionTitle;
  readonly severity: Message;
  readonly grave: boolean;
  readonly open: boolean;
  readonly places: number;
  readonly systems: number;
  readonly checks: number;
  readonly findings: number;
  /** The gravest, then what the same change mends too. */
  readonly wrong: readonly WrongView[];
  readonly alsoWrong: readonly WrongView[];
  readonly where: readonly WhereView[];
  readonly fixes: readonly FixView[];
  /** Told where no server was seen. */
  readonly unseenFixes: readonly FixView[];
  readonly untold: number;
  /** There is some advice. */
  readonly advised: boolean;
  readonly selfChecks: readonly SelfCheckView[];
  readonly due: DueView | null;
  readonly grounds: readonly GroundView[];
  readonly zone: Name;
};

/** How a list of changes is drawn. */
export type RemedyOptions = {
  /** On the page of one system: no names of systems, and anchors for each finding. */
  readonly alone: boolean;
  /** Changes that stand unfolded, from the first. */
  readonly unfolded: number;
};

const mostWrong = 3;
const mostProofs = 12;
const mostTargets = 12;
const shownEvidence = 20;

/** Changes that mend the open failures of some systems: what is late or due first, then the gravest, then the widest. */
export function remedies(
  index: ReportIndex,
  files: readonly SystemFile[],
  options: RemedyOptions,
): readonly RemedyView[] {
  const { lifeOf } = index.life;
  const zone = index.data.inventory.zones.find(({ id }) => id === index.data.run.zone);
  const zoneName: Name = zone === undefined ? { vi: index.data.run.zone, en: null } : nameOf(zone);
  const grounds = new Map(files.map((file) => [file, groundsOf(file)]));
  const anchors = new Map(files.map((file) => [file, findingAnchors(file)]));
  const failures = files.flatMap((file) => file.open.map((failed) => ({ file, ...failed })));
  return [...groupBy(failures, ({ check }) => check.change)]
    .map(([change, failed]) => {
      const lives = failed.flatMap(({ finding }) => lifeOf(finding) ?? []);
      return { change, failed, gravest: gravestOf(failed), lives, due: firstDue(lives, index.today) };
    })
    .toSorted(
      (a, b) =>
        Number(b.due?.late ?? false) - Number(a.due?.late ?? false) ||
        gravity(a.gravest.finding.severity) - gravity(b.gravest.finding.severity) ||
        compare(a.due?.on ?? '9999', b.due?.on ?? '9999') ||
        b.failed.length - a.failed.length ||
        compare(a.change, b.change),
    )
    .map(({ change, failed, gravest, due }, at): RemedyView => {
      const places = placesOf(failed);
      const seen = serversAt(failed);
      const fixes = fixViews(places, seen);
      const unseenFixes = fixes.filter((one) => !one.seen);
      const wrong = wrongViews(index, failed, lifeOf, options.alone ? anchors : undefined);
      return {
        change,
        anchor: actionAnchor(change),
        n: at + 1,
        title: actionTitle(gravest),
        severity: severityWord(gravest.finding.severity),
        grave: gravity(gravest.finding.severity) < 2,
        open: at < options.unfolded,
        places: new Set(failed.map(({ finding }) => finding.target)).size,
        systems: new Set(failed.map(({ file }) => file)).size,
        checks: wrong.length,
        findings: failed.length,
        wrong: wrong.slice(0, mostWrong),
        alsoWrong: wrong.slice(mostWrong),
        where: whereViews(failed, seen, options),
        fixes: fixes.filter((one) => one.seen),
        unseenFixes,
        untold: Math.max(0, ...unseenFixes.map((one) => one.places)),
        advised: fixes.length > 0,
        selfChecks: selfChecks(index.selfChecks, places),
        due,
        grounds: groundViews(failed.flatMap(({ file, finding }) => grounds.get(file)?.(finding) ?? [])),
        zone: zoneName,
      };
    });
}

type Anchors = ReadonlyMap<SystemFile, ReturnType<typeof findingAnchors>>;
type FailedAt = Failed & { readonly file: SystemFile };

function placesOf(failed: readonly FailedAt[]): readonly Place[] {
  return [...groupBy(failed, ({ file }) => file)].flatMap(([file, own]) => {
    const targets = new Map(file.targets.map((target) => [target.key, target]));
    const observations = groupBy(file.observations, ({ target }) => target);
    return own.flatMap(({ check, finding }): readonly Place[] => {
      const target = targets.get(finding.target);
      return target === undefined ? [] : [{ check, finding, target, observations: observations.get(target.key) ?? [] }];
    });
  });
}

function serversAt(failed: readonly FailedAt[]): (target: Target) => readonly Platform[] {
  const tell = new Map<string, (target: Target) => readonly Platform[]>();
  for (const { file } of failed) if (!tell.has(file.system.id)) tell.set(file.system.id, serversSeen(file));
  return (target) => tell.get(target.system)?.(target) ?? [];
}

function wrongViews(
  index: ReportIndex,
  failed: readonly FailedAt[],
  lifeOf: ReportIndex['life']['lifeOf'],
  anchors: Anchors | undefined,
): readonly WrongView[] {
  return [...groupBy(failed, ({ check }) => check.id).values()]
    .map((of) => ({ of, gravest: gravestOf(of) }))
    .toSorted(
      (a, b) => gravity(a.gravest.finding.severity) - gravity(b.gravest.finding.severity) || b.of.length - a.of.length,
    )
    .map(({ of, gravest: { check, finding } }): WrongView => {
      // On the system's own page every finding keeps its place: links lead there.
      const shown = anchors === undefined ? of.slice(0, mostProofs) : of;
      return {
        id: check.id,
        title: check.title,
        why: check.why,
        severity: severityWord(finding.severity),
        places: of.length,
        several: of.length > 1,
        proofs: shown.map((one) => proofView(index, one, lifeOf(one.finding), anchors)),
        moreProofs: of.length - shown.length,
        sure: check.reads.map((kind) => message(`report.sure.${kind}`)),
        sources: check.sources,
      };
    });
}

function proofView(
  { data }: ReportIndex,
  { file, finding }: FailedAt,
  tracked: TrackedFinding | undefined,
  anchors: Anchors | undefined,
): ProofView {
  const { evidence, target, at } = finding;
  const strip = tracked === undefined ? [] : (data.track?.strips.get(tracked.life.id) ?? []);
  const told = strip.filter(({ mark }) => mark !== 'not-observed');
  const failed = told.filter(({ mark }) => mark === 'fail').length;
  return {
    anchor: anchors?.get(file)?.(finding) ?? null,
    target,
    at,
    evidence: evidenceViews(evidence.slice(0, shownEvidence)),
    more: Math.max(0, evidence.length - shownEvidence),
    id: tracked?.life.id ?? null,
    fingerprint: tracked?.life.evidence ?? null,
    often: told.length < 2 ? null : message('owner.proof.often', { n: failed, of: told.length }),
  };
}

function whereViews(
  failed: readonly FailedAt[],
  seen: (target: Target) => readonly Platform[],
  { alone }: RemedyOptions,
): readonly WhereView[] {
  return [...groupBy(failed, ({ file }) => file)].map(([file, own]): WhereView => {
    const targets = new Map(file.targets.map((target) => [target.key, target]));
    const keys = [...new Set(own.map(({ finding }) => finding.target))].sort();
    return {
      system: alone
        ? null
        : {
            name: nameOf(file.system),
            ref: { page: 'system', id: file.system.id, hash: actionAnchor(own[0]?.check.change ?? '') },
          },
      targets: keys.slice(0, mostTargets).map((key) => {
        const target = targets.get(key);
        return {
          target: key,
          servers: (target === undefined ? [] : seen(target)).map((one) => message(`words.platform.${one}`)),
        };
      }),
      more: Math.max(0, keys.length - mostTargets),
    };
  });
}
