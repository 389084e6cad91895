import type { Assessment, Reason, Verdict } from '../../src/model/assessment.ts';
import type { CertificateFacts } from '../../src/model/facts/tls.ts';
import { taskStatus } from '../../src/assess/tasks/status.ts';
import { failure } from '../../src/model/failure.ts';
import type { Evidence, Finding } from '../../src/model/finding.ts';
import type { Obligation } from '../../src/model/framework.ts';
import type { Inventory, System } from '../../src/model/inventory.ts';
import type { Kind, Observation } from '../../src/model/observation.ts';
import type { ReportData } from '../../src/model/report-data.ts';
import type { Target } from '../../src/model/target.ts';
import { fixtureChecks, fixtureFrameworks } from './fixture-checks.ts';
import { fixtureLayers } from './fixture-layers.ts';
import { dossierOnItsWay, levelsOf } from './fixture-levels.ts';
import { softwareOf } from './fixture-software.ts';
import { specs, waiver, type Spec } from './fixture-systems.ts';

const at = '2026-11-22T14:40:00.000Z';

const organisations: Inventory['organisations'] = [
  {
    id: 'van-phong-ubnd',
    name: 'Văn phòng UBND tỉnh Bình Minh',
    nameEn: "Office of the People's Committee",
    kind: 'ubnd-tinh',
    headPosition: 'Chánh Văn phòng',
    contact: {
      name: 'Phạm Minh Đức',
      position: 'Phó Chánh Văn phòng',
      phone: '0200 000 100',
      email: 'vp@binhminh.example',
    },
    specialisedUnit: { organisation: 'trung-tam-so', decision: { number: '120/QĐ-UBND', date: '2026-02-01' } },
  },
  {
    id: 'so-khcn',
    name: 'Sở Khoa học và Công nghệ',
    nameEn: 'Department of Science and Technology',
    kind: 'so-ban-nganh',
    headPosition: 'Giám đốc',
    contact: { name: 'Hoàng Thị Lan', phone: '0200 000 200' },
  },
  {
    id: 'trung-tam-so',
    name: 'Trung tâm Chuyển đổi số',
    nameEn: 'Digital Transformation Centre',
    parent: 'so-khcn',
    headPosition: 'Giám đốc Trung tâm',
  },
  { id: 'so-y-te', name: 'Sở Y tế', nameEn: 'Department of Health', kind: 'so-ban-nganh', headPosition: 'Giám đốc' },
  {
    id: 'so-gddt',
    name: 'Sở Giáo dục và Đào tạo',
    nameEn: 'Department of Education',
    kind: 'so-ban-nganh',
    headPosition: 'Giám đốc',
  },
  { id: 'xa-an-binh', name: 'UBND xã An Bình', kind: 'ubnd-xa', headPosition: 'Chủ tịch' },
  {
    id: 'van-phong-tu',
    name: 'Văn phòng Tỉnh ủy',
    nameEn: 'Party Committee Office',
    kind: 'dang-doan-the',
    headPosition: 'Chánh Văn phòng',
  },
];

const taskRecords: NonNullable<Inventory['tasks']> = [
  {
    task: 'directive/vuln-remediate',
    organisation: 'so-y-te',
    clear: { person: 'Trưởng phòng Công nghệ thông tin, Sở Y tế', authority: 'Giám đốc Sở quyết định' },
    done: { on: '2026-04-20', document: { number: '88/BC-SYT', date: '2026-04-21', issuer: 'Sở Y tế' } },
  },
  {
    task: 'directive/it-officer',
    organisation: 'xa-an-binh',
    done: { on: '2026-07-09', document: { number: '12/QĐ-UBND', date: '2026-07-09' } },
    extended: { until: '2026-07-15', document: { number: '77/UBND-NC', date: '2026-06-25' } },
    note: 'Tuyển dụng kéo dài',
  },
  {
    task: 'directive/report',
    organisation: 'so-khcn',
    reports: [{ on: '2026-06-30', document: { number: '31/BC-SKHCN', date: '2026-06-30' } }],
  },
];

/** A province of twelve systems, or of as many as asked for, repeating the twelve. All of it is invented. */
export function fixture(systems: number = specs.length): ReportData {
  const data = {
    systems: [] as System[],
    targets: [] as Target[],
    observations: [] as Observation[],
    findings: [] as Finding[],
    assessments: [] as Assessment[],
    costs: [] as ReportData['costs'][number][],
  };
  for (let n = 0; n < systems; n += 1) addSystem(data, numbered(n), n);
  const made = reportOf(data);
  return { ...made, layers: fixtureLayers(made), tasks: tasksOf(made) };
}

