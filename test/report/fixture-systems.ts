import type { FailureCode } from '../../src/model/failure.ts';
import type { System, Waiver } from '../../src/model/inventory.ts';
import type { Kind } from '../../src/model/observation.ts';

/** What one invented system is and what is wrong with it. */
export type Spec = {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly owner: string;
  readonly operator?: string;
  readonly level?: 1 | 2 | 3 | 4;
  readonly dossier?: NonNullable<System['classification']>['dossier'];
  readonly critical?: boolean;
  readonly server: { readonly product: string; readonly version?: string; readonly text: string };
  /** Checks that fail. */
  readonly fails: readonly string[];
  /** Kinds that could not be observed, and why. */
  readonly blind?: Readonly<Partial<Record<Kind, FailureCode>>>;
  readonly layers?: System['layers'];
  readonly waives?: readonly string[];
  readonly stateSecret?: boolean;
  readonly host?: boolean;
};

const nginx = { product: 'nginx', version: '1.18.0', text: 'nginx/1.18.0 (Ubuntu)' };
const apache = { product: 'apache-http-server', version: '2.4.6', text: 'Apache/2.4.6 (CentOS) PHP/5.6.40' };
const iis = { product: 'microsoft-iis', version: '8.5', text: 'Microsoft-IIS/8.5' };
const quiet = { product: 'nginx', text: 'nginx' };

const document = { number: '112/BC-STTTT', date: '2026-05-12', issuer: 'Sở Khoa học và Công nghệ' };
const all = {
  onSite: {
    claimed: true,
    document,
    unit: 'Tổ an ninh mạng',
    head: 'Nguyễn Văn Bình',
    phone: '0200 000 001',
    email: 'anm@don-vi.example',
    incidentPlan: { number: '14/PA', date: '2026-05-20' },
    lastDrill: '2026-06-11',
    verified: {
      on: '2026-10-15',
      by: 'Phòng An ninh mạng, Công an tỉnh',
      document: { number: '61/BB-KT', date: '2026-10-15' },
    },
  },
  monitoring: {
    claimed: true,
    document: { number: '45/HĐ-GSANM', date: '2026-01-10' },
    provider: 'Công ty Giám sát Mẫu',
    licenceUntil: '2028-01-01',
    until: '2027-01-10',
  },
  assessment: {
    claimed: true,
    document: { number: '09/BC-DG', date: '2026-03-02' },
    assessor: 'Trung tâm Đánh giá Mẫu',
    independent: true,
    remediatedOn: '2026-04-20',
    nextDue: '2027-03-02',
  },
  connection: {
    claimed: true,
    document: { number: '77/BB-KN', date: '2026-06-30' },
    target: 'tinh' as const,
    lastSeen: '2026-11-20',
    logTypes: ['web', 'tường lửa'],
    antiMalwareShared: true,
  },
} satisfies NonNullable<System['layers']>;

