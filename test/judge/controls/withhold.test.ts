import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readingsOf } from '../../../src/judge/controls/readings.ts';
import { standingsOf } from '../../../src/judge/controls/standings.ts';
import { withhold, type WithholdInput } from '../../../src/judge/controls/withhold.ts';
import { outcomes, type Check, type Outcome } from '../../../src/model/check.ts';
import { controlResults, type ControlReading, type Family } from '../../../src/model/control.ts';
import { failure } from '../../../src/model/failure.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { Kind } from '../../../src/model/observation.ts';
import type { Target, TargetKind } from '../../../src/model/target.ts';

const minute = (at: number): string => new Date(Date.UTC(2026, 10, 26, 1, at)).toISOString();

function check(id: string, reads: readonly Kind[], wish: Partial<Check> = {}): Check {
  const text = { vi: id, en: id };
  const words = { title: text, why: text, fix: {}, change: id, sources: [], since: '0', examples: [] };
  return { id, severity: 'low', about: ['web', 'host', 'service', 'domain'], reads, rule: {}, ...words, ...wish };
}

const checks = [
  check('of-tls', ['tls']),
  check('of-http', ['http']),
  check('of-software', ['software']),
  check('of-dns', ['dns']),
  check('of-keys', ['tls'], { rule: { required: ['sslv2KeyHolders'] } }),
];

function target(key: string, address: string | undefined, kind: TargetKind = 'web'): Target {
  const endpoint = { kind: 'web', url: 'https://a.example/' } as const;
  return { key, kind, system: 's', endpoint, ...(address === undefined ? {} : { address }) };
}

const four = target('four', '192.0.2.1');
const six = target('six', '2001:db8::1');
const name = target('name', undefined, 'domain');
const kindsOf = ({ kind }: Target): readonly Kind[] => (kind === 'domain' ? ['dns'] : ['tls', 'http', 'software']);

function finding(of: Target, id: string, outcome: Outcome, at = 5): Finding {
  const cause = outcome === 'not-observed' ? { cause: { kind: 'tls' as const, failure: failure('timeout', '') } } : {};
  const evidence = outcome === 'fail' ? [{ at: '/x', saw: 1, because: { vi: 'x', en: 'x' } }] : [];
  return { system: 's', target: of.key, check: id, severity: 'low', outcome, evidence, ...cause, at: minute(at) };
}

function reading(wish: Partial<ControlReading>): ControlReading {
  const common = { control: 'c', target: 'ct', family: 4 as Family, round: 0, check: 'of-tls', at: minute(0) };
  const read = { expects: 'good', kinds: ['tls'], expected: 'pass', got: 'pass', why: null, result: 'right' } as const;
  return { ...common, ...read, ...wish };
}

const misread = { got: 'fail', result: 'misread' } as const;
const unread = { got: 'not-observed', result: 'unread', why: failure('refused', '443') } as const;

const all = [
  finding(four, 'of-tls', 'pass'),
  finding(four, 'of-http', 'fail'),
  finding(four, 'of-software', 'pass'),
  finding(four, 'of-dns', 'not-applicable'),
  finding(four, 'of-keys', 'pass'),
  finding(six, 'of-tls', 'fail'),
  finding(six, 'of-http', 'not-applicable'),
  finding(six, 'of-keys', 'pass'),
  finding(name, 'of-dns', 'pass'),
];

function taken(readings: readonly ControlReading[], findings = all): readonly string[] {
  const input: WithholdInput = {
    readings,
    targets: [four, six, name],
    checks,
    kindsOf,
    derivedFrom: { software: ['http', 'ports'] },
  };
  return withhold(findings, input).map((one) => `${one.target} ${one.check}`);
}

