import { Type, type Static } from '@sinclair/typebox';
import { authorisationSchema, exclusionSchema } from './inventory/authorisation.ts';
import { classificationSchema } from './inventory/classification.ts';
import { day, documentSchema, hostName, id, name, personSchema } from './inventory/common.ts';
import { controlSchema, type Control } from './inventory/control.ts';
import { endpointSchema, type Endpoint } from './inventory/endpoint.ts';
import { layersSchema } from './inventory/layers.ts';
import { organisationSchema } from './inventory/organisation.ts';
import { conventionsSchema, taskRecordsSchema } from './inventory/tasks.ts';
import { closed, list, oneOf, text } from './schema.ts';
import { packageLists } from './software/evidence.ts';

const zoneSchema = Type.Object(
  {
    id: id('zone'),
    name,
    nameEn: Type.Optional(name),
    /** Recursive resolver that a scan from this zone asks, `ADDRESS[:PORT]`; absent: the machine's own. */
    resolver: Type.Optional(text(64, { minLength: 1 })),
    /** Servers of our own that every run from this zone reads too, to know whether it reads right. */
    controls: Type.Optional(list(controlSchema, 64, { minItems: 1 })),
  },
  closed,
);
export type InventoryZone = Omit<Readonly<Static<typeof zoneSchema>>, 'controls'> & {
  readonly controls?: readonly Control[];
};

const waiverSchema = Type.Object(
  {
    check: id('check'),
    target: Type.Optional(text(2200)),
    until: day(),
    reason: text(1000, { minLength: 1 }),
    requestedBy: personSchema,
    approvedBy: personSchema,
    document: Type.Optional(documentSchema),
  },
  closed,
);
export type Waiver = Readonly<Static<typeof waiverSchema>>;

/** A list of installed packages that the owner hands in: a claim of one day. */
const packagesSchema = Type.Object(
  {
    /** Path of the file, told from the inventory's folder. */
    file: text(300, { minLength: 1 }),
    /** `dpkg -l` or `dpkg-query -W`; `rpm -qa`; updates of `systeminfo` or `Get-HotFix`. */
    from: oneOf(packageLists),
    /** Name or address of the machine; absent: every machine of the system. */
    host: Type.Optional(hostName),
    /** The day the list was made. */
    date: day(),
    /** Days for which it decides; absent: 90. */
    validDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })),
    /** The distribution, `debian`, `ubuntu`, `rhel`, and its release, `12`. */
    system: Type.Optional(text(32, { pattern: '^[a-z][a-z0-9-]*$' })),
    release: Type.Optional(text(16, { pattern: '^[0-9A-Za-z.]+$' })),
  },
  closed,
);

const systemSchema = Type.Object(
  {
    id: id('system'),
    name,
    nameEn: Type.Optional(name),
    /** Chủ quản hệ thống thông tin. */
    owner: id('organisation'),
    /** Đơn vị vận hành. */
    operator: id('organisation'),
    classification: Type.Optional(classificationSchema),
    /** Hệ thống trọng yếu, with the ground on which the owner says so. */
    critical: Type.Optional(Type.Object({ basis: text(500, { minLength: 1 }) }, closed)),
    /** Never scanned, never listed by host: quân sự, quốc phòng, cơ yếu. */
    excluded: Type.Optional(oneOf(['quan-su', 'quoc-phong', 'co-yeu'])),
    /** Handles state secrets: not scanned unless `stateSecretPermit` names a document. */
    stateSecret: Type.Optional(Type.Boolean()),
    stateSecretPermit: Type.Optional(documentSchema),
    layers: Type.Optional(layersSchema),
    endpoints: list(endpointSchema, 2000),
    packages: Type.Optional(list(packagesSchema, 500)),
    waivers: Type.Optional(list(waiverSchema, 1000)),
  },
  closed,
);
export type System = Omit<Readonly<Static<typeof systemSchema>>, 'endpoints'> & {
  readonly endpoints: readonly Endpoint[];
};

/** The whole file. `inventory/inventory.schema.json` is generated from this. */
export const inventorySchema = Type.Object(
  {
    schema: Type.Literal(1),
    province: Type.Object({ id: id('province'), name, nameEn: Type.Optional(name) }, closed),
    /** The network a worker scans from; the first is the default. */
    zones: list(zoneSchema, 64, { minItems: 1 }),
    organisations: list(organisationSchema, 20_000, { minItems: 1 }),
    systems: list(systemSchema, 50_000),
    authorisations: list(authorisationSchema, 5000),
    exclusions: Type.Optional(list(exclusionSchema, 5000)),
    /** What was done about the tasks of directives. */
    tasks: Type.Optional(taskRecordsSchema),
    conventions: Type.Optional(conventionsSchema),
  },
  closed,
);
export type Inventory = Omit<Readonly<Static<typeof inventorySchema>>, 'systems' | 'zones'> & {
  readonly zones: readonly InventoryZone[];
  readonly systems: readonly System[];
};
