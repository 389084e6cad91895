import { Type, type Static } from '@sinclair/typebox';
import { failure } from '../../model/failure.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { dkimFaultWords, isDkimKey, parseDkimKey } from '../../mail/dkim-key.ts';
import { answered, whyUnknown, type MailContext, type MailPart } from './mail-context.ts';
import { seenOnly } from './tls-seen.ts';

const keyView = Type.Object(
  {
    selector: text(64),
    /** `rsa`, `ed25519`. */
    type: text(32),
    bits: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_536 })),
    /** An RSA key, whose strength is its length. */
    rsa: Type.Boolean(),
    testing: Type.Boolean(),
    /** What keeps verifiers from using it; null: nothing. */
    fault: Type.Union([oneOf(dkimFaultWords), Type.Null()]),
  },
  closed,
);

export const dkimViews = Type.Object(
  {
    /** Keys in use under the selectors that were tried; absent when none was found, since a selector may be any word. */
    dkimKeys: Type.Optional(list(keyView, 64, { minItems: 1 })),
    /**
     * A key is there; false: the DNS says that nothing exists under `_domainkey` (RFC 8020),
     * or there is none at the selectors that the inventory declares; absent: it cannot be told.
     */
    dkim: Type.Optional(Type.Boolean()),
  },
  closed,
);
type DkimPart = Static<typeof dkimViews>;

/** DKIM keys under the selectors that were tried. Withdrawn keys are none. */
export function describeDkim({ facts, known }: MailContext): MailPart<DkimPart> {
  const node = known(`_domainkey.${facts.domain}`, 'TXT');
  const answers = facts.selectors.map((selector) => ({
    selector,
    answer: known(`${selector}._domainkey.${facts.domain}`, 'TXT'),
  }));
  const keys = answers.flatMap(({ selector, answer }) =>
    (answer?.values ?? []).filter(isDkimKey).flatMap((record) => {
      const { type, bits, testing, revoked, fault } = parseDkimKey(record);
      if (revoked && fault === undefined) return [];
      return [
        seenOnly<Static<typeof keyView>>({ selector, type, bits, rsa: type === 'rsa', testing, fault: fault ?? null }),
      ];
    }),
  );
  if (keys.length > 0) {
    const unread = keys.flatMap(({ bits }, index) =>
      bits === undefined
        ? [{ at: `/mail/dkimKeys/${index}/bits`, failure: failure('undecided', 'the key cannot be read') }]
        : [],
    );
    return { view: { dkimKeys: keys.slice(0, 64), dkim: true }, unseen: unread };
  }
  const absent = answers.map(({ answer }) => answered(answer));
  // The owner says where the keys are; with no key there, and none at the usual places, there is none.
  const declared = facts.declaredSelectors > 0 && absent.every(Boolean);
  const empty =
    declared || (node?.outcome === 'no-name' && answers.every(({ answer }) => answer?.outcome !== 'failed'));
  const failed = answers.find(({ answer }) => answer?.failure !== undefined)?.answer;
  const reason =
    failed?.failure ??
    (answered(node)
      ? failure('undecided', `no key under ${facts.selectors.length} selectors; others cannot be listed`)
      : whyUnknown(node, '_domainkey'));
  return {
    view: empty ? { dkim: false } : {},
    unseen: ['dkimKeys', 'dkim'].map((key) => ({ at: `/mail/${key}`, failure: reason })),
  };
}
