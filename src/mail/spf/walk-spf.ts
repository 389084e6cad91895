import type { Failure } from '../../model/failure.ts';
import type { MailAnswer } from '../../model/facts/mail.ts';
import { isEmpty, type Known, type Question } from '../answers.ts';
import { isSpf, parseSpf, type Mechanism, type Modifier, type Qualifier, type SpfFaultWord } from './parse-spf.ts';
import { expandDomain } from './spf-domain.ts';

/** Faults of the tree beside those of one record's grammar. */
export const spfTreeFaultWords = ['no-record', 'several-records', 'loop', 'too-many-mx'] as const;
export type SpfFault = {
  /** Domain whose record it stands in. */
  readonly record: string;
  readonly term: string;
  readonly fault: SpfFaultWord | (typeof spfTreeFaultWords)[number];
};

/** What one domain's SPF comes to, over everything that it includes (RFC 7208). */
export type SpfWalk = {
  /** SPF records at the domain itself. */
  readonly own: readonly string[];
  /** Terms that make a receiver ask the DNS when nothing matches sooner (section 4.6.4). */
  readonly lookups: number;
  /** Those of them that find nothing, as far as is known. */
  readonly voids: readonly string[];
  readonly faults: readonly SpfFault[];
  /** What is said of senders that nothing matched: by `all`, or by `redirect` to it; null: neither. */
  readonly all: Qualifier | null;
  /** The domain lets nobody send: `-all` with nothing before it that could pass. Undefined while a redirect is not known. */
  readonly nobody: boolean | undefined;
  readonly ptr: readonly string[];
  /** Networks that pass, by the record they stand in. */
  readonly networks: readonly { readonly record: string; readonly term: string; readonly prefix: number }[];
  /** Terms whose names only a message fills in. */
  readonly opaque: readonly string[];
  /** Questions whose answers would tell more. */
  readonly pending: readonly Question[];
  /** Answers that did not come. */
  readonly failed: readonly Failure[];
};

type Notes = {
  mechanisms: number;
  lookups: number;
  voids: string[];
  faults: SpfFault[];
  ptr: string[];
  networks: { record: string; term: string; prefix: number }[];
  opaque: string[];
  pending: Question[];
  failed: Failure[];
};

/** Where counting ends: three times the limit says enough, and bounds a hostile tree. */
const enough = 30;
const most = 64;

/** Walks the tree of a domain's SPF as far as the answers go; total, and ends whatever they say. */
export function walkSpf(domain: string, known: Known): SpfWalk {
  const notes: Notes = {
    mechanisms: 0,
    lookups: 0,
    voids: [],
    faults: [],
    ptr: [],
    networks: [],
    opaque: [],
    pending: [],
    failed: [],
  };
  const own = (ask(notes, known, domain, 'TXT')?.values ?? []).filter(isSpf);
  const all = own[0] === undefined ? null : walkRecord(own[0], domain, [domain], { notes, known, sender: domain });
  if (own.length > 1) note(notes.faults, { record: domain, term: '', fault: 'several-records' });
  return { own, all, nobody: own.length === 1 ? isNobody(all, notes) : false, ...notes };
}

function isNobody(all: Qualifier | null, { mechanisms, pending, failed, opaque }: Notes): boolean | undefined {
  if (mechanisms > 0) return false;
  if (all !== null) return all === '-';
  return pending.length + failed.length + opaque.length > 0 ? undefined : false;
}

type Walk = { readonly notes: Notes; readonly known: Known; readonly sender: string };

/** Gives what the record says of senders that nothing matched. */
function walkRecord(record: string, domain: string, path: readonly string[], walk: Walk): Qualifier | null {
  const { notes } = walk;
  const { terms, faults } = parseSpf(record);
  for (const { term, fault } of faults) note(notes.faults, { record: domain, term, fault });
  for (const term of terms) {
    if (term.kind === 'modifier') continue;
    // What stands after `all` is never looked at, nor is `redirect` (sections 5.1 and 6.1).
    if (term.name === 'all') return term.qualifier;
    notes.mechanisms += 1;
    walkMechanism(term, domain, path, walk);
  }
  const redirect = terms.find((term): term is Modifier => term.kind === 'modifier' && term.name === 'redirect');
  if (redirect === undefined) return null;
  return follow(`redirect=${redirect.value}`, redirect.value, domain, path, walk);
}

function walkMechanism(term: Mechanism, domain: string, path: readonly string[], walk: Walk): void {
  const { notes, known, sender } = walk;
  if (term.name === 'ip4' || term.name === 'ip6') {
    if (term.qualifier === '+') note(notes.networks, { record: domain, term: term.text, prefix: term.prefix ?? 0 });
    return;
  }
  if (term.name === 'include') {
    follow(term.text, term.domain ?? '', domain, path, walk);
    return;
  }
  notes.lookups += 1;
  if (term.name === 'ptr') {
    note(notes.ptr, `${domain}: ${term.text}`);
    return;
  }
  const name = term.domain === undefined ? domain : expandDomain(term.domain, domain, sender);
  if (name === undefined) {
    note(notes.opaque, term.text);
    return;
  }
  if (term.name === 'mx') {
    const answer = ask(notes, known, name, 'MX');
    if (answer === undefined) return;
    if (isEmpty(answer)) note(notes.voids, `MX ${name}`);
    // Section 4.6.4: more than ten names is a permanent error.
    if (answer.values.length > 10) note(notes.faults, { record: domain, term: term.text, fault: 'too-many-mx' });
    return;
  }
  const answers = (term.name === 'exists' ? (['A'] as const) : (['A', 'AAAA'] as const)).map((type) =>
    ask(notes, known, name, type),
  );
  if (answers.every((answer) => answer !== undefined && isEmpty(answer))) note(notes.voids, `A ${name}`);
}

/** `include` and `redirect`: another record, by the same sender. */
function follow(text: string, spec: string, domain: string, path: readonly string[], walk: Walk): Qualifier | null {
  const { notes, known, sender } = walk;
  notes.lookups += 1;
  if (notes.lookups > enough) return null;
  const name = expandDomain(spec, domain, sender);
  if (name === undefined) {
    note(notes.opaque, text);
    return null;
  }
  if (path.includes(name)) {
    note(notes.faults, { record: domain, term: text, fault: 'loop' });
    return null;
  }
  const answer = ask(notes, known, name, 'TXT');
  if (answer === undefined) return null;
  if (isEmpty(answer)) note(notes.voids, `TXT ${name}`);
  const [record, second] = answer.values.filter(isSpf);
  if (record === undefined || second !== undefined) {
    const fault = record === undefined ? 'no-record' : 'several-records';
    // A list that was cut may hold the record that is missing.
    if (record !== undefined || answer.cut !== true) note(notes.faults, { record: domain, term: text, fault });
    return null;
  }
  return walkRecord(record, name, [...path, name], walk);
}

/** The answer, when it came; else it is noted why it is not there. */
function ask(notes: Notes, known: Known, name: string, type: Question['type']): MailAnswer | undefined {
  const answer = known(name, type);
  if (answer === undefined) note(notes.pending, { name, type });
  else if (answer.outcome !== 'failed') return answer;
  else if (answer.failure !== undefined) note(notes.failed, answer.failure);
  return undefined;
}

function note<T>(into: T[], one: T): void {
  if (into.length < most) into.push(one);
}
