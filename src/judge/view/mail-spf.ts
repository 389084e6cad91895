import { Type, type Static } from '@sinclair/typebox';
import { failure, type Failure } from '../../model/failure.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { spfFaultWords, type Qualifier } from '../../mail/spf/parse-spf.ts';
import { spfTreeFaultWords, walkSpf, type SpfWalk } from '../../mail/spf/walk-spf.ts';
import { answered, whyUnknown, type MailContext, type MailPart } from './mail-context.ts';
import { seenOnly } from './tls-seen.ts';

/** What becomes of senders that nothing matched; `none`: the record does not say, which counts as neutral. */
const allWords = ['pass', 'fail', 'softfail', 'neutral', 'none'] as const;
const wordOf: Readonly<Record<Qualifier, (typeof allWords)[number]>> = {
  '+': 'pass',
  '-': 'fail',
  '~': 'softfail',
  '?': 'neutral',
};

const faultView = Type.Object(
  { record: text(255), term: text(300), fault: oneOf([...spfFaultWords, ...spfTreeFaultWords]) },
  closed,
);
const networkView = Type.Object({ record: text(255), term: text(300) }, closed);

/** The domain's SPF with everything that it includes (RFC 7208). */
const spfView = Type.Object(
  {
    record: text(4096),
    /** SPF records at the domain; more than one is a permanent error (section 4.5). */
    records: Type.Integer({ minimum: 1, maximum: 64 }),
    faults: list(faultView, 64),
    /** Every record of the tree was read. */
    wholeTree: Type.Optional(Type.Literal(true)),
    /** Terms that need the DNS; absent while the tree is not whole and the limit not yet passed. */
    lookups: Type.Optional(Type.Integer({ minimum: 0, maximum: 64 })),
    /** Those of them that find nothing; absent as `lookups`. */
    voids: Type.Optional(list(text(300), 64)),
    all: Type.Optional(oneOf(allWords)),
    /** Nobody may send for the domain. */
    nobody: Type.Optional(Type.Boolean()),
    ptr: list(text(600), 64),
    /** Networks allowed that are wider than 65,536 IPv4 addresses or a /32 of IPv6. */
    broad: list(networkView, 64),
  },
  closed,
);

export const spfViews = Type.Object(
  {
    /** Null: no SPF record. */
    spf: Type.Optional(Type.Union([spfView, Type.Null()])),
    /** The domain says that it sends no mail. */
    sendsNothing: Type.Optional(Type.Boolean()),
  },
  closed,
);
type SpfPart = Static<typeof spfViews>;

/** RFC 7208 section 4.6.4. */
const mostLookups = 10;
const mostVoids = 2;

export function describeSpf({ facts, known }: MailContext): MailPart<SpfPart> {
  const answer = known(facts.domain, 'TXT');
  if (!answered(answer)) return silent(whyUnknown(answer, 'TXT'));
  const walk = walkSpf(facts.domain, known);
  const [record] = walk.own;
  if (record === undefined) {
    if (answer.cut === true) return silent(failure('too-large', 'more TXT records than we keep'));
    return { view: { spf: null, sendsNothing: false }, unseen: [] };
  }
  const open = openReason(walk);
  const whole = open === undefined;
  const view = seenOnly<Static<typeof spfView>>({
    record,
    records: walk.own.length,
    faults: walk.faults.map(({ record: at, term, fault }) => ({ record: at, term: term.slice(0, 300), fault })),
    wholeTree: whole ? true : undefined,
    lookups: whole || walk.lookups > mostLookups ? walk.lookups : undefined,
    voids: whole || walk.voids.length > mostVoids ? [...walk.voids] : undefined,
    all: whole || walk.all !== null ? (walk.all === null ? 'none' : wordOf[walk.all]) : undefined,
    nobody: walk.nobody,
    ptr: [...walk.ptr],
    broad: walk.networks
      .filter(({ term, prefix }) => prefix < (/^\+?ip6:/i.test(term) ? 32 : 16))
      .map(({ record: at, term }) => ({ record: at, term })),
  });
  const missing = ['spf/wholeTree', 'spf/lookups', 'spf/voids', 'spf/all', 'spf/nobody', 'sendsNothing'];
  return {
    view: seenOnly<SpfPart>({ spf: view, sendsNothing: walk.nobody }),
    unseen: open === undefined ? [] : missing.map((key) => ({ at: `/mail/${key}`, failure: open })),
  };
}

const silent = (reason: Failure): MailPart<SpfPart> => ({
  view: {},
  unseen: ['spf', 'sendsNothing'].map((key) => ({ at: `/mail/${key}`, failure: reason })),
});

/** Why the tree is not whole. */
function openReason({ pending, failed, opaque }: SpfWalk): Failure | undefined {
  const [first] = failed;
  if (first !== undefined) return first;
  const [next] = pending;
  if (next !== undefined) return failure('undecided', `${next.name} was not asked for`);
  const [term] = opaque;
  return term === undefined ? undefined : failure('undecided', `only a message fills in ${term}`);
}
