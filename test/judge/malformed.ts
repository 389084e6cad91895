/** A good check file; each malformed one is it with one thing changed. */
export const goodFile = `id: sample
title: { vi: Tiêu đề, en: Title }
why: { vi: Lý do, en: Reason }
severity: low
about: [web]
reads: [tls]
rule:
  type: object
  required: [tls]
  properties:
    tls:
      type: object
      required: [suites]
      properties:
        suites:
          type: array
          items:
            type: object
            required: [bits, protocol]
            properties:
              bits: { type: integer, minimum: 112, because: { vi: Ngắn, en: Short } }
              protocol: true
fix: { any: { vi: Sửa, en: Mend } }
change: tls-suites
sources: [RFC 9325]
since: 0.1.0
examples:
  - { given: { tls: { suites: [{ bits: 128, protocol: TLSv1.2 }] } }, expect: pass }
  - { given: { tls: { suites: [{ bits: 40, protocol: TLSv1.2 }] } }, expect: fail }
`;

export type Malformed = {
  readonly name: string;
  /** What stands in the good file, and what stands there instead. */
  readonly change: readonly [from: string, to: string];
  /** `line:column: sentence`. */
  readonly en: readonly string[];
  readonly vi: readonly string[];
};

export const malformed: readonly Malformed[] = [
  {
    name: 'an unknown key near a known one',
    change: ['severity: low', 'severty: low'],
    en: ['1:1: The key "severity" is missing', '4:1: There is no key "severty" here; is it "severity"?'],
    vi: ['1:1: Thiếu khóa "severity"', '4:1: Không có khóa "severty" ở đây; có phải là "severity"?'],
  },
  {
    name: 'an unknown key like no other',
    change: ['fix: { any:', 'fix: { haproxy:'],
    en: [
      '23:8: There is no key "haproxy" here; the keys are: any, nginx, apache, iis, tomcat, liferay, postfix, exchange, bind, linux, windows, network',
    ],
    vi: [
      '23:8: Không có khóa "haproxy" ở đây; các khóa dùng được: any, nginx, apache, iis, tomcat, liferay, postfix, exchange, bind, linux, windows, network',
    ],
  },
  {
    name: 'a text in one language',
    change: ['why: { vi: Lý do, en: Reason }', 'why: { vi: Lý do }'],
    en: ['3:1: why is missing in English (en)'],
    vi: ['3:1: Thiếu bản tiếng Anh (en) của why'],
  },
  {
    name: 'a text that is blank',
    change: ['title: { vi: Tiêu đề, en: Title }', "title: { vi: ' ', en: Title }"],
    en: ['2:10: title.vi is empty'],
    vi: ['2:10: title.vi để trống'],
  },
  {
    name: 'a reason in one language',
    change: ['because: { vi: Ngắn, en: Short }', 'because: { en: Short }'],
    en: ['21:52: rule.properties.tls.properties.suites.items.properties.bits.because is missing in Vietnamese (vi)'],
    vi: ['21:52: Thiếu bản tiếng Việt (vi) của rule.properties.tls.properties.suites.items.properties.bits.because'],
  },
  {
    name: 'a value of the wrong type',
    change: ['about: [web]', 'about: web'],
    en: ['5:1: about must be a list'],
    vi: ['5:1: about phải là danh sách'],
  },
  {
    name: 'a word that is not in the list, near one',
    change: ['severity: low', 'severity: hight'],
    en: ['4:1: severity cannot be "hight"; is it "high"? The values are: critical, high, medium, low, info'],
    vi: [
      '4:1: severity không thể là "hight"; có phải là "high"? Các giá trị dùng được: critical, high, medium, low, info',
    ],
  },
  {
    name: 'a word that is not in the list',
    change: ['reads: [tls]', 'reads: [dnz]'],
    en: ['6:9: reads.0 cannot be "dnz"; is it "dns"? The values are: tls, http, ports, software, dns, mail'],
    vi: [
      '6:9: reads.0 không thể là "dnz"; có phải là "dns"? Các giá trị dùng được: tls, http, ports, software, dns, mail',
    ],
  },
  {
    name: 'an id that is not the file name',
    change: ['id: sample', 'id: other'],
    en: ['1:1: The id is "other" but the file is named "sample"; they must be the same'],
    vi: ['1:1: id là "other" nhưng tên tệp là "sample"; hai tên phải trùng nhau'],
  },
  {
    name: 'an id that is no noun in kebab-case',
    change: ['id: sample', 'id: Sample_1'],
    en: ['1:1: id "Sample_1" must be written with a-z, 0-9 and "-", like tls-protocols'],
    vi: ['1:1: id "Sample_1" phải viết bằng a-z, 0-9 và dấu "-", như tls-protocols'],
  },
  {
    name: 'a version in two numbers',
    change: ['since: 0.1.0', "since: '0.1'"],
    en: ['26:1: since "0.1" must be a version of three numbers, like 0.1.0'],
    vi: ['26:1: since "0.1" phải là phiên bản gồm ba số, như 0.1.0'],
  },
  {
    name: 'a clock that is none',
    change: ['expect: pass }', 'expect: pass, at: yesterday }'],
    en: ['28:85: examples.0.at "yesterday" must be an instant in UTC, like 2026-01-01T00:00:00.000Z'],
    vi: ['28:85: examples.0.at "yesterday" phải là thời điểm UTC, như 2026-01-01T00:00:00.000Z'],
  },
  {
    name: 'no failing example',
    change: ['expect: fail }', 'expect: pass }'],
    en: ['27:1: At least one example must expect "fail"'],
    vi: ['27:1: Phải có ít nhất một ví dụ với kết quả "fail"'],
  },
  {
    name: 'a check that replaces itself',
    change: ['since: 0.1.0', 'since: 0.1.0\nreplaces: [sample]'],
    en: ['27:1: The check "sample" replaces itself'],
    vi: ['27:1: Nội dung kiểm tra "sample" tự thay thế chính nó'],
  },
  {
    name: 'a misspelt keyword in a rule',
    change: ['minimum: 112', 'minimun: 112'],
    en: ['21:38: Rules have no keyword "minimun"; is it "minimum"?'],
    vi: ['21:38: Quy tắc không có từ khóa "minimun"; có phải là "minimum"?'],
  },
  {
    name: 'a keyword that rules do not have',
    change: ['minimum: 112', 'format: uri'],
    en: ['21:38: Rules have no keyword "format" (see checks/README.md)'],
    vi: ['21:38: Quy tắc không có từ khóa "format" (xem checks/README.md)'],
  },
  {
    name: 'a misspelt fact',
    change: [
      'required: [suites]\n      properties:\n        suites:',
      'required: [sutes]\n      properties:\n        sutes:',
    ],
    en: ['15:9: There is no fact "tls.sutes"; is it "suites"?'],
    vi: ['15:9: Không có dữ kiện "tls.sutes"; có phải là "suites"?'],
  },
  {
    name: 'a fact that nothing is like',
    change: ['protocol: true', 'colour: true'],
    en: [
      '19:30: "protocol" stands in required, so it must stand in properties too (at least "protocol: true")',
      '22:15: There is no fact "tls.suites.*.colour"',
    ],
    vi: [
      '19:30: required có "protocol" thì properties cũng phải có (ít nhất "protocol: true")',
      '22:15: Không có dữ kiện "tls.suites.*.colour"',
    ],
  },
  {
    name: 'a fact that is read and not required',
    change: ['required: [bits, protocol]', 'required: [protocol]'],
    en: ['21:15: A rule that reads "bits" must name it in required, or it passes when the fact was not seen'],
    vi: ['21:15: Quy tắc đọc "bits" thì phải ghi nó trong required; nếu không, khi chưa quan sát được sẽ thành Đạt'],
  },
  {
    name: 'a fact that is required and not read',
    change: ['              protocol: true\n', ''],
    en: ['19:30: "protocol" stands in required, so it must stand in properties too (at least "protocol: true")'],
    vi: ['19:30: required có "protocol" thì properties cũng phải có (ít nhất "protocol: true")'],
  },
  {
    name: 'a misspelt word of a fact',
    change: ['protocol: true', 'protocol: { const: TLSv1.4, because: { vi: Cũ, en: Old } }'],
    en: ['22:27: This fact is never "TLSv1.4"; is it "TLSv1.0"?'],
    vi: ['22:27: Dữ kiện này không bao giờ là "TLSv1.4"; có phải là "TLSv1.0"?'],
  },
  {
    name: 'a value that a fact never has',
    change: [
      'bits: { type: integer, minimum: 112, because: { vi: Ngắn, en: Short } }',
      'bits: { const: many, because: { vi: Ngắn, en: Short } }',
    ],
    en: ['21:23: This fact is never "many"'],
    vi: ['21:23: Dữ kiện này không bao giờ là "many"'],
  },
  {
    name: 'a type that a fact never has',
    change: ['type: integer, minimum: 112', 'type: string, minLength: 3'],
    en: [
      '21:23: This fact is never string; it may be: integer',
      '21:37: The keyword minLength says nothing of this fact; it may be: integer',
    ],
    vi: [
      '21:23: Dữ kiện này không bao giờ là string; nó có thể là: integer',
      '21:37: Từ khóa minLength không dùng cho dữ kiện này; nó có thể là: integer',
    ],
  },
  {
    name: 'a keyword without its type',
    change: ['{ type: integer, minimum: 112', '{ minimum: 112'],
    en: ['21:23: The keyword minimum needs a "type" beside it (number, integer)'],
    vi: ['21:23: Từ khóa minimum cần đi cùng "type" (number, integer)'],
  },
  {
    name: 'a rule without a reason',
    change: [
      'bits: { type: integer, minimum: 112, because: { vi: Ngắn, en: Short } }',
      'bits: { type: integer, minimum: 112 }',
    ],
    en: ['21:38: A because (vi and en) is needed here or around it: minimum can make the check fail'],
    vi: ['21:38: Phải có because (vi và en) ở đây hoặc bao ngoài: minimum có thể làm nội dung kiểm tra Không đạt'],
  },
  {
    name: 'a pattern that backtracks',
    change: ['protocol: true', "protocol: { type: string, pattern: '^(a+)+$', because: { vi: Cũ, en: Old } }"],
    en: ['22:41: This pattern cannot be used: repetition inside repetition'],
    vi: ['22:41: Biểu thức chính quy này không dùng được: lặp lồng trong lặp'],
  },
  {
    name: 'a pattern that is none',
    change: ['protocol: true', "protocol: { type: string, pattern: '[', because: { vi: Cũ, en: Old } }"],
    en: ['22:41: This pattern cannot be used: it is not one'],
    vi: ['22:41: Biểu thức chính quy này không dùng được: sai cú pháp'],
  },
  {
    name: 'a range of versions that is none',
    change: ['protocol: true', "protocol: { type: string, versionIn: 'new', because: { vi: Cũ, en: Old } }"],
    en: ['22:41: "new" is not a range of versions like ">=1.2 <1.5 || >=2"'],
    vi: ['22:41: "new" không phải khoảng phiên bản, như ">=1.2 <1.5 || >=2"'],
  },
  {
    name: 'a fact read only inside a composite',
    change: [
      'required: [bits, protocol]\n            properties:',
      'required: [bits, protocol]\n            not: { properties: { cipher: { const: RC4_128 } } }\n            because: { vi: Yếu, en: Weak }\n            properties:',
    ],
    en: ['20:34: Inside "not" only facts may be read that are required outside it; "cipher" is not'],
    vi: ['20:34: Trong "not" chỉ đọc được dữ kiện đã ghi trong required ở bên ngoài; "cipher" thì chưa'],
  },
  {
    name: 'a date keyword inside a composite',
    change: ['protocol: true', 'protocol: { not: { type: string, daysAheadMin: 3 }, because: { vi: Cũ, en: Old } }'],
    en: ['22:48: daysAheadMin cannot be used inside "not": "cannot tell" would be read as "wrong" there'],
    vi: ['22:48: daysAheadMin không dùng được trong "not": ở đó không phân biệt được "không rõ" với "sai"'],
  },
  {
    name: 'a kind that is read and not declared',
    change: ['reads: [tls]', 'reads: [http]'],
    en: ['6:9: reads names "http" but no rule requires it', '11:5: The rule reads "tls" but reads does not name it'],
    vi: [
      '6:9: reads có "http" nhưng quy tắc không yêu cầu (required) nó',
      '11:5: Quy tắc đọc "tls" nhưng reads không khai báo',
    ],
  },
  {
    name: 'a kind that is declared and not read',
    change: ['reads: [tls]', 'reads: [tls, http]'],
    en: ['6:14: reads names "http" but no rule requires it'],
    vi: ['6:14: reads có "http" nhưng quy tắc không yêu cầu (required) nó'],
  },
  {
    name: 'a key given twice',
    change: ['severity: low', 'severity: low\nseverity: high'],
    en: ['5:1: The key “severity” already stands on line 4. Write each key once.'],
    vi: ['5:1: Khóa “severity” đã có ở dòng 4. Mỗi khóa chỉ viết một lần.'],
  },
  {
    name: 'a tag of its own',
    change: ['severity: low', 'severity: !!js/function low'],
    en: [
      '4:25: YAML tags (!!js/function) are not used. Delete the tag, or put the value in double quotes if it is text.',
    ],
    vi: [
      '4:25: Không dùng thẻ YAML (!!js/function). Hãy xóa thẻ, hoặc đặt giá trị trong dấu ngoặc kép nếu đó là văn bản.',
    ],
  },
  {
    name: 'YAML that is none',
    change: ['about: [web]', 'about: [web'],
    en: [
      '6:1: The indentation does not match the lines of the same level, or a bracket above is not closed. Align the line, or close the bracket.',
    ],
    vi: [
      '6:1: Thụt lề không khớp với các dòng cùng cấp, hoặc dấu ngoặc phía trên chưa đóng. Hãy căn thẳng dòng này, hoặc đóng ngoặc.',
    ],
  },
  {
    name: 'two documents',
    change: ['since: 0.1.0', 'since: 0.1.0\n---\nid: two'],
    en: ['27:1: The file holds several YAML documents. Remove the line “---” or “...” inside the file.'],
    vi: ['27:1: Tệp chứa nhiều tài liệu YAML. Hãy bỏ dòng “---” hoặc “...” ở giữa tệp.'],
  },
  {
    name: 'a rule with an empty list of choices',
    change: [
      'bits: { type: integer, minimum: 112, because: { vi: Ngắn, en: Short } }',
      'bits: { type: integer, anyOf: [], because: { vi: Ngắn, en: Short } }',
    ],
    en: ['21:38: rule.properties.tls.properties.suites.items.properties.bits.anyOf must have at least 1'],
    vi: ['21:38: rule.properties.tls.properties.suites.items.properties.bits.anyOf phải có ít nhất 1'],
  },
];
