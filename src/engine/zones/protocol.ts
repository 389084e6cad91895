import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { borderOf } from '../../model/border.ts';
import { mannerSchema, standInsSchema } from '../../model/carried.ts';
import type { ControlRound } from '../../model/control.ts';
import { controlRoundSchema } from '../../model/control-schema.ts';
import { costSchema, resolverCostSchema } from '../../model/cost-schema.ts';
import type {
  Delivered,
  Desk,
  Hold,
  Lane,
  Lease,
  Located,
  LookCosts,
  LookOrder,
  LookResult,
  WorkerAbout,
} from '../../model/desk.ts';
import { failureSchema } from '../../model/failure.ts';
import { inventorySchema } from '../../model/inventory.ts';
import { mostAddresses } from '../../model/resolver.ts';
import { closed, instant, list, oneOf, text } from '../../model/schema.ts';
import { switchPositions } from '../../model/switch.ts';
import { targetKeySchema as targetKey, targetSchema as target } from '../../model/target-schema.ts';

/** What agents and gateway speak; raised when the shape or meaning of a call changes. */
export const protocolVersion = 4;
export const protocolHeader = 'rasoat-protocol';

const count = (maximum: number) => Type.Integer({ minimum: 0, maximum });
const run = text(64, { minLength: 1 });
const session = text(64, { pattern: '^[0-9a-f-]{36}$' });
const address = text(45, { minLength: 2 });

const lease = Type.Object({ run, lane: targetKey, job: text(64, { minLength: 1 }), attempt: count(2 ** 31) }, closed);
const about = Type.Object(
  {
    session,
    zone: text(64, { minLength: 1 }),
    host: text(253, { minLength: 1 }),
    pid: count(2 ** 31),
    version: text(100, { minLength: 1 }),
    clockOffsetMs: Type.Optional(Type.Number()),
  },
  closed,
);
const lane = Type.Object(
  {
    lease,
    targets: list(target, 20_000),
    unresolved: Type.Record(text(2200), failureSchema),
    bound: Type.Optional(text(100)),
  },
  closed,
);
const order = Type.Object(
  {
    run,
    zone: text(64),
    manner: mannerSchema,
    inventory: inventorySchema,
    alsoBy: Type.Optional(inventorySchema),
    endsAt: Type.Optional(instant()),
    bound: Type.Optional(text(100)),
    reference: Type.Object({ standIns: Type.Optional(standInsSchema) }, closed),
  },
  closed,
);
const lookCosts = { costs: list(costSchema, 100_000), resolverCosts: list(resolverCostSchema, 1000) };
const result = Type.Object(
  {
    target: targetKey,
    // Each is held against the schema of its own kind by whoever keeps it.
    observations: list(Type.Unknown(), 6),
    ...lookCosts,
  },
  closed,
);
const hold = Type.Object({ address, fence: Type.Integer(), forMs: count(86_400_000) }, closed);
const addresses = list(address, mostAddresses, { minItems: 1 });
const became = oneOf(['kept', 'had', 'fenced']);
const nothing = Type.Object({}, closed);
const maybeHold = Type.Object({ hold: Type.Optional(hold) }, closed);

const kB = 1024;
const call = <Ask extends TSchema, Answer extends TSchema>(ask: Ask, answer: Answer, askBytes = 64 * kB) => ({
  ask: borderOf<Static<Ask>>(ask, { discriminator: true, strictRequired: false }),
  answer: borderOf<Static<Answer>>(answer, { discriminator: true, strictRequired: false }),
  askBytes,
});
const asked = <T extends Record<string, TSchema>>(more: T) => Type.Object({ session, ...more }, closed);

