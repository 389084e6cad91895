import { Type, type Static } from '@sinclair/typebox';
import { startTlsProtocols } from './facts/tls.ts';
import { closed, list, oneOf, portNumber, text } from './schema.ts';
import { packageLists } from './software/evidence.ts';

const id = (description: string) =>
  text(64, { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', description: `${description} (a-z, 0-9, -)` });
const name = text(300, { minLength: 1 });
const day = (description?: string) =>
  text(10, { pattern: '^\\d{4}-\\d{2}-\\d{2}$', ...(description === undefined ? {} : { description }) });
const clockTime = text(5, { pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const hostName = text(253, { minLength: 1 });

/** An official document: số, ngày, cơ quan. */
const documentSchema = Type.Object(
  { number: text(100, { minLength: 1 }), date: day(), issuer: Type.Optional(name) },
  closed,
);
export type OfficialDocument = Static<typeof documentSchema>;

const contactSchema = Type.Object(
  {
    name: Type.Optional(name),
    position: Type.Optional(name),
    phone: Type.Optional(text(40)),
    email: Type.Optional(text(254, { pattern: '^[^@\\s]+@[^@\\s]+$' })),
  },
  closed,
);

const personSchema = Type.Object({ name, position: name, organisation: Type.Optional(id('organisation')) }, closed);

const zoneSchema = Type.Object(
  {
    id: id('zone'),
    name,
    nameEn: Type.Optional(name),
    /** Recursive resolver that a scan from this zone asks, `ADDRESS[:PORT]`; absent: the machine's own. */
    resolver: Type.Optional(text(64, { minLength: 1 })),
  },
  closed,
);

const organisationSchema = Type.Object(
  {
    id: id('organisation'),
    name,
    nameEn: Type.Optional(name),
    parent: Type.Optional(id('organisation')),
    kind: Type.Optional(oneOf(['ubnd-tinh', 'so-ban-nganh', 'ubnd-xa', 'dang-doan-the', 'trung-uong', 'khac'])),
    /** Position of the head, who answers for the organisation's systems. */
    headPosition: name,
    contact: Type.Optional(contactSchema),
    /** Đơn vị chuyên trách về an ninh mạng: itself, or the organisation that serves it. */
    specialisedUnit: Type.Optional(
      Type.Object({ organisation: id('organisation'), decision: Type.Optional(documentSchema) }, closed),
    ),
  },
  closed,
);
export type Organisation = Readonly<Static<typeof organisationSchema>>;

/** Cấp độ 1-5. */
export const levels = [1, 2, 3, 4, 5] as const;
export type Level = (typeof levels)[number];
const levelNumber = Type.Unsafe<Level>({ type: 'integer', enum: [...levels] });

/** Column 6 of Mẫu 08, Decree 331/2026, plus `chua-lap` for a dossier not begun (printed blank there). */
export const dossierStates = ['chua-lap', 'dang-du-thao', 'da-gui-tham-dinh', 'da-tham-dinh', 'da-phe-duyet'] as const;

/** The law a level was approved under: Decree 85/2016 or Decree 331/2026. */
export const regimes = ['nd-85-2016', 'nd-331-2026'] as const;
export type Regime = (typeof regimes)[number];

const classificationSchema = Type.Object(
  {
    level: levelNumber,
    regime: Type.Optional(oneOf(regimes)),
    dossier: oneOf(dossierStates),
    /** Quyết định phê duyệt cấp độ. */
    decision: Type.Optional(documentSchema),
    /** Quy chế bảo đảm an ninh mạng. */
    regulation: Type.Optional(documentSchema),
    expectedApproval: Type.Optional(day()),
    facts: Type.Optional(
      Type.Object(
        {
          type: Type.Optional(
            oneOf(['noi-bo', 'phuc-vu-nguoi-dan-doanh-nghiep', 'co-so-ha-tang', 'dieu-khien-cong-nghiep', 'khac']),
          ),
          information: Type.Optional(list(oneOf(['cong-cong', 'rieng', 'ca-nhan', 'bi-mat-nha-nuoc']), 4)),
          basicDataSubjects: Type.Optional(Type.Integer({ minimum: 0 })),
          sensitiveDataSubjects: Type.Optional(Type.Integer({ minimum: 0 })),
          /** Giải quyết thủ tục hành chính. */
          administrativeProcedures: Type.Optional(Type.Boolean()),
          infrastructureScope: Type.Optional(oneOf(['mot-co-quan', 'bo-nganh-tinh', 'quoc-gia'])),
        },
        closed,
      ),
    ),
  },
  closed,
);

const claimed = {
  document: Type.Optional(documentSchema),
  until: Type.Optional(day()),
  note: Type.Optional(text(1000)),
};
const layersSchema = Type.Object(
  {
    /** Lớp 1: lực lượng tại chỗ. */
    onSite: Type.Optional(
      Type.Object(
        {
          claimed: Type.Boolean(),
          ...claimed,
          unit: Type.Optional(name),
          head: Type.Optional(name),
          phone: Type.Optional(text(40)),
          email: Type.Optional(text(254)),
          incidentPlan: Type.Optional(documentSchema),
          certifiedStaff: Type.Optional(Type.Integer({ minimum: 0 })),
        },
        closed,
      ),
    ),
    /** Lớp 2: giám sát, bảo vệ chuyên nghiệp. */
    monitoring: Type.Optional(
      Type.Object(
        {
          claimed: Type.Boolean(),
          ...claimed,
          provider: Type.Optional(name),
          licence: Type.Optional(text(100)),
          licenceUntil: Type.Optional(day()),
          contract: Type.Optional(documentSchema),
          roundTheClock: Type.Optional(Type.Boolean()),
          lastReport: Type.Optional(day()),
        },
        closed,
      ),
    ),
    /** Lớp 3: kiểm tra, đánh giá độc lập định kỳ. */
    assessment: Type.Optional(
      Type.Object(
        {
          claimed: Type.Boolean(),
          ...claimed,
          assessor: Type.Optional(name),
          independent: Type.Optional(Type.Boolean()),
          report: Type.Optional(documentSchema),
          remediatedOn: Type.Optional(day('date by which the owner says all findings were mended')),
          nextDue: Type.Optional(day()),
        },
        closed,
      ),
    ),
    /** Lớp 4: kết nối, chia sẻ với hệ thống giám sát. */
    connection: Type.Optional(
      Type.Object(
        {
          claimed: Type.Boolean(),
          ...claimed,
          target: Type.Optional(oneOf(['quoc-gia', 'tinh'])),
          lastSeen: Type.Optional(day()),
          antiMalwareShared: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
  },
  closed,
);

const serviceSchema = Type.Object(
  {
    port: portNumber,
    /** In nmap's words: `https`, `ssh`, `imaps`. */
    service: Type.Optional(text(64)),
    /** The service speaks TLS from the first byte. */
    tls: Type.Optional(Type.Boolean()),
    /** The service begins in clear and goes over to TLS at the upgrade command of this protocol; never beside `tls: true`. */
    startTls: Type.Optional(oneOf(startTlsProtocols)),
    purpose: Type.Optional(text(300)),
  },
  closed,
);

const endpointCommon = {
  /** Literal addresses that the name stands for; without them the resolver is asked at scan time. */
  addresses: Type.Optional(list(text(45), 64, { minItems: 1 })),
  /** Zones from which this endpoint is meant to be reached; absent: every zone. */
  zones: Type.Optional(list(id('zone'), 16, { minItems: 1 })),
  note: Type.Optional(text(1000)),
};
const webEndpoint = Type.Object(
  {
    kind: Type.Literal('web'),
    url: text(2048, { pattern: '^https?://' }),
    /** The unencrypted twin, where it is not the same host on port 80. */
    httpUrl: Type.Optional(text(2048, { pattern: '^http://' })),
    ...endpointCommon,
  },
  closed,
);
const hostEndpoint = Type.Object(
  {
    kind: Type.Literal('host'),
    /** Name or literal address. */
    host: hostName,
    /** Services declared in the dossier (NĐ 331 Đ22.3.d); whatever else answers is undeclared. */
    services: Type.Optional(list(serviceSchema, 1000)),
    ...endpointCommon,
  },
  closed,
);
const domainEndpoint = Type.Object(
  { kind: Type.Literal('domain'), domain: hostName, note: endpointCommon.note },
  closed,
);
const mailEndpoint = Type.Object(
  {
    kind: Type.Literal('mail'),
    domain: hostName,
    /** Selectors under which the domain publishes DKIM keys: they cannot be found out from outside. */
    dkimSelectors: Type.Optional(list(text(63, { minLength: 1 }), 20, { minItems: 1 })),
    note: endpointCommon.note,
  },
  closed,
);

/** The four kinds, told apart by `kind`. */
export const endpointSchemas = {
  web: webEndpoint,
  host: hostEndpoint,
  domain: domainEndpoint,
  mail: mailEndpoint,
} as const;
export type EndpointKind = keyof typeof endpointSchemas;
export type EndpointOf<K extends EndpointKind> = Readonly<Static<(typeof endpointSchemas)[K]>>;
export type Endpoint = { [K in EndpointKind]: EndpointOf<K> }[EndpointKind];
const endpointSchema = Type.Unsafe<Endpoint>({
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: Object.values(endpointSchemas),
});

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

/** Văn bản chấp thuận rà soát. */
const authorisationSchema = Type.Object(
  {
    id: id('authorisation'),
    document: documentSchema,
    /** Legal ground in the words of the document. */
    basis: text(1000, { minLength: 1 }),
    requestedBy: personSchema,
    /** Another person than the requester. */
    approvedBy: personSchema,
    scope: Type.Object(
      {
        /** CIDR blocks or single addresses. */
        networks: Type.Optional(list(text(49), 5000, { minItems: 1 })),
        /**
         * Domains, each with all its subdomains. A name in scope permits the addresses it stands for only where
         * `networks` is absent or covers them too.
         */
        domains: Type.Optional(list(hostName, 5000, { minItems: 1 })),
        /** Ports as ranges `22,80,443,8000-8100`; absent: any. */
        ports: Type.Optional(text(2000, { pattern: '^\\d{1,5}(-\\d{1,5})?(,\\d{1,5}(-\\d{1,5})?)*$' })),
      },
      closed,
    ),
    zones: list(id('zone'), 64, { minItems: 1 }),
    from: day('first day'),
    until: day('last day'),
    /** Hours of the day in the province's time during which a scan may run; absent: any. May pass midnight. */
    hours: Type.Optional(list(Type.Object({ from: clockTime, to: clockTime }, closed), 24, { minItems: 1 })),
    /** Days on which no scan runs (elections, exams, holidays), both ends included. */
    blackouts: Type.Optional(
      list(Type.Object({ from: day(), until: day(), reason: text(300, { minLength: 1 }) }, closed), 500),
    ),
    /** Whom to call when something goes wrong. */
    contact: contactSchema,
    /** Most connections at a time and new ones a second per address; absent: 2 and 10. */
    limits: Type.Optional(
      Type.Object(
        {
          connections: Type.Integer({ minimum: 1, maximum: 64 }),
          perSecond: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Authorisation = Readonly<Static<typeof authorisationSchema>>;

const exclusionSchema = Type.Object(
  {
    networks: Type.Optional(list(text(49), 5000, { minItems: 1 })),
    domains: Type.Optional(list(hostName, 5000, { minItems: 1 })),
    reason: text(500, { minLength: 1 }),
  },
  closed,
);
export type Exclusion = Readonly<Static<typeof exclusionSchema>>;

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
  },
  closed,
);
export type Inventory = Omit<Readonly<Static<typeof inventorySchema>>, 'systems'> & {
  readonly systems: readonly System[];
};
