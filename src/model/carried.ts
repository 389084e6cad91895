import { Type, type Static } from '@sinclair/typebox';
import { borderOf, type Border } from './border.ts';
import type { ControlRound } from './control.ts';
import { controlRoundSchema } from './control-schema.ts';
import { costSchema, resolverCostSchema } from './cost-schema.ts';
import { failureSchema } from './failure.ts';
import { inventorySchema, type Inventory } from './inventory.ts';
import type { Manner } from './manner.ts';
import type { Iso, Observation } from './observation.ts';
import { portListNames } from './port-list.ts';
import { standInKinds, type StandInTable } from './reference.ts';
import { closed, instant, list, oneOf, portNumber, text } from './schema.ts';

const runId = text(24, { pattern: '^\\d{8}-\\d{6}-[0-9a-f]{8}$' });
const sha256 = text(64, { pattern: '^[0-9a-f]{64}$' });
const zone = text(64, { minLength: 1 });
const tool = text(100, { minLength: 1 });
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const address = text(45, { minLength: 2 });

/** The first line of a plan that is carried into a zone. */
const planHeadSchema = Type.Object(
  {
    kind: Type.Literal('plan'),
    format: Type.Literal('rasoat-plan/1'),
    /** The run that its results will be. */
    run: runId,
    /** 128 random bits: no two plans have one hash. */
    nonce: text(32, { pattern: '^[0-9a-f]{32}$' }),
    zone,
    createdAt: instant(),
    validUntil: instant(),
    /** Whose probes it was made for: facts mean what that version says they mean. */
    tool,
  },
  closed,
);
export type PlanHead = Readonly<Static<typeof planHeadSchema>>;

export const mannerSchema = Type.Object(
  {
    engine: oneOf(['auto', 'nmap', 'connect']),
    portList: Type.Object({ name: oneOf(portListNames), ports: text(400_000), from: Type.Optional(text(100)) }, closed),
    udp: Type.Boolean(),
    extraRoots: list(Type.Object({ name: text(300), pem: text(40_000) }, closed), 2000),
    resolvers: list(Type.Object({ address, port: portNumber }, closed), 16),
    dnsAnchors: text(100_000),
    dnsPort: portNumber,
    detection: Type.Optional(Type.Object({ nonce: text(64, { pattern: '^[0-9a-f]+$' }) }, closed)),
  },
  closed,
);

const pageSchema = Type.Object(
  {
    is: oneOf(standInKinds),
    name: text(300),
    titles: Type.Optional(list(text(500), 500)),
    titlesBegin: Type.Optional(list(text(500), 500)),
    texts: Type.Optional(list(text(1000), 500)),
    headers: Type.Optional(Type.Record(text(200), list(text(1000), 500))),
    hosts: Type.Optional(list(text(253), 500)),
  },
  closed,
);
/** Pages that stand in a site's place: what probes lean on. */
export const standInsSchema = Type.Object(
  { asOf: text(30), source: text(1000), pages: list(pageSchema, 5000) },
  closed,
);

/** What an agent began and ended by its own clock; one for each process that worked at the plan. */
const sessionSchema = Type.Object({ start: instant(), end: instant() }, closed);

/** The first line of results that are carried back. */
const resultsHeadSchema = Type.Object(
  {
    kind: Type.Literal('results'),
    format: Type.Literal('rasoat-results/1'),
    run: runId,
    /** The plan's hash, and the signature under it. */
    plan: Type.Object({ hash: sha256, lines: count, signature: text(88) }, closed),
    zone,
    tool,
    /** When the agent expanded the plan into targets, by its clock. */
    plannedAt: instant(),
    clock: list(sessionSchema, 10_000, { minItems: 1 }),
    /** When the results were written, by its clock. */
    writtenAt: instant(),
    targets: count,
    done: count,
  },
  closed,
);
export type ResultsHead = Readonly<Static<typeof resultsHeadSchema>>;

/** What the zone's resolver said of a name; or why nothing. */
const nameLine = Type.Object(
  {
    kind: Type.Literal('name'),
    host: text(253, { minLength: 1 }),
    addresses: Type.Optional(list(address, 64, { minItems: 1 })),
    failure: Type.Optional(failureSchema),
    absent: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type NameLine = Readonly<Static<typeof nameLine>>;

/** What was sent to one address under one name while one target was looked at. */
const contactSchema = Type.Object(
  { address, name: Type.Optional(text(253)), ports: text(400_000), from: instant(), until: instant() },
  closed,
);
export type Contact = Readonly<Static<typeof contactSchema>>;

const resultLine = Type.Object(
  {
    kind: Type.Literal('result'),
    target: text(2200, { minLength: 1 }),
    observations: list(Type.Unknown(), 6),
    contacts: list(contactSchema, 5000),
  },
  closed,
);
export type ResultLine = Omit<Readonly<Static<typeof resultLine>>, 'observations'> & {
  readonly observations: readonly Observation[];
};

const costLine = Type.Object({ kind: Type.Literal('cost'), cost: costSchema }, closed);
export type CostLine = Readonly<Static<typeof costLine>>;
const resolverCostLine = Type.Object({ kind: Type.Literal('resolver-cost'), cost: resolverCostSchema }, closed);
export type ResolverCostLine = Readonly<Static<typeof resolverCostLine>>;

/** One reading of the zone's own controls, and whom it was sent to. */
const controlsLine = Type.Object(
  { kind: Type.Literal('controls'), round: controlRoundSchema, contacts: list(contactSchema, 50_000) },
  closed,
);
export type ControlsLine = {
  readonly kind: 'controls';
  readonly round: ControlRound;
  readonly contacts: readonly Contact[];
};

export type ResultsLine = NameLine | ResultLine | ControlsLine | CostLine | ResolverCostLine;

export const borders = {
  plan: borderOf<PlanHead>(planHeadSchema),
  manner: borderOf<Manner>(mannerSchema),
  reference: borderOf<StandInTable>(standInsSchema),
  inventory: borderOf<Inventory>(inventorySchema, { discriminator: true, strictRequired: false }),
  results: borderOf<ResultsHead>(resultsHeadSchema),
  name: borderOf<NameLine>(nameLine),
  result: borderOf<Static<typeof resultLine>>(resultLine),
  controls: borderOf<Static<typeof controlsLine>>(controlsLine, { discriminator: true, strictRequired: false }),
  cost: borderOf<CostLine>(costLine),
  'resolver-cost': borderOf<ResolverCostLine>(resolverCostLine),
} as const satisfies Readonly<Record<string, Border<unknown>>>;

/** A plan that a store issued, and what its results are held against. */
export type CarriedPlan = {
  readonly run: string;
  readonly zone: string;
  readonly issuedAt: Iso;
  readonly validUntil: Iso;
  readonly tool: string;
  /** Of the sealed file. */
  readonly hash: string;
  readonly lines: number;
  /** Public key by which it was signed (SPKI, PEM). */
  readonly centreKey: string;
  readonly manner: Manner;
};
