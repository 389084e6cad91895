import type { PlainSite, Site } from './sites.ts';
import { aged, goodHeaders, login, page } from './tools.ts';

/** The web sites of the example province, by the sections of its inventory. */
export const sites: readonly Site[] = [
  // Shared systems.
  {
    address: '127.20.2.20',
    name: 'phananh.lai-chau.example',
    answer: { headers: { ...goodHeaders, Server: 'nginx' }, body: page('Phản ánh hiện trường') },
  },
  {
    address: '127.20.3.10',
    name: 'vanban.lai-chau.example',
    certificate: 'self-signed',
    answer: {
      headers: { Server: 'Apache-Coyote/1.1', 'Set-Cookie': 'JSESSIONID=09AF; Path=/; HttpOnly' },
      body: page('Quản lý văn bản'),
    },
  },
  {
    address: '127.20.5.10',
    name: 'lgsp.lai-chau.example',
    answer: { headers: goodHeaders, body: page('LGSP') },
  },
  {
    address: '127.20.5.30',
    name: 'kho.lai-chau.example',
    certificate: 'self-signed',
    answer: { status: 503, headers: { Server: 'nginx/1.24.0 (Ubuntu)' }, body: page('503 Service Unavailable') },
  },
  { address: '127.20.13.10', name: 'soc.lai-chau.example', answer: { headers: goodHeaders, body: page('SOC') } },
  {
    address: '127.20.12.10',
    name: 'ketnoi.lai-chau.example',
    certificate: { names: ['ketnoi.lai-chau.example', 'srv-ketnoi.lai-chau.example'] },
    answer: { headers: goodHeaders, body: page('Điểm kết nối') },
  },
  // Health: a login form in clear, a certificate about to end; weak cookies and no policy; a tidy hospital.
  {
    address: '127.20.7.10',
    name: 'hssk.lai-chau.example',
    certificate: { fromDays: -170, untilDays: 9 },
    answer: { headers: { ...goodHeaders, Server: 'nginx' }, body: page('Hồ sơ sức khỏe', login) },
    plain: { headers: { Server: 'nginx' }, body: page('Hồ sơ sức khỏe', login) },
  },
  {
    address: '127.20.7.20',
    name: 'soyte.lai-chau.example',
    answer: {
      headers: {
        'Strict-Transport-Security': 'max-age=300',
        'X-Content-Type-Options': 'nosniff',
        'X-Frame-Options': 'SAMEORIGIN',
        'Set-Cookie': 'PHPSESSID=77aa; path=/; HttpOnly',
      },
      body: page('Sở Y tế', '<meta name="generator" content="WordPress 5.8.1">'),
    },
  },
  {
    address: '127.20.7.30',
    name: 'benhan.lai-chau.example',
    certificate: { names: ['benhan.lai-chau.example', 'srv-benhan.lai-chau.example'] },
    answer: {
      headers: { ...goodHeaders, 'Set-Cookie': '__Host-phien=5b1e; Path=/; Secure; HttpOnly; SameSite=Strict' },
      body: page('Bệnh án điện tử', login),
    },
  },
  // Education: versions told; a key too short and no forward secrecy; a system that was withdrawn and still answers.
  {
    address: '127.20.8.10',
    name: 'csdl-gd.lai-chau.example',
    answer: {
      headers: { Server: 'nginx/1.14.0 (Ubuntu)', 'X-Powered-By': 'PHP/5.6.40' },
      body: page('CSDL ngành giáo dục'),
    },
  },
  {
    address: '127.20.8.20',
    name: 'tuyensinh.lai-chau.example',
    certificate: { algorithm: 'RSA-1024' },
    answer: { headers: { Server: 'Apache' }, body: page('Tuyển sinh đầu cấp') },
    tls: {
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      ciphers: 'AES128-SHA:AES256-SHA:AES128-GCM-SHA256:@SECLEVEL=0',
    },
  },
  {
    address: '127.20.8.30',
    name: 'hocba.lai-chau.example',
    answer: {
      headers: { Server: 'nginx/1.18.0 (Ubuntu)', 'Set-Cookie': 'hocba_session=1c9; path=/; secure' },
      body: page('Học bạ số', login),
    },
  },
  {
    address: '127.20.8.40',
    name: 'thuvien.lai-chau.example',
    certificate: { algorithm: 'RSA-2048', fromDays: -500, untilDays: -135 },
    answer: {
      headers: { Server: 'Apache/2.2.15 (CentOS)', 'X-Powered-By': 'PHP/5.3.3' },
      body: page('Thư viện số'),
    },
    tls: aged,
  },
  // Other departments.
  {
    address: '127.20.14.10',
    name: 'canbo.lai-chau.example',
    certificate: { algorithm: 'RSA-2048' },
    answer: {
      headers: { 'Strict-Transport-Security': 'max-age=31536000', 'X-Content-Type-Options': 'nosniff' },
      body: page('Cán bộ, công chức', login),
    },
  },
  {
    address: '127.20.15.10',
    name: 'taichinh.lai-chau.example',
    certificate: { algorithm: 'RSA-2048' },
    answer: {
      headers: { Server: 'Microsoft-IIS/8.5', 'X-Powered-By': 'ASP.NET', 'X-AspNet-Version': '4.0.30319' },
      body: page('Tài chính, ngân sách', login),
    },
    tls: aged,
  },
  {
    address: '127.20.16.10',
    name: 'datdai.lai-chau.example',
    answer: {
      headers: { Server: 'Apache-Coyote/1.1', 'Set-Cookie': 'JSESSIONID=77B0; Path=/; Secure; HttpOnly' },
      body: page('Thông tin đất đai', login),
    },
  },
  {
    address: '127.20.18.10',
    name: 'congchung.lai-chau.example',
    certificate: { fromDays: -345, untilDays: 20 },
    answer: { headers: { ...goodHeaders, Server: 'nginx' }, body: page('Công chứng, chứng thực', login) },
  },
  // Party.
  {
    address: '127.20.17.10',
    name: 'dangbo.lai-chau.example',
    answer: { headers: goodHeaders, body: page('Đảng bộ tỉnh') },
  },
  {
    address: '127.20.17.20',
    name: 'tacnghiep.lai-chau.example',
    certificate: { algorithm: 'RSA-2048' },
    answer: { headers: { Server: 'Microsoft-IIS/10.0' }, body: page('Điều hành tác nghiệp', login) },
  },
  // Communes and wards.
  {
    address: '127.20.10.20',
    name: 'hoso-doanket.lai-chau.example',
    answer: {
      headers: { 'X-Frame-Options': 'SAMEORIGIN', 'Set-Cookie': 'sid=20ce; path=/' },
      body: page('Tiếp nhận hồ sơ', login),
    },
    plain: { status: 301, headers: { Location: 'https://hoso-doanket.lai-chau.example:8443/' } },
  },
  {
    address: '127.20.10.30',
    name: 'doanket.lai-chau.example',
    answer: { headers: goodHeaders, body: page('Phường Đoàn Kết') },
  },
  {
    address: '127.20.11.30',
    name: 'may-chu-cu.example',
    answer: { headers: { Server: 'Apache' }, body: page('Xã Sìn Hồ') },
  },
  {
    address: '127.20.11.40',
    name: 'thanuyen.lai-chau.example',
    answer: { headers: { Server: 'nginx' }, body: page('Xã Than Uyên', login) },
    plain: { headers: { Server: 'nginx' }, body: page('Xã Than Uyên', login) },
  },
];

/** Sites that have no encryption at all. */
export const plainSites: readonly PlainSite[] = [
  {
    address: '127.20.10.10',
    answer: {
      headers: { Server: 'Microsoft-IIS/7.5', 'X-Powered-By': 'ASP.NET' },
      body: page('Phường Tân Phong'),
    },
  },
  {
    address: '127.20.11.20',
    answer: {
      headers: { Server: 'Apache/2.4.6 (CentOS)', 'X-Powered-By': 'PHP/5.4.16' },
      body: page('Xã Phong Thổ', '<meta name="generator" content="Joomla! 3.9">'),
    },
  },
];