function reportOf(data: Gathered): ReportData {
  return {
    run: {
      id: 'run-2026-11-22-01',
      tool: 'RaSoat/0.1.0',
      zone: 'internet',
      startedAt: '2026-11-22T13:00:00.000Z',
      endedAt: at,
      inventoryHash: 'a1'.repeat(32),
      checksHash: 'b2'.repeat(32),
      frameworksHash: 'c3'.repeat(32),
      state: 'finished',
    },
    inventory: {
      schema: 1,
      province: { id: 'binh-minh', name: 'Tỉnh Bình Minh', nameEn: 'Bình Minh Province' },
      zones: [{ id: 'internet', name: 'Internet' }],
      organisations,
      systems: data.systems,
      authorisations: [
        {
          id: 'cho-phep-2026',
          document: { number: '345/UBND-NC', date: '2026-11-01', issuer: 'UBND tỉnh Bình Minh' },
          basis: 'Luật An ninh mạng',
          requestedBy: { name: 'Vũ Đình Long', position: 'Trưởng phòng An ninh mạng' },
          approvedBy: { name: 'Đặng Thu Hà', position: 'Phó Chủ tịch' },
          scope: { domains: ['binhminh.example'] },
          zones: ['internet'],
          from: '2026-11-01',
          until: '2026-12-31',
          hours: [{ from: '19:00', to: '05:00' }],
          contact: { phone: '0200 000 999' },
        },
      ],
      tasks: taskRecords,
    },
    checks: fixtureChecks,
    frameworks: fixtureFrameworks,
    targets: data.targets,
    observations: data.observations,
    findings: data.findings,
    assessments: data.assessments,
    costs: data.costs,
    resolverCosts: [{ server: '192.0.2.53 port 53', queries: 64, bytesSent: 3100, bytesReceived: 27_000 }],
    software: data.observations.flatMap(softwareOf),
    levels: levelsOf(data.systems, organisations, '2026-11-22', data.targets),
    judgedAt: at,
    excludedSystems: 2,
  };
}

/** Where the tasks of made-up data stand, as the pipeline would say it. */
export function tasksOf({
  inventory,
  frameworks,
  assessments,
  findings,
}: ReportData): NonNullable<ReportData['tasks']> {
  const lookedAt = new Map(findings.map((finding) => [finding.system, at]));
  return taskStatus({ inventory, frameworks, assessments, findings, lookedAt, at });
}

function numbered(n: number): Spec {
  const spec = specs[n % specs.length];
  if (spec === undefined) throw new Error('no spec');
  const round = Math.floor(n / specs.length);
  return round === 0 ? spec : { ...spec, id: `${spec.id}-${round}`, name: `${spec.name} ${round}` };
}

type Gathered = {
  systems: System[];
  targets: Target[];
  observations: Observation[];
  findings: Finding[];
  assessments: Assessment[];
  costs: ReportData['costs'][number][];
};

function addSystem(data: Gathered, spec: Spec, n: number): void {
  const host = `${spec.id}.binhminh.example`;
  const address = `198.51.${100 + Math.floor(n / 250)}.${(n % 250) + 1}`;
  const web: Target = {
    key: `https://${host}/ [${address}]`,
    kind: 'web',
    system: spec.id,
    endpoint: { kind: 'web', url: `https://${host}/` },
    name: host,
    address,
  };
  const machine: Target = {
    key: `${host} [${address}]`,
    kind: 'host',
    system: spec.id,
    endpoint: { kind: 'host', host, services: [{ port: 443, service: 'https', tls: true }, { port: 80 }] },
    name: host,
    address,
  };
  const closed = spec.stateSecret === true;
  const targets = closed ? [] : spec.host === true ? [web, machine] : [web];
  const findings = targets.flatMap((target) => findingsOf(spec, target));
  data.systems.push(systemOf(spec, [web.endpoint, machine.endpoint]));
  data.targets.push(...targets);
  data.observations.push(...targets.flatMap((target) => observationsOf(spec, target)));
  data.findings.push(...findings);
  data.assessments.push(...assessmentsOf(spec, findings));
  if (!closed)
    data.costs.push({
      address,
      connections: 41 + n,
      datagrams: 0,
      refusedByGuard: spec.blind?.ports === undefined ? 0 : 3,
      bytesSent: 21_000 + n * 100,
      bytesReceived: 75_000,
      peakPerSecond: 1 + (n % 4),
    });
}