/** Twelve systems of an invented province; all outcomes and verdicts occur. */
export const specs: readonly Spec[] = [
  {
    id: 'cong-dich-vu-cong',
    name: 'Cổng dịch vụ công tỉnh',
    nameEn: 'Public service portal',
    owner: 'van-phong-ubnd',
    operator: 'trung-tam-so',
    level: 3,
    dossier: 'da-phe-duyet',
    critical: true,
    server: nginx,
    fails: ['tls-protocols', 'tls-suites', 'hsts', 'content-security-policy', 'server-version'],
    layers: all,
    host: true,
  },
  {
    id: 'cong-thong-tin',
    name: 'Cổng thông tin điện tử tỉnh',
    nameEn: 'Provincial web portal',
    owner: 'van-phong-ubnd',
    operator: 'trung-tam-so',
    level: 2,
    dossier: 'da-phe-duyet',
    server: apache,
    fails: ['software-supported', 'content-security-policy', 'server-version'],
    layers: { ...all, assessment: { claimed: false } },
  },
  {
    id: 'quan-ly-van-ban',
    name: 'Hệ thống quản lý văn bản và điều hành',
    nameEn: 'Document management',
    owner: 'van-phong-ubnd',
    operator: 'trung-tam-so',
    level: 3,
    dossier: 'da-tham-dinh',
    critical: true,
    server: iis,
    fails: ['exposed-database', 'declared-ports', 'https-redirect'],
    layers: { onSite: all.onSite, monitoring: all.monitoring },
    waives: ['declared-ports'],
    host: true,
  },
  {
    id: 'trung-tam-du-lieu',
    name: 'Trung tâm dữ liệu tỉnh',
    nameEn: 'Provincial data centre',
    owner: 'so-khcn',
    operator: 'trung-tam-so',
    level: 4,
    dossier: 'da-gui-tham-dinh',
    critical: true,
    server: quiet,
    fails: [],
    layers: all,
    host: true,
  },
  {
    id: 'lgsp',
    name: 'Nền tảng tích hợp, chia sẻ dữ liệu',
    nameEn: 'Data integration platform',
    owner: 'so-khcn',
    operator: 'trung-tam-so',
    level: 3,
    dossier: 'da-phe-duyet',
    server: quiet,
    fails: [],
    layers: all,
    blind: { http: 'timeout', software: 'timeout' },
  },
  {
    id: 'thu-dien-tu',
    name: 'Hệ thống thư điện tử công vụ',
    nameEn: 'Official e-mail',
    owner: 'so-khcn',
    operator: 'trung-tam-so',
    level: 2,
    dossier: 'dang-du-thao',
    server: quiet,
    fails: ['cert-expiry'],
    layers: { onSite: all.onSite },
    blind: { software: 'blocked' },
  },
  {
    id: 'benh-an',
    name: 'Bệnh án điện tử Bệnh viện tỉnh',
    nameEn: 'Hospital records',
    owner: 'so-y-te',
    level: 3,
    dossier: 'chua-lap',
    server: apache,
    fails: ['software-supported', 'exposed-database', 'tls-protocols', 'hsts'],
    host: true,
  },
  {
    id: 'tiem-chung',
    name: 'Quản lý tiêm chủng',
    owner: 'so-y-te',
    server: quiet,
    fails: ['hsts'],
    blind: { tls: 'dns', http: 'dns', software: 'dns' },
  },
  {
    id: 'tuyen-sinh',
    name: 'Cổng tuyển sinh đầu cấp',
    nameEn: 'School admission',
    owner: 'so-gddt',
    level: 2,
    dossier: 'dang-du-thao',
    server: nginx,
    fails: ['https-redirect', 'hsts', 'content-security-policy'],
    layers: { onSite: { claimed: false } },
  },
  {
    id: 'co-so-du-lieu-gd',
    name: 'Cơ sở dữ liệu ngành giáo dục',
    nameEn: 'Education database',
    owner: 'so-gddt',
    level: 2,
    dossier: 'da-phe-duyet',
    server: quiet,
    fails: [],
    layers: all,
  },
  {
    id: 'mot-cua-xa',
    name: 'Một cửa điện tử xã An Bình',
    owner: 'xa-an-binh',
    operator: 'trung-tam-so',
    level: 1,
    dossier: 'chua-lap',
    server: quiet,
    fails: [],
    blind: { tls: 'refused', ports: 'not-permitted' },
    host: true,
  },
  {
    id: 'luu-tru-dang',
    name: 'Kho lưu trữ điện tử',
    nameEn: 'Electronic archive',
    owner: 'van-phong-tu',
    level: 3,
    dossier: 'da-phe-duyet',
    server: quiet,
    fails: [],
    layers: all,
    stateSecret: true,
  },
];

/** A waiver of one check for the whole system. */
export function waiver(check: string): Waiver {
  return {
    check,
    until: '2027-03-31',
    reason: 'Đang thay thiết bị tường lửa theo kế hoạch quý I năm 2027',
    requestedBy: { name: 'Trần Thị Mai', position: 'Trưởng phòng Hạ tầng' },
    approvedBy: { name: 'Lê Quốc Hưng', position: 'Phó Giám đốc' },
  };
}
