import type { Iso } from '../model/observation.ts';
import type { Digest, DigestInput } from './digest-types.ts';
import { placeOf, plain } from './plain.ts';

/** What a webhook is given; `schema` goes up when a key changes its meaning or is taken away. */
const payloadSchema = 'rasoat.notice/1';

/**
 * The digest as JSON for machines. Ids and codes as `rasoat track --json` has them; where and how only for who operates the
 * system.
 */
export function payloadOf(digest: Digest, { checks, inventory }: DigestInput, id: string, subject: string, at: Iso) {
  const { organisation, day, counts, items, subordinates } = digest;
  return {
    schema: payloadSchema,
    id,
    at,
    day,
    province: inventory.province.id,
    organisation: { id: organisation.id, name: plain(organisation.name) },
    subject,
    counts,
    items: items.map(({ section, news, role, system, finding: { life, state, due, daysLate, asideUntil } }) => ({
      section,
      news: news ?? null,
      role,
      system: { id: system.id, name: plain(system.name) },
      finding: life.id,
      check: life.check,
      title: checks.get(life.check)?.title ?? null,
      change: checks.get(life.check)?.change ?? null,
      severity: life.severity,
      state,
      zone: life.zone,
      target: role === 'operate' ? placeOf(life.target) : null,
      due: due === undefined ? null : { on: due.on, rule: due.rule, source: due.source },
      daysLate,
      until: asideUntil ?? null,
    })),
    subordinates: subordinates.map(({ organisation: one, late, mostDays }) => ({
      organisation: { id: one.id, name: plain(one.name) },
      late,
      mostDays,
    })),
  };
}
export type Payload = ReturnType<typeof payloadOf>;