function systemOf(spec: Spec, endpoints: System['endpoints']): System {
  return {
    id: spec.id,
    name: spec.name,
    ...(spec.nameEn === undefined ? {} : { nameEn: spec.nameEn }),
    owner: spec.owner,
    operator: spec.operator ?? spec.owner,
    ...(spec.level === undefined
      ? {}
      : {
          classification: {
            level: spec.level,
            regime: 'nd-331-2026',
            dossier: spec.dossier ?? 'chua-lap',
            ...(spec.dossier === 'da-phe-duyet' && spec.id !== 'co-so-du-lieu-gd'
              ? { decision: { number: '88/QĐ-UBND', date: '2026-09-15', issuer: 'UBND tỉnh Bình Minh' } }
              : {}),
            facts: { type: 'phuc-vu-nguoi-dan-doanh-nghiep', information: ['cong-cong', 'ca-nhan'] },
            ...(spec.dossier === dossierOnItsWay.dossier ? dossierOnItsWay : {}),
          },
        }),
    ...(spec.critical === true ? { critical: { basis: 'Phục vụ giải quyết thủ tục hành chính toàn tỉnh' } } : {}),
    ...(spec.layers === undefined ? {} : { layers: spec.layers }),
    ...(spec.waives === undefined ? {} : { waivers: spec.waives.map(waiver) }),
    ...(spec.stateSecret === true ? { stateSecret: true } : {}),
    endpoints,
  };
}

function findingsOf(spec: Spec, target: Target): Finding[] {
  return fixtureChecks
    .filter((check) => check.about.includes(target.kind))
    .map((check): Finding => {
      const common = { system: spec.id, target: target.key, check: check.id, severity: check.severity, at };
      const kind = check.reads[0] ?? 'tls';
      const code = spec.blind?.[kind];
      if (code !== undefined)
        return {
          ...common,
          outcome: 'not-observed',
          evidence: [],
          cause: { kind, failure: failure(code, details[code] ?? code) },
        };
      if (spec.fails.includes(check.id))
        return { ...common, outcome: 'fail', evidence: [evidence[check.id] ?? fallback] };
      const silent = check.id === 'server-version' && spec.server.version === undefined;
      return { ...common, outcome: silent ? 'not-applicable' : 'pass', evidence: [] };
    });
}

const details: Readonly<Record<string, string>> = {
  timeout: 'no answer within 5000 ms',
  dns: 'ENOTFOUND',
  refused: 'ECONNREFUSED',
  blocked: 'HTTP 403 from a filter',
  'not-permitted': 'address outside the networks of 345/UBND-NC',
};

const because = (vi: string, en: string): Evidence['because'] => ({ vi, en });
const fallback: Evidence = { at: '/', saw: null, because: because('Không đúng yêu cầu', 'Not as required') };
const evidence: Readonly<Record<string, Evidence>> = {
  'tls-protocols': {
    at: '/tls/protocols/TLSv1.0/offered',
    saw: true,
    because: because('Máy chủ còn nhận giao thức cũ', 'The server still accepts an old protocol'),
  },
  'tls-suites': {
    at: '/tls/protocols/TLSv1.2/suites/3/name',
    saw: 'TLS_RSA_WITH_AES_128_CBC_SHA',
    because: because('Bộ mã hóa không giữ bí mật về sau', 'The suite keeps no forward secrecy'),
  },
  'cert-expiry': {
    at: '/tls/certificate/notAfter',
    saw: '2026-11-01T00:00:00.000Z',
    because: because('Chứng thư đã hết hạn', 'The certificate has expired'),
  },
  hsts: {
    at: '/http/headers/Strict-Transport-Security',
    saw: null,
    because: because('Không có tiêu đề', 'The header is missing'),
  },
  'content-security-policy': {
    at: '/http/headers/Content-Security-Policy',
    saw: "default-src *; script-src 'unsafe-inline'",
    because: because('Chính sách cho phép mọi nguồn', 'The policy allows any source'),
  },
  'https-redirect': {
    at: '/http/plain/hops/0/status',
    saw: 200,
    because: because('Trang trả lời qua HTTP không mã hóa', 'The page answers over plain HTTP'),
  },
  'server-version': {
    at: '/software/items/0/version',
    saw: '1.18.0',
    because: because('Tiêu đề nêu số phiên bản', 'A header tells the version'),
  },
  'software-supported': {
    at: '/software/items/1',
    saw: { product: 'php', version: '5.6.40', endOfLife: '2018-12-31' },
    because: because('Đã hết hỗ trợ', 'Past its support'),
  },
  'exposed-database': {
    at: '/ports/open/3/port',
    saw: 3306,
    because: because('Cổng MySQL mở ra Internet', 'MySQL faces the Internet'),
  },
  'declared-ports': {
    at: '/ports/open/2/port',
    saw: 8080,
    because: because('Cổng chưa khai báo đang mở', 'An undeclared port is open'),
  },
};

