import type { Check, Severity } from '../../src/model/check.ts';
import type { Framework, Obligation } from '../../src/model/framework.ts';
import type { Kind } from '../../src/model/observation.ts';
import type { Text } from '../../src/model/text.ts';

const both = (vi: string, en: string): Text => ({ vi, en });

type Words = Pick<Check, 'title' | 'why' | 'fix'>;

function check(id: string, severity: Severity, reads: Kind, change: string, words: Words): Check {
  return {
    id,
    severity,
    change,
    ...words,
    about: reads === 'ports' ? ['host'] : ['web'],
    reads: [reads],
    rule: {},
    sources: ['RFC 8996'],
    since: '0.1.0',
    examples: [],
  };
}

/** Invented checks, one or two for each kind of observation. */
export const fixtureChecks: readonly Check[] = [
  check('tls-protocols', 'high', 'tls', 'tls-protocols', {
    title: both('Chỉ chấp nhận TLS 1.2 trở lên', 'Only TLS 1.2 or later is accepted'),
    why: both(
      'TLS 1.0 và 1.1 đã bị khai tử; dữ liệu trên đường truyền có thể bị đọc.',
      'TLS 1.0 and 1.1 are deprecated; data in transit may be read.',
    ),
    fix: {
      any: both('Tắt TLS 1.0 và 1.1 trên máy chủ web.', 'Turn off TLS 1.0 and 1.1 on the web server.'),
      nginx: both('Đặt: ssl_protocols TLSv1.2 TLSv1.3;', 'Set: ssl_protocols TLSv1.2 TLSv1.3;'),
      apache: both('Đặt: SSLProtocol -all +TLSv1.2 +TLSv1.3', 'Set: SSLProtocol -all +TLSv1.2 +TLSv1.3'),
    },
  }),
  check('tls-suites', 'medium', 'tls', 'tls-suites', {
    title: both('Chỉ chấp nhận bộ mã hóa mạnh', 'Only strong cipher suites are accepted'),
    why: both(
      'Bộ mã hóa CBC và RSA tĩnh không bảo vệ dữ liệu đã ghi lại.',
      'CBC and static RSA do not protect recorded data.',
    ),
    fix: {
      any: both('Chỉ giữ bộ mã hóa ECDHE với GCM hoặc ChaCha20.', 'Keep only ECDHE suites with GCM or ChaCha20.'),
    },
  }),
  check('cert-expiry', 'high', 'tls', 'certificate', {
    title: both('Chứng thư số còn hạn', 'The certificate is still valid'),
    why: both(
      'Trình duyệt cảnh báo và người dân quen bỏ qua cảnh báo.',
      'Browsers warn, and citizens learn to click past warnings.',
    ),
    fix: { any: both('Cấp lại và cài chứng thư mới.', 'Obtain and install a new certificate.') },
  }),
  check('hsts', 'medium', 'http', 'security-headers', {
    title: both('Trình duyệt được yêu cầu luôn dùng HTTPS', 'Browsers are told to use HTTPS always'),
    why: both(
      'Thiếu HSTS, lần truy cập đầu có thể bị hạ xuống HTTP.',
      'Without HSTS a first visit can be brought down to HTTP.',
    ),
    fix: {
      any: both('Gửi tiêu đề Strict-Transport-Security.', 'Send the Strict-Transport-Security header.'),
      nginx: both(
        'Thêm: add_header Strict-Transport-Security "max-age=31536000" always;',
        'Add: add_header Strict-Transport-Security "max-age=31536000" always;',
      ),
    },
  }),
  check('content-security-policy', 'low', 'http', 'security-headers', {
    title: both('Trang giới hạn nguồn nội dung', 'The page limits where content may come from'),
    why: both('Thiếu CSP, mã chèn vào trang sẽ chạy được.', 'Without a policy, injected code runs.'),
    fix: { any: both('Gửi tiêu đề Content-Security-Policy.', 'Send the Content-Security-Policy header.') },
  }),
  check('https-redirect', 'high', 'http', 'https-only', {
    title: both('HTTP chuyển hướng sang HTTPS', 'HTTP redirects to HTTPS'),
    why: both('Mật khẩu có thể đi qua mạng không mã hóa.', 'Passwords may cross the network in the clear.'),
    fix: { any: both('Chuyển hướng mã 301 sang HTTPS.', 'Redirect with status 301 to HTTPS.') },
  }),
  check('server-version', 'low', 'software', 'version-disclosure', {
    title: both('Máy chủ không nói số phiên bản', 'The server does not tell its version'),
    why: both('Số phiên bản giúp chọn cách tấn công.', 'A version number helps to choose an attack.'),
    fix: {
      any: both('Ẩn số phiên bản.', 'Hide the version number.'),
      nginx: both('Đặt: server_tokens off;', 'Set: server_tokens off;'),
    },
  }),
  check('software-supported', 'high', 'software', 'software-updates', {
    title: both('Phần mềm còn được hỗ trợ', 'The software is still supported'),
    why: both('Phần mềm hết hỗ trợ không còn bản vá.', 'Software past its support gets no patches.'),
    fix: { any: both('Nâng cấp lên phiên bản còn hỗ trợ.', 'Upgrade to a supported release.') },
  }),
  check('exposed-database', 'critical', 'ports', 'network-exposure', {
    title: both('Cơ sở dữ liệu không mở ra Internet', 'No database faces the Internet'),
    why: both('Ai cũng có thể thử đăng nhập.', 'Anyone can try to log in.'),
    fix: { any: both('Chặn cổng cơ sở dữ liệu ở tường lửa.', 'Block the database port at the firewall.') },
  }),
  check('declared-ports', 'medium', 'ports', 'open-ports', {
    title: both('Chỉ mở cổng đã khai báo', 'Only declared ports are open'),
    why: both('Dịch vụ không ai biết thì không ai vá.', 'A service nobody knows of is patched by nobody.'),
    fix: { any: both('Đóng cổng hoặc bổ sung vào hồ sơ.', 'Close the port or add it to the dossier.') },
  }),
];