describe('what a control takes away', () => {
  test('nothing while it is read right, and nothing where there is none', () => {
    expect(taken([])).toEqual([]);
    expect(taken([reading({}), reading({ at: minute(9) })])).toEqual([]);
  });

  test('the verdicts of its kind over its family, pass and fail, and what leans on the others over any family', () => {
    expect(taken([reading(misread)])).toEqual(['four of-tls', 'four of-keys', 'six of-keys']);
    expect(taken([reading({ ...misread, family: 6 })])).toEqual(['four of-keys', 'six of-tls', 'six of-keys']);
  });

  test('as much where it could not be read', () => {
    expect(taken([reading(unread)])).toEqual(taken([reading(misread)]));
  });

  test('software with the answers that it is read from, and not the other way round', () => {
    const http = { check: 'of-http', kinds: ['http'] } as const;
    expect(taken([reading({ ...misread, ...http })])).toEqual(['four of-http', 'four of-software']);
    const software = { check: 'of-software', kinds: ['software'] } as const;
    expect(taken([reading({ ...misread, ...software })])).toEqual(['four of-software']);
  });

  test('what was not applicable by what was read, and not what never applied to such a target', () => {
    const wrong = { ...misread, family: 6 as const, check: 'of-http', kinds: ['http'] as const };
    expect(taken([reading(wrong)])).toEqual(['six of-http']);
    expect(taken([reading({ ...misread, check: 'of-dns', kinds: ['dns'], family: null })])).toEqual(['name of-dns']);
  });

  test('every family where its name led nowhere', () => {
    const nowhere = [reading({ ...unread, family: null })];
    expect(taken(nowhere)).toEqual(['four of-tls', 'four of-keys', 'six of-tls', 'six of-keys']);
  });

  test('what lies between two readings by the worse of them, and no more', () => {
    const seen = [2, 5, 8].map((at) => finding(four, 'of-tls', 'pass', at));
    const rounds = (...results: readonly (typeof misread | typeof unread | object)[]) =>
      results.map((wish, round) => reading({ ...wish, round, at: minute(round * 3) }));
    const minutes = (readings: readonly ControlReading[]) =>
      withhold(seen, { readings, targets: [four], checks, kindsOf, derivedFrom: {} }).map(({ at }) => at);
    // Rounds at 0, 3, 6, 9; findings at 2, 5, 8.
    expect(minutes(rounds({}, {}, {}, {}))).toEqual([]);
    expect(minutes(rounds(misread, {}, {}, {}))).toEqual([minute(2)]);
    expect(minutes(rounds({}, unread, {}, {}))).toEqual([minute(2), minute(5)]);
    expect(minutes(rounds({}, {}, {}, misread))).toEqual([minute(8)]);
    expect(minutes(rounds({}, misread))).toEqual(seen.map(({ at }) => at));
  });

  test('and says which control, which check, what it had to be and what it was', () => {
    const input = { targets: [four], checks, kindsOf, derivedFrom: {} };
    const [one] = withhold([finding(four, 'of-tls', 'fail')], {
      ...input,
      readings: [reading({ ...unread, check: 'other' }), reading({ ...misread, at: minute(9) })],
    });
    expect(one).toEqual({
      ...finding(four, 'of-tls', 'fail'),
      outcome: 'not-observed',
      evidence: [],
      cause: {
        kind: 'tls',
        failure: {
          code: 'control',
          detail: `control c over IPv4: of-tls must pass, got fail, looked at ${minute(9)}`,
          retryable: false,
        },
      },
    });
    const [blind] = withhold([finding(four, 'of-tls', 'fail')], { ...input, readings: [reading(unread)] });
    expect(blind?.cause?.failure.detail).toContain('got not-observed (refused), looked');
  });
});

test('whatever controls say, no finding comes to pass or fail by them, and none that was not seen is touched', () => {
  const findings = fc.array(
    fc.record({
      of: fc.constantFrom(four, six, name),
      id: fc.constantFrom('of-tls', 'of-http', 'of-software', 'of-dns', 'of-keys', 'unknown'),
      outcome: fc.constantFrom(...outcomes),
      at: fc.integer({ min: 0, max: 20 }),
    }),
  );
  const readings = fc.array(
    fc
      .record({
        control: fc.constantFrom('c', 'd'),
        family: fc.constantFrom<Family[]>(4, 6, null),
        kinds: fc.subarray<Kind>(['tls', 'http', 'software', 'dns'], { minLength: 1 }),
        check: fc.constantFrom('of-tls', 'of-http'),
        got: fc.constantFrom(...outcomes),
        result: fc.constantFrom(...controlResults),
        minute: fc.integer({ min: 0, max: 20 }),
      })
      .map(({ minute: at, ...wish }) => reading({ ...wish, at: minute(at) })),
  );
  fc.assert(
    fc.property(findings, readings, (sketches, read) => {
      const given = sketches.map(({ of, id, outcome, at }) => finding(of, id, outcome, at));
      const input = { readings: read, targets: [four, six, name], checks, kindsOf, derivedFrom: {} };
      const kept = new Map(given.map((one) => [one, one.outcome]));
      for (const one of withhold(given, input)) {
        expect(one.outcome).toBe('not-observed');
        expect(one.cause?.failure.code).toBe('control');
        const { system, target: of, check: id, severity, at } = one;
        const was = given.find(
          (before) =>
            before.target === of && before.check === id && before.at === at && before.outcome !== 'not-observed',
        );
        expect(was).toMatchObject({ system, severity });
      }
      // Pure: what was given stays as it was.
      expect(given.every((one) => kept.get(one) === one.outcome)).toBe(true);
      // One reading more that is wrong never gives a verdict back.
      const more = withhold(given, { ...input, readings: [...read, reading({ ...misread, at: minute(21) })] });
      const placed = (some: readonly Finding[]) => some.map((one) => `${one.target} ${one.check} ${one.at}`);
      expect(placed(more)).toEqual(expect.arrayContaining(placed(withhold(given, input))));
    }),
  );
});