function assessmentsOf(spec: Spec, findings: readonly Finding[]): Assessment[] {
  return fixtureFrameworks.flatMap((framework) =>
    framework.obligations
      .filter(({ task }) => task?.provinceWide !== true)
      .map((obligation): Assessment => {
        const behind = findings.filter(({ check }) => obligation.checks.includes(check));
        const seen = behind.filter(({ outcome }) => outcome !== 'not-observed').length;
        const clause = spec.level === undefined ? undefined : obligation.levels?.[spec.level];
        const claim = claimOf(spec, obligation);
        const verdict = verdictOf(spec, obligation, behind, claim);
        return {
          system: spec.id,
          framework: framework.id,
          obligation: obligation.id,
          verdict,
          because: reasons[verdict],
          ...(clause === undefined ? {} : { clause }),
          ...(claim === undefined ? {} : { claim }),
          findings: behind.map(({ check, target }) => ({ check, target })),
          coverage: { seen, needed: behind.length },
          ...(seen === 0 ? {} : { evidenceAt: at }),
        };
      }),
  );
}

const reasons: Readonly<Record<Verdict, Reason>> = {
  met: 'pass',
  'not-met': 'fail',
  contradicted: 'claim-denied',
  unproven: 'not-observed',
  manual: 'document-to-check',
  'not-applicable': 'all-not-applicable',
};

function claimOf(spec: Spec, obligation: Obligation): Assessment['claim'] {
  const layers = [spec.layers?.onSite, spec.layers?.monitoring, spec.layers?.assessment, spec.layers?.connection];
  if (obligation.layer !== undefined) {
    const own = layers[obligation.layer - 1];
    if (own === undefined) return undefined;
    return {
      says: own.claimed,
      ...(own.document === undefined ? {} : { on: own.document.date, document: own.document.number }),
    };
  }
  return obligation.claim === 'level' && spec.dossier === 'da-phe-duyet' ? { says: true, on: '2026-09-15' } : undefined;
}

function verdictOf(
  spec: Spec,
  obligation: Obligation,
  behind: readonly Finding[],
  claim: Assessment['claim'],
): Verdict {
  if (obligation.levels !== undefined && (spec.level === undefined || obligation.levels[spec.level] === undefined))
    return 'not-applicable';
  if (obligation.criticalOnly === true && spec.critical !== true) return 'not-applicable';
  if (obligation.manual !== undefined) return 'manual';
  const failed = behind.some(({ outcome, check }) => outcome === 'fail' && spec.waives?.includes(check) !== true);
  if (obligation.proof === 'claim') {
    if (claim?.says === true) return failed ? 'contradicted' : 'manual';
    return claim?.says === false ? 'not-met' : 'unproven';
  }
  if (failed) return 'not-met';
  if (behind.length === 0 || behind.some(({ outcome }) => outcome === 'not-observed')) return 'unproven';
  return 'met';
}

function observationsOf(spec: Spec, target: Target): Observation[] {
  const kinds: readonly Kind[] = target.kind === 'web' ? ['tls', 'http', 'software'] : ['ports'];
  return kinds.map((kind): Observation => {
    const common = { target: target.key, zone: 'internet', at, ms: 420, probe: `${kind}/1` };
    const code = spec.blind?.[kind];
    if (code !== undefined) return { ...common, kind, ok: false, failure: failure(code, details[code] ?? code) };
    return { ...common, kind, ok: true, facts: factsOf(spec, target)[kind]() } as Observation;
  });
}