function obligation(id: string, title: Text, more: Partial<Obligation>): Obligation {
  return {
    id,
    title,
    asks: title,
    cite: { instrument: 'NĐ 331/2026/NĐ-CP', clause: 'Điều 31', certainty: 'copy' },
    checks: [],
    proof: 'scan',
    ...more,
  };
}

const inForce = { from: '2026-07-01' };
const instrument = (number: string): Framework['instrument'] => ({
  number,
  issuer: both('Chính phủ', 'Government'),
  source: 'fixture',
  certainty: 'copy',
  readOn: '2026-11-20',
});

const task = (quote: string, before?: string): NonNullable<Obligation['task']> => ({
  quote,
  owner: both('Công an tỉnh', 'Provincial police'),
  ...(before === undefined
    ? { deadline: { trigger: both('ngay sau khi có hướng dẫn', 'as soon as guidance is given') } }
    : { deadline: { before } }),
});

/** Invented frameworks of all four kinds. */
export const fixtureFrameworks: readonly Framework[] = [
  {
    id: 'four-layers',
    kind: 'layers',
    title: both('Mô hình bảo đảm an ninh mạng 4 lớp', 'The four-layer model'),
    instrument: instrument('CV 1552/BTTTT-CATTT'),
    inForce,
    obligations: ([1, 2, 3, 4] as const).map((layer) =>
      obligation(
        `four-layers/layer-${layer}`,
        [
          both('Có lực lượng tại chỗ', 'There is an on-site force'),
          both('Có giám sát, bảo vệ chuyên nghiệp', 'There is professional monitoring and protection'),
          both('Có đánh giá độc lập định kỳ', 'There is a periodic independent assessment'),
          both('Có kết nối với hệ thống giám sát', 'There is a connection to the monitoring system'),
        ][layer - 1] ?? both('', ''),
        {
          layer,
          proof: 'claim',
          claim: `layers.${layer}`,
          checks: layer === 3 ? ['tls-protocols', 'software-supported'] : layer === 2 ? ['exposed-database'] : [],
          cite: { instrument: 'CV 1552/BTTTT-CATTT', certainty: 'paraphrase' },
        },
      ),
    ),
  },
  {
    id: 'level-clauses',
    kind: 'level-clauses',
    title: both('Yêu cầu kỹ thuật theo cấp độ', 'Technical requirements by level'),
    instrument: instrument('TCVN 14423:2026'),
    inForce,
    obligations: [
      obligation('level-clauses/secure-protocols', both('Dùng giao thức kết nối an toàn', 'Use secure protocols'), {
        checks: ['tls-protocols', 'https-redirect'],
        levels: { '1': '3.5.2.1 b', '2': '4.5.2.1 b', '3': '5.5.2.1 b', '4': '6.5.2.1 b' },
        cite: { instrument: 'TCVN 14423:2026', certainty: 'paraphrase' },
        equivalentAllowed: true,
      }),
      obligation('level-clauses/tls-in-transit', both('Mã hóa dữ liệu trên đường truyền', 'Encrypt data in transit'), {
        checks: ['tls-suites', 'cert-expiry'],
        levels: { '3': '5.4.2.4 b', '4': '6.4.2.4 b' },
        cite: { instrument: 'TCVN 14423:2026', certainty: 'paraphrase' },
      }),
      obligation(
        'level-clauses/inbound-control',
        both('Kiểm soát truy cập vào từ bên ngoài', 'Control inbound access'),
        {
          checks: ['exposed-database', 'declared-ports'],
          levels: { '1': '3.12.2.4 c', '2': '4.12.2.4 b', '3': '5.12.2.4 d', '4': '6.12.2.4 c' },
          cite: { instrument: 'TCVN 14423:2026', certainty: 'paraphrase' },
        },
      ),
      obligation('level-clauses/eol', both('Phần mềm còn được hỗ trợ', 'Software is supported'), {
        checks: ['software-supported'],
        levels: { '4': '6.3.2.3' },
        cite: { instrument: 'TCVN 14423:2026', certainty: 'paraphrase' },
      }),
      obligation('level-clauses/incident-drill', both('Diễn tập ứng phó sự cố', 'Drill for incidents'), {
        levels: { '3': '5.16.1', '4': '6.17.2.6' },
        cite: { instrument: 'TCVN 14423:2026', certainty: 'paraphrase' },
        manual: both('Cần xem biên bản diễn tập.', 'A person must look at the minutes of the drill.'),
      }),
    ],
  },
  {
    id: 'directive',
    kind: 'directive',
    title: both('Nhiệm vụ theo chỉ thị của tỉnh', 'Tasks of the province’s directive'),
    instrument: instrument('CT 15/CT-UBND'),
    inForce,
    obligations: [
      obligation('directive/vuln-remediate', both('Khắc phục lỗ hổng bảo mật', 'Mend vulnerabilities'), {
        checks: ['exposed-database', 'software-supported', 'tls-protocols'],
        task: task('khắc phục ngay những lỗ hổng bảo mật', '2026-04-30'),
      }),
      obligation(
        'directive/level-approval',
        both('Phê duyệt cấp độ hệ thống trọng yếu', 'Approve levels of critical systems'),
        {
          proof: 'claim',
          claim: 'level',
          criticalOnly: true,
          task: task('tổ chức thẩm định, phê duyệt cấp độ', '2026-04-30'),
        },
      ),
      obligation(
        'directive/soc',
        both('Hình thành trung tâm giám sát tập trung', 'Set up a central monitoring centre'),
        {
          manual: both('Cần xem quyết định thành lập.', 'A person must look at the founding decision.'),
          task: task('hình thành Trung tâm giám sát an ninh mạng tập trung', '2026-05-31'),
        },
      ),
      obligation('directive/encrypt', both('Mã hóa mọi cổng dịch vụ', 'Encrypt every service'), {
        checks: ['https-redirect'],
        task: task('mã hóa toàn bộ cổng cung cấp dịch vụ', '2026-12-20'),
      }),
      obligation(
        'directive/incident-channel',
        both('Lập kênh trao đổi thông tin sự cố', 'Set up an incident channel'),
        {
          manual: both('Chờ hướng dẫn của cơ quan cấp trên.', 'Waits for guidance from above.'),
          task: task('thiết lập kênh kết nối trao đổi thông tin'),
        },
      ),
      obligation('directive/it-officer', both('Cán bộ chuyên trách ở xã', 'IT officer in every commune'), {
        manual: both('Cần xem quyết định bố trí.', 'A person must look at the appointment.'),
        task: {
          ...task('mỗi xã có ít nhất 01 cán bộ chuyên trách', '2026-07-01'),
          provinceWide: true,
          addressees: { kinds: ['ubnd-xa'], named: [{ name: both('Vườn quốc gia', 'National park') }] },
          clear: { responsibility: both('Người đứng đầu chịu trách nhiệm', 'The head answers') },
        },
      }),
      obligation('directive/report', both('Báo cáo định kỳ', 'Periodic report'), {
        manual: both('Cần xem báo cáo.', 'A person must look at the report.'),
        task: {
          quote: 'định kỳ báo cáo kết quả',
          owner: both('Sở Khoa học và Công nghệ', 'Department of Science and Technology'),
          product: both('Báo cáo', 'Report'),
          periodic: true,
          provinceWide: true,
          addressees: { named: [{ name: both('Sở Khoa học và Công nghệ', 'Department of Science and Technology') }] },
          evidence: { rule: 'reports', shows: both('Báo cáo trong chu kỳ', 'A report within the interval') },
        },
      }),
      obligation('directive/certificates', both('Chứng thư số của trang còn hạn', 'Certificates of sites are valid'), {
        checks: ['cert-expiry'],
        task: task('bảo đảm chứng thư số còn hiệu lực', '2026-06-30'),
      }),
    ],
  },
  {
    id: 'good-practice',
    kind: 'good-practice',
    title: both('Thông lệ tốt', 'Good practice'),
    instrument: instrument('OWASP'),
    inForce,
    obligations: [
      obligation('good-practice/headers', both('Tiêu đề bảo mật HTTP', 'HTTP security headers'), {
        checks: ['hsts', 'content-security-policy'],
        cite: { instrument: 'OWASP Secure Headers', certainty: 'text' },
      }),
      obligation('good-practice/banner', both('Không lộ phiên bản', 'Tell no versions'), {
        checks: ['server-version'],
        cite: { instrument: 'OWASP', certainty: 'inference' },
      }),
    ],
  },
];
