import { severities, type Check } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import { safeText } from '../safe-text.ts';
import { visibleWidth } from '../width.ts';
import { pad, type Page } from './page.ts';

/** What failed and what could not be told, gravest first, with the reasons in words. */
export function printFindings(page: Page, findings: readonly Finding[], checks: readonly Check[]): void {
  const shown = findings
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'not-observed')
    .toSorted((a, b) => rank(a) - rank(b));
  if (shown.length === 0) return;
  const { say, lang, colors } = page;
  page.section('findings');
  const known = new Map(checks.map((check) => [check.id, check]));
  const grade = Math.max(...shown.map(({ severity }) => visibleWidth(say(`words.severity.${severity}`))));
  for (const finding of shown) {
    const check = known.get(finding.check);
    const mark = finding.outcome === 'fail' ? 'bad' : 'unseen';
    const word = pad(say(`words.severity.${finding.severity}`), grade);
    page.wrapped(`  ${page.mark(mark)} ${page.paint(mark, word)}  `, safeText(check?.title[lang] ?? finding.check));
    const indent = ' '.repeat(6 + grade);
    for (const reason of reasonsOf(page, finding)) page.wrapped(indent, reason, colors.dim);
    if (page.explain && check !== undefined) page.wrapped(indent, safeText(check.why[lang], 1000), colors.dim);
  }
}

const rank = ({ outcome, severity }: Finding) => (outcome === 'fail' ? 0 : 100) + severities.indexOf(severity);

/** Each reason once, with how often it was met; of what was not observed, the cause. */
function reasonsOf({ lang, say }: Page, { evidence, cause }: Finding): readonly string[] {
  const reasons = [...Map.groupBy(evidence, ({ because }) => because[lang])].map(([because, same]) => {
    const saw = same.length === 1 ? simple(same[0]?.saw) : '';
    return safeText(`${because}${same.length > 1 ? ` (${same.length})` : ''}${saw}`);
  });
  if (cause !== undefined)
    reasons.push(safeText(`${say(`words.failure.${cause.failure.code}`)}: ${cause.failure.detail}`));
  return reasons;
}

/** A value that reads by itself; a bare yes or no says nothing that the reason does not. */
function simple(saw: unknown): string {
  return typeof saw === 'string' || typeof saw === 'number' ? `: ${saw}` : '';
}