const suite = (code: string, name: string) => ({ code, name });
const strong = [
  suite('0xC02F', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'),
  suite('0xC030', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'),
];
const weak = [...strong, suite('0x002F', 'TLS_RSA_WITH_AES_128_CBC_SHA')];

function factsOf(spec: Spec, target: Target): Record<Kind, () => unknown> {
  const host = target.name ?? '';
  const old = spec.fails.includes('tls-protocols');
  const certificate: CertificateFacts = {
    sha256: '5f'.repeat(32),
    subject: `CN=${host}, O=Tỉnh Bình Minh, C=VN`,
    issuer: 'CN=Example Issuing CA, O=Example Trust, C=VN',
    serial: '0a1b2c3d',
    notBefore: '2025-11-01T00:00:00.000Z',
    notAfter: spec.fails.includes('cert-expiry') ? '2026-11-01T00:00:00.000Z' : '2027-05-01T00:00:00.000Z',
    names: [host, `www.${host}`],
    keyType: 'rsa',
    keyBits: 2048,
    signature: 'sha256WithRSAEncryption',
    isCa: false,
    selfIssued: false,
  };
  const headers: [string, string][] = [
    ['Server', spec.server.text],
    ['Content-Type', 'text/html; charset=utf-8'],
    ...(spec.fails.includes('hsts')
      ? []
      : [['strict-transport-security', 'max-age=31536000; includeSubDomains'] as [string, string]]),
    [
      'Content-Security-Policy',
      spec.fails.includes('content-security-policy')
        ? "default-src *; script-src 'unsafe-inline'"
        : "default-src 'self'",
    ],
    ['Set-Cookie', 'session=…; Secure; HttpOnly; SameSite=Lax'],
  ];
  const hop = (url: string, status: number) => ({
    url,
    address: target.address ?? '',
    status,
    headers,
    headersCut: false,
  });
  return {
    dns: () => ({
      domain: host,
      status: 'NXDOMAIN',
      lookups: [],
      gaps: [],
      queries: { resolver: 1, servers: 0, leftOut: 0 },
    }),
    mail: () => ({ mx: [] }),
    tls: () => ({
      port: 443,
      sni: host,
      protocols: {
        SSLv3: { offered: false },
        'TLSv1.0': { offered: old, ...(old ? { suites: weak.slice(2), complete: true } : {}) },
        'TLSv1.1': { offered: old, ...(old ? { suites: weak.slice(2), complete: true } : {}) },
        'TLSv1.2': {
          offered: true,
          suites: spec.fails.includes('tls-suites') ? weak : strong,
          complete: true,
          order: 'server',
        },
        'TLSv1.3': { offered: true, suites: [suite('0x1301', 'TLS_AES_128_GCM_SHA256')] },
      },
      chains: [[certificate]],
      verified: {
        trusted: !spec.fails.includes('cert-expiry'),
        trustError: spec.fails.includes('cert-expiry') ? 'CERT_HAS_EXPIRED' : null,
        nameMatches: true,
        protocol: 'TLSv1.3',
      },
      secondOpinion: {
        reader: 'ssl-checker 3.0.1',
        valid: !spec.fails.includes('cert-expiry'),
        notAfter: certificate.notAfter,
        error: null,
      },
    }),
    http: () => ({
      secure: { start: `https://${host}/`, hops: [hop(`https://${host}/`, 200)], end: 'answer' },
      plain: {
        start: `http://${host}/`,
        hops: spec.fails.includes('https-redirect')
          ? [hop(`http://${host}/`, 200)]
          : [{ ...hop(`http://${host}/`, 301), location: `https://${host}/` }, hop(`https://${host}/`, 200)],
        end: 'answer',
      },
    }),
    software: () => ({
      items: [
        { ...spec.server, source: 'http.server', port: 443 },
        ...(spec.server.product === 'apache-http-server'
          ? [{ product: 'php', version: '5.6.40', source: 'http.x-powered-by', port: 443, text: 'PHP/5.6.40' }]
          : []),
      ],
    }),
    ports: () => ({
      engine: 'nmap',
      engineVersion: '7.93',
      asked: '21-23,25,80,443,1433,3306,3389,5432,8080',
      open: [
        { port: 80, service: 'http', product: spec.server.product },
        { port: 443, service: 'https', product: spec.server.product, tls: true },
        ...(spec.fails.includes('declared-ports') ? [{ port: 8080, service: 'http-proxy' }] : []),
        ...(spec.fails.includes('exposed-database')
          ? [
              {
                port: 3306,
                service: 'mysql',
                product: 'MySQL',
                version: '5.7.33',
                banner: 'J\u0000\u0000\u0000\n5.7.33',
              },
            ]
          : []),
      ],
      closed: '21-23,25',
      silent: '1433,3389,5432',
    }),
  };
}
