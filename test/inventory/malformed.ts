import { baseText, changed } from './base.ts';

/** A malformed inventory and everything that is said of it, `line:column sentence`, in the order of the file. */
export type Malformed = {
  readonly what: string;
  readonly text: string;
  readonly en: readonly string[];
  readonly vi?: readonly string[];
};

export const malformed: readonly Malformed[] = [
  {
    what: 'an empty file',
    text: '',
    en: ['1:1 The file is empty. Start from the example inventory/lai-chau.example.yaml.'],
    vi: ['1:1 Tệp trống. Hãy bắt đầu từ tệp ví dụ inventory/lai-chau.example.yaml.'],
  },
  {
    what: 'only comments',
    text: '# chưa viết gì\n',
    en: ['1:1 The file is empty. Start from the example inventory/lai-chau.example.yaml.'],
  },
  {
    what: 'a list instead of a map',
    text: '- a\n- b\n',
    en: ['1:1 The file must be a map with the keys schema, province, zones, organisations, systems, authorisations.'],
  },
  {
    what: 'a plain word',
    text: 'xin chào\n',
    en: ['1:1 The file must be a map with the keys schema, province, zones, organisations, systems, authorisations.'],
  },
  {
    what: 'a tab as indentation',
    text: changed(['    owner: so-y-te', '\towner: so-y-te']),
    en: ['11:1 The line is indented with a tab. Use spaces.'],
    vi: ['11:1 Thụt lề bằng phím Tab. Hãy thay bằng dấu cách.'],
  },
  {
    what: 'a key out of line',
    text: changed(['    owner: so-y-te', '   owner: so-y-te']),
    en: [
      '11:1 A character is missing (quote, colon, comma, dash, closing bracket), or the indentation is wrong. Look at this line and the one before.',
    ],
  },
  {
    what: 'a quote that is not closed',
    text: changed(["'0213 000 000' }", "'0213 000 000 }"]),
    en: [
      '31:1 A character is missing (quote, colon, comma, dash, closing bracket), or the indentation is wrong. Look at this line and the one before.',
    ],
  },
  {
    what: 'a bracket that is not closed',
    text: changed(['[203.0.113.0/24] }', '[203.0.113.0/24']),
    en: [
      '27:5 The indentation does not match the lines of the same level, or a bracket above is not closed. Align the line, or close the bracket.',
    ],
  },
  {
    what: 'a colon inside a plain value',
    text: changed(['name: Cổng thông tin', 'name: Cổng: thông tin']),
    en: ['10:11 A colon is out of place. A value that contains “: ” needs double quotes.'],
  },
  {
    what: 'a value that begins with @',
    text: changed(['name: Cổng thông tin', 'name: @cong']),
    en: ['10:11 The value begins with a reserved character. Put it in double quotes.'],
  },
  {
    what: 'two documents',
    text: changed(['systems:', '---\nsystems:']),
    en: ['8:1 The file holds several YAML documents. Remove the line “---” or “...” inside the file.'],
  },
  {
    what: 'a YAML 1.1 directive',
    text: changed(['schema: 1', '%YAML 1.1\n---\nschema: 1']),
    en: ['1:1 YAML directives (lines that begin with “%”) are not used. Delete the line.'],
  },
  {
    what: 'an alias',
    text: changed(['owner: so-y-te', 'owner: &a so-y-te'], ['operator: so-y-te', 'operator: *a']),
    en: [
      '11:15 “&” and “*” (YAML anchors and aliases) are not used. Write the value out, or put it in double quotes if it is text.',
      '12:15 “&” and “*” (YAML anchors and aliases) are not used. Write the value out, or put it in double quotes if it is text.',
    ],
  },
  {
    what: 'a billion laughs',
    text: 'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n',
    en: [
      '1:7 “&” and “*” (YAML anchors and aliases) are not used. Write the value out, or put it in double quotes if it is text.',
      '2:7 “&” and “*” (YAML anchors and aliases) are not used. Write the value out, or put it in double quotes if it is text.',
      '2:8 “&” and “*” (YAML anchors and aliases) are not used. Write the value out, or put it in double quotes if it is text.',
      '2:11 “&” and “*” (YAML anchors and aliases) are not used. Write the value out, or put it in double quotes if it is text.',
      '3:7 “&” and “*” (YAML anchors and aliases) are not used. Write the value out, or put it in double quotes if it is text.',
      '3:8 “&” and “*” (YAML anchors and aliases) are not used. Write the value out, or put it in double quotes if it is text.',
      '3:11 “&” and “*” (YAML anchors and aliases) are not used. Write the value out, or put it in double quotes if it is text.',
    ],
  },
  {
    what: 'a tag',
    text: changed(['name: Cổng thông tin', 'name: !!js/function "return 1"']),
    en: [
      '10:25 YAML tags (!!js/function) are not used. Delete the tag, or put the value in double quotes if it is text.',
    ],
    vi: [
      '10:25 Không dùng thẻ YAML (!!js/function). Hãy xóa thẻ, hoặc đặt giá trị trong dấu ngoặc kép nếu đó là văn bản.',
    ],
  },
  {
    what: 'a key given twice',
    text: changed(['    owner: so-y-te', '    owner: so-y-te\n    owner: cong-an']),
    en: ['12:5 The key “owner” already stands on line 11. Write each key once.'],
    vi: ['12:5 Khóa “owner” đã có ở dòng 11. Mỗi khóa chỉ viết một lần.'],
  },
  {
    what: '__proto__ as a key',
    text: changed(['    owner: so-y-te', '    owner: so-y-te\n    __proto__: { excluded: quan-su }']),
    en: ['12:5 The key “__proto__” is not allowed.'],
  },
  {
    what: 'constructor as a key',
    text: changed(['    owner: so-y-te', '    owner: so-y-te\n    constructor: x']),
    en: [
      '12:5 There is no key “constructor” here. The keys are: id, name, nameEn, owner, operator, classification, critical, excluded, stateSecret, stateSecretPermit, layers, endpoints, packages, waivers.',
    ],
  },
  {
    what: 'a list as a key',
    text: changed(['    owner: so-y-te', '    owner: so-y-te\n    ? [a, b]\n    : c']),
    en: ['12:7 A key must be a plain word, not a list or a map.'],
  },
  {
    what: 'a number as a key',
    text: changed(['    owner: so-y-te', '    owner: so-y-te\n    1: x']),
    en: [
      '12:5 There is no key “1” here. The keys are: id, name, nameEn, owner, operator, classification, critical, excluded, stateSecret, stateSecretPermit, layers, endpoints, packages, waivers.',
    ],
  },
  {
    what: 'a control character',
    text: changed(['name: Cổng thông tin', 'name: "Cổng \\u202e tin"']),
    en: ['10:11 The text contains an invisible control character (U+202E). Delete it and type the text again.'],
  },
  {
    what: 'a misspelt key',
    text: changed(['    operator: so-y-te', '    operater: so-y-te']),
    en: ['12:5 There is no key “operater” here. Did you mean “operator”?'],
    vi: ['12:5 Không có khóa “operater” ở đây. Có phải là “operator”?'],
  },
  {
    what: 'a key of another place',
    text: changed(['    owner: so-y-te', '    owner: so-y-te\n    hotline: x']),
    en: [
      '12:5 There is no key “hotline” here. The keys are: id, name, nameEn, owner, operator, classification, critical, excluded, stateSecret, stateSecretPermit, layers, endpoints, packages, waivers.',
    ],
  },
  {
    what: 'another version of the format',
    text: changed(['schema: 1', 'schema: 2']),
    en: ['1:9 This must be 1, not 2.'],
  },
  {
    what: 'no authorisations at all',
    text: baseText.slice(0, baseText.indexOf('authorisations:')),
    en: ['1:1 The key “authorisations” is missing. Add a line “authorisations: …”.'],
  },
  {
    what: 'an empty value',
    text: changed(['    basis: Kế hoạch rà soát', '    basis:']),
    en: ['23:11 The value is empty. Fill it in, or delete the line.'],
  },
  {
    what: 'a telephone number that lost its zero',
    text: changed(["'0213 000 000'", '0213000000']),
    en: ['30:23 YAML reads 0213000000 as a number or a truth value, not as text. Write it in quotes: "0213000000".'],
    vi: [
      '30:23 YAML hiểu 0213000000 là số hoặc giá trị đúng/sai, không phải văn bản. Hãy viết trong dấu ngoặc kép: "0213000000".',
    ],
  },
  {
    what: 'a document number that is a number',
    text: changed(['number: 1/KH', 'number: 12']),
    en: ['22:25 YAML reads 12 as a number or a truth value, not as text. Write it in quotes: "12".'],
  },
  {
    what: 'a truth value as a name',
    text: changed(['name: Cổng thông tin', 'name: true']),
    en: ['10:11 YAML reads true as a number or a truth value, not as text. Write it in quotes: "true".'],
  },
  {
    what: 'yes where true is meant',
    text: changed(['tls: true', 'tls: có']),
    en: ['19:31 Only true or false may stand here. Replace có by true.'],
  },
  {
    what: 'a list where text is meant',
    text: changed(['name: Cổng thông tin', 'name: [Cổng, thông tin]']),
    en: ['10:11 This must be text, not a list or a map.'],
  },
  {
    what: 'text where a list is meant',
    text: changed(['    zones: [internet]', '    zones: internet']),
    en: ['27:12 This must be a list. Write [internet].'],
  },
  {
    what: 'text where a map is meant',
    text: changed(["    contact: { phone: '0213 000 000' }", '    contact: 0213 000 000']),
    en: ['30:14 This must be a map of lines “key: value”.'],
  },
  {
    what: 'an endpoint that is only a URL',
    text: changed(['{ kind: web, url: https://portal.example/, addresses: [203.0.113.7] }', 'https://portal.example/']),
    en: ['14:9 This must be a map of lines “key: value”.'],
  },
  {
    what: 'an endpoint without kind',
    text: changed(['{ kind: web, url', '{ url']),
    en: ['14:9 The endpoint has no kind. Add “kind: …”, one of: web, host, domain, mail.'],
  },
  {
    what: 'an endpoint of a misspelt kind',
    text: changed(['kind: host', 'kind: hosts']),
    en: ['15:15 “hosts” is not one of the values. Did you mean “host”? The values are: web, host, domain, mail.'],
  },
  {
    what: 'a key of another kind of endpoint',
    text: changed([
      '{ kind: web, url: https://portal.example/,',
      '{ kind: web, host: portal.example, url: https://portal.example/,',
    ]),
    en: ['14:22 There is no key “host” here. The keys are: kind, url, httpUrl, addresses, zones, note.'],
  },
  {
    what: 'a port in quotes',
    text: changed(['port: 443', "port: '443'"]),
    en: ['19:21 This must be a number, not text. Remove the quotes: 443.'],
  },
  {
    what: 'a port beyond 65535',
    text: changed(['port: 443', 'port: 70443']),
    en: ['19:21 70443 is more than the highest value, 65535.'],
  },
  {
    what: 'an id in Vietnamese',
    text: changed(['id: cong-tt', 'id: Cổng thông tin']),
    en: ['9:9 “Cổng thông tin” is not an id. Write “cong-thong-tin”.'],
  },
  {
    what: 'an id with only marks',
    text: changed(['id: cong-tt', 'id: "***"']),
    en: ['9:9 “***” is not an id. Ids have lower-case letters, digits and hyphens, as in “so-y-te”.'],
  },
  {
    what: 'a word that is not in the list',
    text: changed(['    owner: so-y-te', '    owner: so-y-te\n    excluded: quân sự']),
    en: [
      '12:15 “quân sự” is not one of the values. Did you mean “quan-su”? The values are: quan-su, quoc-phong, co-yeu.',
    ],
  },
  {
    what: 'a level outside 1 to 5',
    text: changed(['    owner: so-y-te', '    owner: so-y-te\n    classification: { level: 6, dossier: chua-lap }']),
    en: ['12:30 “6” is not one of the values: 1, 2, 3, 4, 5.'],
  },
  {
    what: 'a day as officials write it',
    text: changed(['from: 2026-01-10', 'from: 10/01/2026']),
    en: ['28:11 Dates are written year-month-day. Replace “10/01/2026” by 2026-01-10.'],
    vi: ['28:11 Ngày viết theo thứ tự năm-tháng-ngày. Thay “10/01/2026” bằng 2026-01-10.'],
  },
  {
    what: 'a day that is not one',
    text: changed(['from: 2026-01-10', 'from: đầu năm']),
    en: ['28:11 “đầu năm” is not a date. Write year-month-day, as in 2026-11-22.'],
  },
  {
    what: '30 February',
    text: changed(['until: 2026-12-31', 'until: 2026-02-30']),
    en: ['29:12 The calendar has no 2026-02-30. The last day of that month is 2026-02-28.'],
    vi: ['29:12 Lịch không có ngày 2026-02-30. Ngày cuối của tháng là 2026-02-28.'],
  },
  {
    what: 'month 13',
    text: changed(['until: 2026-12-31', 'until: 2026-13-01']),
    en: ['29:12 The calendar has no 2026-13-01. Months go from 01 to 12.'],
  },
  {
    what: 'an end before the beginning',
    text: changed(['until: 2026-12-31', 'until: 2026-01-09']),
    en: ['29:12 The last day 2026-01-09 is before the first day 2026-01-10.'],
  },
  {
    what: 'a start before the signature',
    text: changed(['date: 2026-01-05', 'date: 2026-02-05']),
    en: [
      '28:11 It begins on 2026-01-10, but the document was signed on 2026-02-05. Nothing may be scanned before that; write 2026-02-05.',
    ],
    vi: [
      '28:11 Bắt đầu ngày 2026-01-10 nhưng văn bản ký ngày 2026-02-05. Chỉ được rà soát từ ngày ký trở đi, hãy viết 2026-02-05.',
    ],
  },
  {
    what: 'hours in short',
    text: changed(['    zones: [internet]', '    zones: [internet]\n    hours: [{ from: 22h, to: 5:00 }]']),
    en: [
      '28:21 Times have four digits, from 00:00 to 23:59. Replace “22h” by 22:00.',
      '28:30 Times have four digits, from 00:00 to 23:59. Replace “5:00” by 05:00.',
    ],
  },
  {
    what: 'an end at 24:00',
    text: changed(['    zones: [internet]', "    zones: [internet]\n    hours: [{ from: '22:00', to: '24:00' }]"]),
    en: ['28:34 Times have four digits, from 00:00 to 23:59. Replace “24:00” by 00:00.'],
    vi: ['28:34 Giờ viết đủ bốn chữ số, từ 00:00 đến 23:59. Thay “24:00” bằng 00:00.'],
  },
  {
    what: 'hours of no length',
    text: changed(['    zones: [internet]', "    zones: [internet]\n    hours: [{ from: '22:00', to: '22:00' }]"]),
    en: ['28:34 The hours begin and end at 22:00. Write another end, or leave “hours” out to permit the whole day.'],
  },
  {
    what: 'a blackout backwards',
    text: changed([
      '    zones: [internet]',
      '    zones: [internet]\n    blackouts: [{ from: 2026-05-02, until: 2026-05-01, reason: Lễ }]',
    ]),
    en: ['28:44 The last day 2026-05-01 is before the first day 2026-05-02.'],
  },
  {
    what: 'a blackout of everything backwards',
    text: `${baseText}blackouts: [{ from: 2026-05-02, until: 2026-05-01, reason: Lễ }]\n`,
    en: ['31:40 The last day 2026-05-01 is before the first day 2026-05-02.'],
  },
  {
    what: 'blackout hours of no length',
    text: `${baseText}blackouts: [{ from: 2026-05-01, until: 2026-05-01, hours: [{ from: '05:00', to: '05:00' }], reason: Lễ }]\n`,
    en: [
      '31:81 The blackout begins and ends at 05:00. Write another end, or leave “hours” out to forbid the whole day.',
    ],
  },
  {
    what: 'blackouts of nobody and from nowhere',
    text: `${baseText}blackouts: [{ from: 2026-05-01, until: 2026-05-01, reason: Lễ, zones: [intranet], organisations: [so-y-to], systems: [cong-tx] }]\n`,
    en: [
      '31:72 There is no zone “intranet”. Did you mean “internet”?',
      '31:99 There is no organisation “so-y-to”. Did you mean “so-y-te”?',
      '31:119 There is no system “cong-tx”. Did you mean “cong-tt”?',
    ],
  },
  {
    what: 'an id used twice',
    text: changed(['id: cong-an', 'id: so-y-te']),
    en: ['7:11 The id “so-y-te” is already used on line 6. Choose another.'],
  },
  {
    what: 'an owner that is not there',
    text: changed(['    owner: so-y-te', '    owner: so-y-to']),
    en: ['11:12 There is no organisation “so-y-to”. Did you mean “so-y-te”?'],
    vi: ['11:12 Không có cơ quan, đơn vị nào mang mã “so-y-to”. Có phải là “so-y-te”?'],
  },
  {
    what: 'an owner that resembles nothing',
    text: changed(['    owner: so-y-te', '    owner: truong-hoc']),
    en: ['11:12 There is no organisation “truong-hoc”. Add it under organisations.'],
  },
  {
    what: 'a zone that is not there',
    text: changed(['    zones: [internet]', '    zones: [intranet]']),
    en: ['27:13 There is no zone “intranet”. Did you mean “internet”?'],
  },
  {
    what: 'organisations in a circle',
    text: changed(
      ['id: so-y-te, name', 'id: so-y-te, parent: cong-an, name'],
      ['id: cong-an, name', 'id: cong-an, parent: so-y-te, name'],
    ),
    en: ['6:28 The parent organisations go round in a circle: so-y-te → cong-an → so-y-te. Remove one “parent” line.'],
  },
  {
    what: 'a requester who approves',
    text: changed(['name: Trần Thị B', 'name: "nguyễn  văn A"']),
    en: ['25:25 The requester and the approver are the same person (nguyễn  văn A). They must be two people.'],
    vi: ['25:25 Người đề nghị và người phê duyệt là cùng một người (nguyễn  văn A). Phải là hai người khác nhau.'],
  },
  {
    what: 'a waiver approved by its requester',
    text: changed([
      '    operator: so-y-te',
      '    operator: so-y-te\n    waivers:\n      - check: csp\n        until: 2027-01-01\n        reason: Chờ\n        requestedBy: { name: A, position: x, organisation: so-y-te }\n        approvedBy: { name: A, position: y, organisation: so-y-te }',
    ]),
    en: ['18:29 The requester and the approver are the same person (A). They must be two people.'],
  },
  {
    what: 'a scope of nothing',
    text: changed(['{ networks: [203.0.113.0/24] }', '{}']),
    en: ['26:12 The scope names nothing. Add “networks” or “domains”.'],
  },
  {
    what: 'a block with host bits',
    text: changed(['203.0.113.0/24', '203.0.113.7/24']),
    en: ['26:25 “203.0.113.7/24” points into the middle of a block. Write 203.0.113.0/24.'],
    vi: ['26:25 “203.0.113.7/24” chỉ vào giữa dải địa chỉ. Hãy viết 203.0.113.0/24.'],
  },
  {
    what: 'a block that is none',
    text: changed(['203.0.113.0/24', '203.0.113/24']),
    en: ['26:25 “203.0.113/24” is not an address or a block. Write it as in 203.0.113.0/24 or 203.0.113.7.'],
  },
  {
    what: 'the whole Internet',
    text: changed(['203.0.113.0/24', '0.0.0.0/0']),
    en: [
      '26:25 The block “0.0.0.0/0” is too wide for an authorisation, the widest is /8. Name the blocks of the organisation.',
    ],
  },
  {
    what: 'a domain shared by the whole country',
    text: changed(['networks: [203.0.113.0/24]', 'domains: [gov.vn]']),
    en: ['26:24 “gov.vn” is a suffix that many organisations share. Name the domain of each, as in office.gov.vn.'],
  },
  {
    what: 'a wildcard domain',
    text: changed(['networks: [203.0.113.0/24]', "domains: ['*.portal.example']"]),
    en: ['26:24 “*.portal.example” is not a domain name. Write portal.example; its subdomains are included.'],
  },
  {
    what: 'an address as a domain',
    text: changed(['networks: [203.0.113.0/24]', 'domains: [203.0.113.7]']),
    en: [
      '26:24 “203.0.113.7” is an address, not a domain. Addresses go under “networks”, or into an endpoint of kind host.',
    ],
  },
  {
    what: 'a resolver by name',
    text: changed(['name: Internet }', 'name: Internet, resolver: dns.example }']),
    en: [
      '4:47 “dns.example” is not the address of a resolver. Write it as in 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:53.',
    ],
  },
  {
    what: 'ports backwards',
    text: changed([
      'scope: { networks: [203.0.113.0/24] }',
      "scope: { networks: [203.0.113.0/24], ports: '22,443-80' }",
    ]),
    en: ['26:49 The range of ports 443-80 is backwards. Write 80-443.'],
  },
  {
    what: 'a port of the scope beyond 65535',
    text: changed(['scope: { networks: [203.0.113.0/24] }', "scope: { networks: [203.0.113.0/24], ports: '1-70000' }"]),
    en: ['26:49 “1-70000” is not valid: ports go from 1 to 65535.'],
  },
  {
    what: 'ports with spaces',
    text: changed(['scope: { networks: [203.0.113.0/24] }', "scope: { networks: [203.0.113.0/24], ports: '22, 80' }"]),
    en: ['26:49 “22, 80” is not a list of ports. Write 22,80.'],
  },
  {
    what: 'one port without quotes',
    text: changed(['scope: { networks: [203.0.113.0/24] }', 'scope: { networks: [203.0.113.0/24], ports: 443 }']),
    en: ['26:49 YAML reads 443 as a number or a truth value, not as text. Write it in quotes: "443".'],
  },
  {
    what: 'a URL without scheme',
    text: changed(['https://portal.example/', 'portal.example']),
    en: ['14:27 “portal.example” is not a web address. Write https://portal.example.'],
  },
  {
    what: 'a URL with a password',
    text: changed(['https://portal.example/', "'https://admin:bi-mat@portal.example/'"]),
    en: [
      '14:27 Never write a user name or password in a web address. Write https://portal.example/ and change the password that was exposed.',
    ],
    vi: [
      '14:27 Không ghi tên đăng nhập hay mật khẩu trong địa chỉ web. Hãy viết https://portal.example/ và đổi mật khẩu đã lộ.',
    ],
  },
  {
    what: 'a URL to an odd address',
    text: changed(['https://portal.example/', 'https://0x7f.1/']),
    en: ['14:27 “https://0x7f.1/” is not a valid web address. Write it as in https://portal.example/.'],
  },
  {
    what: 'a URL with a space',
    text: changed(['https://portal.example/', "'https://portal.example/a b'"]),
    en: ['14:27 “https://portal.example/a b” is not a valid web address. Write it as in https://portal.example/.'],
  },
  {
    what: 'a twin of a plain URL',
    text: changed([
      'url: https://portal.example/',
      'url: http://portal.example/, httpUrl: http://portal.example:8080/',
    ]),
    en: ['14:60 “httpUrl” is for an https “url” only. Remove “httpUrl”.'],
  },
  {
    what: 'a URL as a host',
    text: changed(['host: srv.portal.example', 'host: https://srv.portal.example/login']),
    en: ['16:15 “https://srv.portal.example/login” is not a host name. Write srv.portal.example.'],
  },
  {
    what: 'a block as a host',
    text: changed(['host: srv.portal.example', 'host: 203.0.113.0/24']),
    en: ['16:15 “203.0.113.0/24” is a block of addresses. List each host on its own.'],
  },
  {
    what: 'a pinned address with leading zeros',
    text: changed(['[203.0.113.8]', '[203.000.113.008]']),
    en: ['17:21 “203.000.113.008” is not an IP address. Write it as in 203.0.113.7 or 2001:db8::7.'],
  },
  {
    what: 'a pinned name',
    text: changed(['[203.0.113.8]', '[srv.portal.example]']),
    en: ['17:21 “srv.portal.example” is not an IP address. Write it as in 203.0.113.7 or 2001:db8::7.'],
  },
  {
    what: 'a DKIM selector with the rest of its name',
    text: changed([
      '      - kind: host',
      '      - { kind: mail, domain: thu.example, dkimSelectors: [s1, s2._domainkey] }\n      - kind: host',
    ]),
    en: ['15:64 “s2._domainkey” is not a DKIM selector. Write what stands before “._domainkey”, as in s1.'],
  },
  {
    what: 'an endpoint given twice',
    text: changed(
      ['      - kind: host', '      - { kind: web, url: HTTPS://portal.example:443 }\n      - kind: host'],
      ['HTTPS', 'https'],
      ['url: https://portal.example:443', 'url: https://PORTAL.example.:443'],
    ),
    en: ['15:27 The endpoint “https://PORTAL.example.:443” already stands in this system, on line 14.'],
  },
  {
    what: 'an endpoint of two systems',
    text: changed([
      'authorisations:',
      '  - id: khac\n    name: Hệ thống khác\n    owner: cong-an\n    operator: cong-an\n    endpoints: [{ kind: host, host: SRV.portal.example. }]\nauthorisations:',
    ]),
    en: [
      '24:37 The endpoint “SRV.portal.example.” already belongs to the system “cong-tt”, on line 16. One endpoint belongs to one system.',
    ],
    vi: [
      '24:37 Điểm truy cập “SRV.portal.example.” đã thuộc hệ thống “cong-tt”, ở dòng 16. Một điểm truy cập chỉ thuộc một hệ thống.',
    ],
  },
  {
    what: 'a port declared twice',
    text: changed([
      '          - { port: 443, tls: true }',
      '          - { port: 443, tls: true }\n          - { port: 443 }',
    ]),
    en: ['20:21 Port 443 is already declared on line 19.'],
  },
  {
    what: 'a service with TLS from the first byte and again later',
    text: changed(['{ port: 443, tls: true }', '{ port: 25, tls: true, startTls: smtp }']),
    en: [
      '19:46 A service either speaks TLS from the first byte (tls: true) or goes over to it later (startTls); remove one.',
    ],
    vi: [
      '19:46 Một dịch vụ hoặc dùng TLS ngay từ đầu (tls: true), hoặc chuyển sang TLS sau (startTls); bỏ một trong hai.',
    ],
  },
  {
    what: 'an upgrade that no protocol has',
    text: changed(['{ port: 443, tls: true }', '{ port: 25, startTls: smpt }']),
    en: [
      '19:35 “smpt” is not one of the values. Did you mean “smtp”? The values are: smtp, lmtp, imap, pop3, ftp, ldap, xmpp-client, xmpp-server, postgres, mysql, nntp, sieve, rdp.',
    ],
  },
  {
    what: 'an exclusion of nothing',
    text: changed(['authorisations:', 'exclusions:\n  - reason: Không rõ\nauthorisations:']),
    en: ['21:5 The exclusion names nothing. Add “networks” or “domains”.'],
  },
  {
    what: 'several things at once',
    text: changed(
      ['id: tinh-thu', 'id: Tỉnh Thử'],
      ['owner: so-y-te', 'owner: so-y-to'],
      ['until: 2026-12-31', 'until: 2026-02-30'],
      ['kind: host', 'kind: hots'],
    ),
    en: [
      '2:17 “Tỉnh Thử” is not an id. Write “tinh-thu”.',
      '11:12 There is no organisation “so-y-to”. Did you mean “so-y-te”?',
      '15:15 “hots” is not one of the values. Did you mean “host”? The values are: web, host, domain, mail.',
      '29:12 The calendar has no 2026-02-30. The last day of that month is 2026-02-28.',
    ],
    vi: [
      '2:17 “Tỉnh Thử” không phải mã hợp lệ. Hãy viết “tinh-thu”.',
      '11:12 Không có cơ quan, đơn vị nào mang mã “so-y-to”. Có phải là “so-y-te”?',
      '15:15 “hots” không thuộc danh mục. Có phải là “host”? Các giá trị được dùng: web, host, domain, mail.',
      '29:12 Lịch không có ngày 2026-02-30. Ngày cuối của tháng là 2026-02-28.',
    ],
  },
  {
    what: 'a task recorded twice for one body, and time granted before its document',
    text: `${baseText}tasks:
  - { task: a/b, organisation: cong-an }
  - task: a/b
    organisation: cong-an
    extended: { until: 2026-01-01, document: { number: 1/GH, date: 2026-02-01 } }
`,
    en: [
      '33:11 This task of the same organisation or system is already recorded on line 32. Make one record of the two.',
      '35:24 It ends on 2026-01-01, but the document was signed on 2026-02-01. Check the two dates.',
    ],
  },
  {
    what: 'controls: twice one id and one place, a system of the province, another zone, no services, no document',
    text: changed([
      '  - { id: internet, name: Internet }',
      `  - id: internet
    name: Internet
    controls:
      - { id: a, expects: good, endpoint: { kind: web, url: https://203.0.113.20/ } }
      - { id: a, expects: bad, endpoint: { kind: web, url: https://203.0.113.20, zones: [internet] } }
      - { id: c, expects: good, endpoint: { kind: web, url: https://portal.example/ } }
      - { id: d, expects: good, endpoint: { kind: host, host: 203.0.113.21 } }
      - { id: e, expects: well, endpoint: { kind: web, url: ftp://203.0.113.22/ } }`,
    ]),
    en: [
      '8:15 The id “a” is already used on line 7. Choose another.',
      '8:60 The endpoint “https://203.0.113.20” is already a control of this zone, on line 7.',
      '8:82 A control belongs to the zone that it stands in, so its endpoint takes no “zones”. Remove this key.',
      '9:61 The endpoint “https://portal.example/” already belongs to the system “cong-tt”. A control is a server of its own and of no system.',
      '10:63 A control of kind “host” declares its “services”, since open ports are held against them. Add “services”, or name “checks”.',
      '11:27 “well” is not one of the values: good, bad.',
      '11:61 “ftp://203.0.113.22/” is not a web address. Write https://203.0.113.22/.',
    ],
  },
  {
    what: 'controls that no document lets be read from their zone',
    text: changed([
      '  - { id: internet, name: Internet }',
      `  - id: internet
    name: Internet
    controls:
      - { id: a, expects: good, endpoint: { kind: web, url: https://203.0.113.20/ } }
      - { id: b, expects: bad, endpoint: { kind: web, url: https://doi-chung.example/, addresses: [203.0.113.21, '2001:db8::1'] } }
  - id: tslcd
    name: TSLCĐ
    controls:
      - { id: c, expects: good, endpoint: { kind: web, url: https://203.0.113.20/ } }`,
    ]),
    en: [
      '8:60 No authorisation covers this endpoint, so it will not be scanned.',
      '12:61 The authorisation “vb-1” covers this endpoint, but not from its zones.',
    ],
  },
];
