import type { Text } from '../../../model/text.ts';
import { joinPieces, textPieces } from './pieces.ts';
import { slotOf } from './slot.ts';

/** What one check says is to be done: a sentence, then the lines to type, where there are any. */
export type FixSource = { readonly title: Text; readonly text: Text };

/** A sentence and the lines that go with it. */
export type FixStep = { readonly lead: Text; readonly code: Text | null };

/** Fixes of several checks as one change. */
export type MergedFix = {
  /** Each line once, in the order of the checks. */
  readonly steps: readonly FixStep[];
  /** What one check asks and cannot stand beside the steps: another value for the same thing. */
  readonly apart: readonly (FixStep & { readonly title: Text })[];
};

/**
 * Tells the fixes of one platform once: the same line is not repeated, headers of several checks stand together,
 * directives of one policy become one policy. The first check wins where two contradict one another, so give the gravest
 * first; nothing is lost, the other one stands apart.
 */
export function mergeFixes(sources: readonly FixSource[]): MergedFix {
  const steps = new Map<string, { readonly lead: Text; pieces: Text[]; readonly bare: boolean }>();
  const apart: (FixStep & { readonly title: Text })[] = [];
  for (const { title, text } of sources) {
    const { lead, code: lines } = partsOf(text);
    const known = steps.get(lead.vi);
    const step = known ?? { lead, pieces: [], bare: lines === null };
    if (known === undefined) steps.set(lead.vi, step);
    const clashing: Text[] = [];
    for (const piece of lines === null ? [] : textPieces(lines)) {
      const others = [...steps.values()].filter((one) => one !== step);
      const put = [step, ...others].some((one) => absorb(one.pieces, piece));
      if (put) continue;
      if ([step, ...others].some((one) => taken(one.pieces, piece))) clashing.push(piece);
      else step.pieces.push(piece);
    }
    const code = clashing.length === 0 ? null : joinPieces(clashing);
    if (code === null || apart.some((one) => one.code?.vi === code.vi)) continue;
    apart.push({ title, lead, code });
  }
  return {
    steps: [...steps.values()]
      .filter(({ pieces, bare }) => bare || pieces.length > 0)
      .map(({ lead, pieces }) => ({ lead, code: pieces.length === 0 ? null : joinPieces(pieces) })),
    apart,
  };
}

/** The first line says what to do, the others are what to type. */
function partsOf(text: Text): FixStep {
  const cut = (words: string): readonly [string, string] => {
    const [lead = '', ...rest] = words.trim().split('\n');
    return [lead, rest.join('\n')];
  };
  const [vi, codeVi] = cut(text.vi);
  const [en, codeEn] = cut(text.en);
  return { lead: { vi, en }, code: codeVi === '' && codeEn === '' ? null : { vi: codeVi, en: codeEn } };
}

/** Puts a piece into the list where it, or what it sets, is there already and both can stand together. */
function absorb(pieces: Text[], piece: Text): boolean {
  for (const [at, there] of pieces.entries()) {
    if (there.vi === piece.vi) return true;
    const joined = join(there, piece);
    if (joined === undefined) continue;
    pieces[at] = joined;
    return true;
  }
  return false;
}

/** Whether what a piece sets is set already, otherwise. */
function taken(pieces: readonly Text[], piece: Text): boolean {
  const slot = slotOf(piece.vi);
  const around = shell(piece);
  return pieces.some((there) => {
    if (slot !== undefined && slotOf(there.vi)?.key === slot.key) return true;
    const other = around === undefined ? undefined : shell(there);
    return other !== undefined && around !== undefined && sameEnds(around, other);
  });
}

function join(first: Text, second: Text): Text | undefined {
  const slot = slotOf(first.vi);
  if (slot !== undefined && slotOf(second.vi)?.key === slot.key) {
    const vi = slot.join(first.vi, second.vi);
    const en = slot.join(first.en, second.en);
    return vi === undefined || en === undefined ? undefined : { vi, en };
  }
  return joinElements(first, second);
}

/** Two elements that begin and end with the same lines become one around what is in both. */
function joinElements(first: Text, second: Text): Text | undefined {
  const [a, b] = [shell(first), shell(second)];
  if (a === undefined || b === undefined || !sameEnds(a, b)) return undefined;
  const inner = [...textPieces(a.inner)];
  for (const piece of textPieces(b.inner)) {
    if (absorb(inner, piece)) continue;
    if (taken(inner, piece)) return undefined;
    inner.push(piece);
  }
  const around = (words: string) => `${a.open}\n${words.replaceAll(/^(?=.)/gm, '  ')}\n${a.close}`;
  const { vi, en } = joinPieces(inner);
  return { vi: around(vi), en: around(en) };
}

type Shell = { readonly open: string; readonly close: string; readonly inner: Text };

function sameEnds(first: Shell, second: Shell): boolean {
  return first.open === second.open && first.close === second.close;
}

/** First and last line of an element, and what is between them, in the same words in both languages. */
function shell(piece: Text): Shell | undefined {
  const cut = (words: string) => {
    const lines = words.split('\n');
    const [open = '', close = ''] = [lines[0], lines.at(-1)];
    if (lines.length < 3 || !open.startsWith('<') || !close.startsWith('</')) return undefined;
    const inner = lines.slice(1, -1);
    const indent = Math.min(...inner.map((line) => line.length - line.trimStart().length));
    return { open, close, inner: inner.map((line) => line.slice(indent)).join('\n') };
  };
  const [vi, en] = [cut(piece.vi), cut(piece.en)];
  if (vi === undefined || en?.open !== vi.open || en.close !== vi.close) return undefined;
  return { open: vi.open, close: vi.close, inner: { vi: vi.inner, en: en.inner } };
}
