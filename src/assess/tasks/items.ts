import type { Assessment } from '../../model/assessment.ts';
import { dayOf } from '../../model/day.ts';
import type { DirectiveTask, EvidenceRule, Obligation } from '../../model/framework.ts';
import type { TaskItem, TaskSubject } from '../../model/task-status.ts';
import { addressed } from './addressees.ts';
import { byDocument } from './by-document.ts';
import { byFindings, byFindingsEvery } from './by-findings.ts';
import { byPapers } from './by-papers.ts';
import { byReports } from './by-reports.ts';
import { byRuns, runCoverage, type Looked } from './by-runs.ts';
import { clearOf } from './clear.ts';
import { dueOf } from './due.ts';
import type { Known } from './known.ts';
import type { Case, Stand } from './stand.ts';
import type { Spoken } from './spoken.ts';

/** A task and all it is judged by. */
export type Asked = {
  readonly obligation: Obligation;
  readonly task: DirectiveTask;
  readonly rule: EvidenceRule;
  readonly since: string;
};

const nothingSeen: TaskItem['evidence'] = { findings: [], coverage: { seen: 0, needed: 0 } };

/** Where one task stands for each of those it falls on; empty where it applies to none of them. */
export function itemsOf(asked: Asked, known: Known): readonly TaskItem[] {
  const { task, obligation } = asked;
  if (task.provinceWide === true) {
    const subjects = task.addressees === undefined ? [] : addressed(task.addressees, known.inventory);
    const all: readonly TaskSubject[] = subjects.length > 0 ? subjects : [{ kind: 'province' }];
    return all.map((subject) => itemOfBody(asked, subject, all.length === 1, known));
  }
  const assessments = known.assessed.get(obligation.id) ?? [];
  const items = assessments.flatMap((one) => itemOfSystem(asked, one, known));
  if (items.length > 0 || assessments.length > 0) return items;
  const { spoken, ...rest } = caseOf(asked, { kind: 'province' }, { alone: true }, known);
  const stand: Stand = { state: 'no-evidence', because: 'no-subject' };
  return [item(asked, { kind: 'province' }, stand, { spoken, ...rest }, nothingSeen)];
}

function caseOf(asked: Asked, subject: TaskSubject, others: Parameters<Known['speak']>[2], known: Known): Case {
  const spoken = known.speak(asked.obligation.id, subject, others);
  const { deadline } = asked.task;
  return {
    spoken,
    due: dueOf(asked.task, spoken, known.conventions),
    today: known.today,
    awaits: deadline !== undefined && 'trigger' in deadline,
    since: asked.since,
  };
}

function itemOfSystem(asked: Asked, assessment: Assessment, known: Known): readonly TaskItem[] {
  const system = known.systems.get(assessment.system);
  if (system === undefined) return [];
  const level = system.classification?.level;
  const subject: TaskSubject = {
    kind: 'system',
    system: system.id,
    organisation: system.owner,
    ...(level === undefined ? {} : { level }),
  };
  const of = caseOf(asked, subject, { alone: false, operator: system.operator }, known);
  const stand = standOfSystem(asked, assessment, of, known);
  if (stand === undefined) return [];
  const { evidenceAt, findings, coverage, claim } = assessment;
  const blind = coverage.needed > 0 && coverage.seen === 0;
  const evidence = { ...(evidenceAt === undefined || blind ? {} : { at: evidenceAt }), findings, coverage };
  const paper = paperOf(asked.rule, claim);
  return [item(asked, subject, stand, of, evidence, paper)];
}

/** The paper of a level or layer as the claim that stands beside the evidence. */
function paperOf(rule: EvidenceRule, claim: Assessment['claim']): TaskItem['claim'] {
  if ((rule !== 'level' && rule !== 'layers') || claim?.on === undefined) return undefined;
  return {
    on: claim.on,
    ...(claim.document === undefined ? {} : { document: { number: claim.document, date: claim.on } }),
  };
}

function standOfSystem(asked: Asked, assessment: Assessment, of: Case, known: Known): Stand | undefined {
  const { rule, task } = asked;
  switch (rule) {
    case 'findings':
      return task.periodic === true
        ? byFindingsEvery(assessment, of, known.conventions.reportEvery)
        : byFindings(assessment, of);
    case 'level':
    case 'layers':
      return byPapers(assessment, of);
    case 'reports':
      return byReports(of, known.conventions.reportEvery);
    case 'document':
    case 'runs':
    case 'coverage':
      return byDocument(of);
  }
}

