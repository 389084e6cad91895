import { Type, type Static } from '@sinclair/typebox';
import type { SecurityTxtFacts, SecurityTxtFile } from '../../model/facts/web-paths.ts';
import { failure } from '../../model/failure.ts';
import type { Iso } from '../../model/observation.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { seen, unseen, type Part } from './part.ts';
import { securityTxtDefects, securityTxtRules, type SecurityTxtDefect } from './security-txt-rules.ts';

const defectView = Type.Object(
  {
    rule: oneOf(securityTxtRules),
    /** Line of the file; null where the whole file is meant. */
    line: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
    value: Type.Union([text(1024), Type.Null()]),
  },
  closed,
);

/** A security.txt, held against RFC 9116. */
export const securityTxtView = Type.Object(
  {
    url: text(2048),
    /** What a MUST of the standard is broken by. */
    errors: list(defectView, 300),
    /** What it recommends and the file does not do. */
    advice: list(defectView, 16),
    /** Instant of the one Expires field; null when there is not exactly one that can be read. */
    expires: Type.Union([text(40), Type.Null()]),
    /** An OpenPGP signature stands around it; it is not verified. */
    signed: Type.Boolean(),
  },
  closed,
);
export type SecurityTxt = Static<typeof securityTxtView>;

/** Null: both places answered, and neither with such a file. */
export function securityTxtOf(facts: SecurityTxtFacts, at: Iso): Part<SecurityTxt | null> {
  const { file, asked } = facts;
  if (file !== undefined) {
    return file.cut ? unseen(failure('too-large', `${file.url} is longer than is read`)) : seen(judge(file, at));
  }
  const failed = asked.find((one) => one.failure !== undefined)?.failure;
  if (failed !== undefined) return unseen(failed);
  const blocked = asked.find(({ status, filter }) => filter !== undefined || isRefusal(status ?? 0));
  if (blocked !== undefined)
    return unseen(failure('blocked', `${blocked.url} answered with status ${blocked.status ?? 0}`));
  return asked.length === 0 ? unseen(failure('not-run', 'security.txt was not asked for')) : seen(null);
}

const isRefusal = (status: number) => [401, 403, 429, 451].includes(status) || status >= 500;

function judge(file: SecurityTxtFile, at: Iso): SecurityTxt {
  const { errors, advice, expires } = securityTxtDefects(file, at);
  const toView = ({ rule, line, value }: SecurityTxtDefect) => ({ rule, line: line ?? null, value: value ?? null });
  return { url: file.url, errors: errors.map(toView), advice: advice.map(toView), expires, signed: file.signed };
}
