import { contentHash } from '../model/canonical.ts';
import type { Life } from '../model/track/life.ts';
import { clean } from '../workbook/table.ts';
import { shownColumns } from './columns.ts';
import type { Answer } from './answer.ts';
import type { Shown } from './sheet.ts';

/** What a text is once it went through a workbook: what is written must be what is read. */
export const shownText = (text: string, max: number): string => clean(clean(text).slice(0, max));

/**
 * What a finding is, as far as an answer to it goes, in sixteen hexadecimal digits: other evidence, another severity or a trouble
 * that came anew make an answer stale; another address or state does not. Pure.
 */
export function versionOf({ severity, evidence, openedAt, recurrences }: Life): string {
  return contentHash([severity, evidence, openedAt, recurrences]).slice(0, 16);
}

/** Ties what a row shows to its sheet and to what the finding was, in sixteen hexadecimal digits. Pure. */
export function codeOf(sheet: string, shown: Shown, version: string): string {
  return contentHash([sheet, version, ...shownColumns.map((column) => shown[column])]).slice(0, 16);
}

/** By which the same answer is known again; the hashes of its files are part of it. Pure. */
export function answerKey(sheet: string, finding: string, answer: Answer, files: readonly string[]): string {
  return contentHash([sheet, finding, answer, files]).slice(0, 32);
}