function itemOfBody(asked: Asked, subject: TaskSubject, alone: boolean, known: Known): TaskItem {
  const of = caseOf(asked, subject, { alone }, known);
  const { reportEvery } = known.conventions;
  switch (asked.rule) {
    case 'reports':
      return item(asked, subject, byReports(of, reportEvery), of, nothingSeen);
    case 'runs': {
      const looked = lookedOf(asked.task, known);
      const coverage = runCoverage(looked, known.today);
      return item(asked, subject, byRuns(looked, of, reportEvery), of, { ...lastLook(known), findings: [], coverage });
    }
    case 'coverage': {
      const looked = [...known.systems.keys()].filter(
        (id) => dayOf(known.lookedAt.get(id) ?? '1970-01-01') >= asked.since,
      );
      const coverage = { seen: looked.length, needed: known.systems.size };
      const stand = byDocument(of);
      const partial = stand.because === 'record-done' && coverage.seen < coverage.needed;
      const shown: Stand = partial ? { ...stand, because: 'document-beside-coverage' } : stand;
      return item(asked, subject, shown, of, { ...lastLook(known), findings: [], coverage });
    }
    case 'findings':
    case 'level':
    case 'layers':
    case 'document':
      return documented(asked, subject, of, known);
  }
}

/** A document alone, and what weakens it: serious findings on that body's systems since. */
function documented(asked: Asked, subject: TaskSubject, of: Case, known: Known): TaskItem {
  const stand = byDocument(of);
  const on = of.spoken.done?.on;
  if (asked.task.evidence?.weakenedByFindings !== true || subject.kind !== 'organisation' || on === undefined) {
    return item(asked, subject, stand, of, nothingSeen);
  }
  const since = (known.serious.get(subject.organisation) ?? []).filter(({ at }) => dayOf(at) >= on);
  if (since.length === 0 || stand.because !== 'record-done') return item(asked, subject, stand, of, nothingSeen);
  const at = since
    .map((finding) => finding.at)
    .sort()
    .at(-1);
  return item(asked, subject, { ...stand, because: 'document-weakened' }, of, {
    ...(at === undefined ? {} : { at }),
    findings: since.map(({ check, target }) => ({ check, target })),
    coverage: nothingSeen.coverage,
  });
}

function lookedOf(task: DirectiveTask, known: Known): readonly Looked[] {
  return [...known.systems.values()].map(({ id, classification }) => {
    const at = known.lookedAt.get(id);
    const level = classification?.level;
    const every = (level === undefined ? undefined : task.evidence?.every?.[level]) ?? known.conventions.reportEvery;
    return { every, ...(at === undefined ? {} : { on: dayOf(at) }) };
  });
}

function lastLook({ lookedAt, systems }: Known): { readonly at?: string } {
  const at = [...lookedAt]
    .flatMap(([id, one]) => (systems.has(id) ? [one] : []))
    .sort()
    .at(-1);
  return at === undefined ? {} : { at };
}

function item(
  { obligation, task }: Asked,
  subject: TaskSubject,
  stand: Stand,
  { spoken, due }: Case,
  evidence: TaskItem['evidence'],
  paper?: TaskItem['claim'],
): TaskItem {
  const claim = claimOf(spoken, paper);
  return {
    task: obligation.id,
    subject,
    state: stand.state,
    because: stand.because,
    due,
    ...(stand.days === undefined ? {} : { days: stand.days }),
    ...(claim === undefined ? {} : { claim }),
    evidence,
    ...(!spoken.ownClear ? {} : { clear: clearOf(obligation, task, spoken.clear) }),
    ...(spoken.note === undefined ? {} : { note: spoken.note }),
  };
}

/** What is claimed: the later of the paper and the record, or the latest report. */
function claimOf({ done, reports }: Spoken, paper: TaskItem['claim']): TaskItem['claim'] {
  if (done !== undefined) return paper !== undefined && paper.on > done.on ? paper : done;
  return paper ?? reports.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
}
