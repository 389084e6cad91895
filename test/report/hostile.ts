import type { ReportData } from '../../src/model/report-data.ts';

/** Strings that a hostile host, or a hostile inventory, may send. */
const payloads = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)' x='",
  '</style><script>alert(2)</script>',
  '</title></p></bdi></code></table><svg onload=alert(3)>',
  '\u001b[31mred\u001b[0m\u0007\u0000\r\n\t',
  'safe\u202Egnp.exe\u2066\u2067\u200f',
  'עברית العربية',
  '{{constructor}} {{{html}}} {name} ${x}',
  'javascript:alert(4)',
  `Z${'\u0301\u0302\u0303'.repeat(40)}`,
  'A'.repeat(10_000),
  '\ud800 lone',
  'https://evil.example/?a=1&b=2#<x>',
] as const;

/** Values that code reads as ids, words of a closed list or instants; a schema holds them before a report is drawn. */
export const kept: ReadonlySet<string> = new Set([
  'id',
  'system',
  'check',
  'severity',
  'outcome',
  'kind',
  'framework',
  'obligation',
  'verdict',
  'because',
  'at',
  'zone',
  'zones',
  'owner',
  'operator',
  'parent',
  'organisation',
  'change',
  'checks',
  'reads',
  'about',
  'layer',
  'certainty',
  'proof',
  'claim',
  'state',
  'before',
  'from',
  'to',
  'until',
  'date',
  'on',
  'beforeDay',
  'reportEvery',
  'interval',
  'part',
  'rule',
  'task',
  'last',
  'original',
  'day',
  'startedAt',
  'endedAt',
  'judgedAt',
  'notBefore',
  'notAfter',
  'engine',
  'end',
  'order',
  'source',
  'code',
  'regime',
  'dossier',
  'type',
  'information',
  'licenceUntil',
  'lastReport',
  'remediatedOn',
  'nextDue',
  'lastSeen',
  'evidenceAt',
  'closed',
  'silent',
  'day',
  'term',
  'unit',
  'part',
  'weight',
  'authority',
  'agrees',
  'extra',
  'fact',
  'missing',
  'due',
  'doneOn',
  'stance',
  'claimOn',
  'asOf',
  'field',
  'activity',
  'last',
  'next',
  'lastDrill',
  'sentAt',
  'seenAt',
  'returnedAt',
  'finding',
  'run',
  'mark',
  'phase',
  'as',
  'word',
  'asideUntil',
  'bornAt',
  'lastAt',
  'failedAt',
  'openedAt',
  'passedAt',
]);
const keptInside = new Set(['cite', 'inForce']);

/** The same report with every free text replaced by something hostile. Links between its parts stay whole. */
export function hostile(data: ReportData): ReportData {
  let next = 0;
  const payload = (): string => payloads[next++ % payloads.length] ?? '';
  const twist = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (value === 'tinh' || value === 'quoc-gia') return value;
      // Keys of targets and addresses join the parts of a report: every occurrence is twisted the same way.
      if (key === 'target' || key === 'key' || key === 'address')
        return `${value} ${payloads[value.length % payloads.length] ?? ''}`;
      return kept.has(key) ? value : payload();
    }
    if (Array.isArray(value))
      return value.map((item) => (kept.has(key) && typeof item === 'string' ? item : twist(item, key)));
    if (value === null || typeof value !== 'object') return value;
    if (keptInside.has(key)) return value;
    if (value instanceof Map) return new Map([...value].map(([name, inner]) => [name as string, twist(inner, key)]));
    // A sentence of ours keeps its key; what it is filled with may be anybody's.
    if ('key' in value && typeof value.key === 'string' && value.key.startsWith('level.')) {
      return { ...value, ...('params' in value ? { params: twist(value.params, 'params') } : {}) };
    }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, twist(inner, name)]));
  };
  const twisted = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, twist(value, name === 'checks' ? 'rules' : name)]),
  );
  return twisted as unknown as ReportData;
}