/** Every call: what is asked, what is answered, and how many bytes may be asked with. */
export const calls = {
  whoami: call(asked({}), Type.Object({ zone: text(64), name: text(100) }, closed)),
  hello: call(asked({ about }), Type.Object({ now: instant(), version: text(100) }, closed)),
  take: call(asked({ atMost: count(1000) }), Type.Object({ lanes: list(lane, 1000) }, closed)),
  order: call(asked({ run }), Type.Object({ order }, closed)),
  touch: call(
    asked({ leases: list(lease, 2000) }),
    Type.Object({ lost: list(text(64), 2000), now: oneOf(switchPositions), others: Type.Boolean() }, closed),
    4096 * kB,
  ),
  locate: call(
    asked({ lease, located: Type.Object({ name: text(253, { minLength: 1 }), addresses }, closed) }),
    Type.Object({ became }, closed),
  ),
  deliver: call(
    asked({ lease, results: list(result, 100, { minItems: 1 }) }),
    Type.Object({ delivered: list(oneOf(['kept', 'had', 'fenced']), 100) }, closed),
    64 * kB * kB,
  ),
  costs: call(asked({ run, told: Type.Object(lookCosts, closed) }), nothing, 64 * kB * kB),
  controls: call(asked({ run, round: controlRoundSchema }), Type.Object({ became }, closed), 64 * kB * kB),
  finish: call(asked({ lease }), nothing),
  'give-back': call(asked({ lease }), nothing),
  'hold-take': call(asked({ address }), maybeHold),
  'hold-renew': call(asked({ hold }), maybeHold),
  'hold-release': call(asked({ hold }), nothing),
  bye: call(asked({}), nothing),
} as const;
export type CallName = keyof typeof calls;

/** Largest answer that an agent reads. */
export const answerBytes = 64 * kB * kB;

/** What is asked and answered, in the words of a Desk. */
export type Asks = {
  whoami: object;
  hello: { about: WorkerAbout };
  take: { atMost: number };
  order: { run: string };
  touch: { leases: readonly Lease[] };
  locate: { lease: Lease; located: Located };
  deliver: { lease: Lease; results: readonly LookResult[] };
  costs: { run: string; told: LookCosts };
  controls: { run: string; round: ControlRound };
  finish: { lease: Lease };
  'give-back': { lease: Lease };
  'hold-take': { address: string };
  'hold-renew': { hold: Hold };
  'hold-release': { hold: Hold };
  bye: object;
};
export type Answers = {
  whoami: { zone: string; name: string };
  hello: { now: string; version: string };
  take: { lanes: readonly Lane[] };
  order: { order: LookOrder };
  /** `others`: somebody else works for the zone, who is given what is not heard of for a lease. */
  touch: Awaited<ReturnType<Desk['touch']>> & { others: boolean };
  locate: { became: Delivered };
  deliver: { delivered: readonly Delivered[] };
  costs: object;
  controls: { became: Delivered };
  finish: object;
  'give-back': object;
  'hold-take': { hold?: Hold };
  'hold-renew': { hold?: Hold };
  'hold-release': object;
  bye: object;
};

/**
 * Why a call was not answered: `protocol` another version of it is spoken here; `zone` not the agent's own; `shape` not what was
 * agreed on; `session` say hello first; `rate`, `away` later; the rest as they say.
 */
export const refusalStatus = {
  shape: 400,
  zone: 403,
  unknown: 404,
  session: 409,
  'too-large': 413,
  protocol: 426,
  rate: 429,
  bug: 500,
  away: 503,
} as const;
export type RefusalCode = keyof typeof refusalStatus;

export const refusalBorder = borderOf<{ error: RefusalCode; detail: string; version?: string; protocol?: number }>(
  Type.Object(
    {
      error: oneOf(Object.keys(refusalStatus) as RefusalCode[]),
      detail: text(500),
      version: Type.Optional(text(100)),
      protocol: Type.Optional(Type.Integer()),
    },
    closed,
  ),
);

/** A call that the gateway will not carry out, thrown by whoever stands behind it. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, detail: string) {
    super(detail);
    this.name = 'Refusal';
    this.code = code;
  }
}