describe('what is expected of a control', () => {
  const web = target('https://a.example/ [192.0.2.1]', '192.0.2.1');
  const expectations = {
    asOf: '2026-11-26',
    good: { tls: { source: 'x', checks: ['of-tls'] }, dns: { source: 'x', checks: ['of-dns'] } },
    bad: { http: { source: 'x', checks: ['of-http'] } },
  };
  const endpoint = { kind: 'web', url: 'https://a.example/' } as const;
  const seen = (kind: Kind) =>
    ({
      kind,
      target: web.key,
      zone: 'z',
      at: minute(1),
      ms: 1,
      probe: 'x/1',
      ok: false,
      failure: failure('refused', ''),
    }) as const;
  const look = (control: string, kinds: readonly Kind[]) => ({ control, target: web, observations: kinds.map(seen) });
  const read = (got: Readonly<Record<string, Outcome>>, wish: Partial<Parameters<typeof readingsOf>[0]> = {}) =>
    readingsOf({
      controls: [
        { id: 'good', expects: 'good', endpoint },
        { id: 'bad', expects: 'bad', endpoint },
        { id: 'own', expects: 'bad', endpoint, checks: ['of-tls', 'of-http'] },
      ],
      checks,
      expectations,
      rounds: [
        {
          looks: [
            look('good', ['tls', 'http']),
            look('bad', ['tls', 'http']),
            look('own', ['tls']),
            look('gone', ['tls']),
          ],
        },
      ],
      judge: () => Object.entries(got).map(([id, outcome]) => finding(web, id, outcome)),
      ...wish,
    }).map((one) => [one.control, one.check, one.expected, one.got, one.result].join(' '));

  test('good must pass, bad must fail, by the kinds that were looked at, and its own checks come first', () => {
    expect(read({ 'of-tls': 'pass', 'of-http': 'fail', 'of-dns': 'pass' })).toEqual([
      'good of-tls pass pass right',
      'bad of-http fail fail right',
      'own of-tls fail pass misread',
    ]);
  });

  test('a bad one that passes, does not apply or is not seen is not read right', () => {
    const outcome = (got: Outcome) => read({ 'of-http': got });
    expect(outcome('pass')).toEqual(['bad of-http fail pass misread']);
    expect(outcome('not-applicable')).toEqual(['bad of-http fail not-applicable misread']);
    expect(outcome('not-observed')).toEqual(['bad of-http fail not-observed unread']);
  });

  test('a check that has another name today is still expected', () => {
    const renamed = [check('tls-anew', ['tls'], { replaces: ['of-tls'] })];
    expect(read({ 'tls-anew': 'fail' }, { checks: renamed })).toEqual([
      'good tls-anew pass fail misread',
      'own tls-anew fail fail right',
    ]);
  });
});

test('who vouches, kind by kind and family by family', () => {
  const host = target('host', '192.0.2.9');
  const readings = [
    reading({ expects: 'good' }),
    reading({ expects: 'bad', control: 'd' }),
    reading({ ...misread, check: 'of-http', kinds: ['http'] }),
    reading({ ...unread, family: null, check: 'of-dns', kinds: ['dns'] }),
  ];
  const told = standingsOf([four, host, six, name], readings, kindsOf).map(
    ({ family, kind, targets, state, by }) => `${String(family)} ${kind} ${String(targets)} ${state} ${by.join('+')}`,
  );
  expect(told).toEqual([
    '4 tls 2 right good+bad',
    '4 http 2 misread good',
    '4 software 2 none ',
    '6 tls 1 none ',
    '6 http 1 none ',
    '6 software 1 none ',
    'null dns 1 unread good',
  ]);
});
