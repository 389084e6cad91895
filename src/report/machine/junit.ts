import type { Run } from '../../model/run.ts';
import type { SystemFile } from '../view/report-index.ts';
import { nameOf } from '../view/name.ts';
import { outcomeMark } from '../view/mark.ts';
import { severityWord } from '../view/actions.ts';
import { checkCoverage } from '../view/tally.ts';
import type { FindingEntry, Ledger, SystemEntry } from './ledger.ts';
import { fixOf, reasonOf, say } from './reasons.ts';
import { platformsSeen } from '../view/platform.ts';
import type { Tell } from './tell.ts';
import { attributes, xmlText } from './xml.ts';

/**
 * JUnit XML as continuous integration reads it: a suite a system, a case a check and target. What could not be told, does not
 * apply or is set aside is skipped with its reason, so a passed case is a pass that was seen. No time is given: a check takes
 * none, and the scan's is the run's.
 */
export function* junit(of: Ledger, tell: Tell): Generator<string> {
  const all = of.systems.flatMap(({ findings }) => findings);
  const { run, inventory } = of.index.data;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributes({ name: `rasoat ${inventory.province.id} ${run.id}`, ...counts(all) })}>\n`;
  for (const system of of.systems) yield* suite(of, system, tell);
  yield '</testsuites>\n';
}

function counts(entries: readonly FindingEntry[]) {
  const failures = entries.filter((entry) => standing(entry) === 'failed').length;
  const skipped = entries.filter((entry) => standing(entry) === 'skipped').length;
  return { tests: entries.length, failures, errors: 0, skipped };
}

function standing({ finding, aside }: FindingEntry): 'passed' | 'failed' | 'skipped' {
  if (finding.outcome === 'pass') return 'passed';
  return finding.outcome === 'fail' && aside === null ? 'failed' : 'skipped';
}

function* suite(of: Ledger, { file, findings }: SystemEntry, tell: Tell): Generator<string> {
  const { system } = file;
  const timestamp = of.at.replace(/(\.\d+)?Z$/, '');
  yield `  <testsuite${attributes({ name: system.id, ...counts(findings), timestamp })}>\n    <properties>\n`;
  for (const [name, value] of properties(of, file, tell)) {
    yield `      <property${attributes({ name, value })}/>\n`;
  }
  yield '    </properties>\n';
  for (const entry of findings) yield testCase(file, entry, tell);
  yield '  </testsuite>\n';
}

function properties({ index }: Ledger, file: SystemFile, tell: Tell): readonly (readonly [string, string | number])[] {
  const { seen, needed } = checkCoverage(file.findings);
  const { system } = file;
  return [
    ['run', index.data.run.id],
    ...prunedProperty(index.data.run),
    ['system_name', tell.name(nameOf(system))],
    ['owner', system.owner],
    ['level', system.classification?.level ?? ''],
    ['verdict', file.verdict],
    ['checks_observed', seen],
    ['checks_needed', needed],
  ];
}

function testCase(file: SystemFile, entry: FindingEntry, tell: Tell): string {
  const { finding, check } = entry;
  const target = tell.shown(finding.target);
  const head = attributes({
    classname: `${finding.system}.${finding.check}`,
    name: `${tell.text(check.title)} — ${target}`,
  });
  switch (standing(entry)) {
    case 'passed':
      return `    <testcase${head}/>\n`;
    case 'failed':
      return `    <testcase${head}>\n      ${failure(file, entry, tell)}\n    </testcase>\n`;
    case 'skipped':
      return `    <testcase${head}>\n      <skipped${attributes({ message: skipped(entry, tell) })}/>\n    </testcase>\n`;
  }
}

function failure(file: SystemFile, entry: FindingEntry, tell: Tell): string {
  const { finding, check, life } = entry;
  const seen = platformsSeen(file.observations.filter(({ target }) => target === finding.target));
  const fix = fixOf(entry, seen);
  const body = [
    tell.text(check.why),
    ...(fix === undefined ? [] : [tell.text(fix)]),
    ...(life?.due === null || life?.due === undefined ? [] : [tell.say('machine.due', { day: life.due.on })]),
  ].join('\n');
  const message = `${say(tell, severityWord(finding.severity))}: ${reasonOf(entry, tell)}`;
  // Line ends of an element's text stand as they are; in an attribute they would be folded.
  const text = body.split('\n').map(xmlText).join('\n');
  return `<failure${attributes({ message, type: finding.severity })}>${text}</failure>`;
}

function skipped(entry: FindingEntry, tell: Tell): string {
  const { finding, aside } = entry;
  if (aside !== null) {
    return `${tell.say(`track.state.${aside.as}`)}: ${tell.shown(aside.reason)} (${tell.say('machine.until', { day: aside.until })})`;
  }
  const word = say(tell, outcomeMark(finding.outcome).word);
  const reason = reasonOf(entry, tell);
  return reason === '' ? word : `${word}: ${reason}`;
}

/** When the run's raw observations were removed, where they were. */
const prunedProperty = ({ pruned }: Run): readonly (readonly [string, string])[] =>
  pruned === undefined ? [] : [['raw_removed', pruned.at]];
