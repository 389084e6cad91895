import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severities } from '../../src/model/check.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { languages } from '../../src/model/text.ts';
import type { HistoryEvent, HistoryRecord } from '../../src/model/track/history.ts';
import { trackStates } from '../../src/model/track/state.ts';
import { digestOf } from '../../src/notify/digest.ts';
import type { Digest, DigestInput } from '../../src/notify/digest-types.ts';
import { messageId, noticeId } from '../../src/notify/identity.ts';
import { letterHtml } from '../../src/notify/letter-html.ts';
import { letterText } from '../../src/notify/letter-text.ts';
import { letterOf } from '../../src/notify/letter.ts';
import { payloadOf } from '../../src/notify/payload.ts';
import { holdOf, type Hold } from '../../src/notify/quiet.ts';
import { wordsIn } from '../../src/notify/words.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';
import { after, findingOf, inputOf, nobodyTold, organisation } from './findings.ts';
import { inventory } from './province.ts';

const day = '2026-03-02';
const catalogue = loadCatalogue();
const record = (seq: number, event: object): HistoryRecord => ({
  ...{ seq, at: `${day}T01:00:00.000Z`, by: 'rasoat', prev: '', hash: '' },
  event: { finding: 'f', ...event } as HistoryEvent,
});
const became = (seq: number, to: string, because = 'seen', from = 'open') =>
  record(seq, { kind: 'state', from, to, because });

/** A letter to the health department about one finding it was told of a month before, with what happened since. */
function told(sketch: Parameters<typeof findingOf>[0], records: readonly HistoryRecord[]): Digest | undefined {
  const before = { id: 'f', opened: '2026-01-10' };
  const first = digestOf(
    organisation('so-y-te'),
    nobodyTold,
    inputOf('2026-02-20', { upto: 10, findings: [findingOf(before, '2026-02-20')] }),
  );
  if (first === undefined) throw new Error('nothing was told');
  const history = new Map([['f', records]]);
  return digestOf(
    organisation('so-y-te'),
    after(nobodyTold, first),
    inputOf(day, { history, upto: 20, findings: [findingOf(sketch, day)] }),
  );
}
const sketch = { id: 'f', opened: '2026-01-10' };
type Quiet = Parameters<typeof holdOf>[1];
const newsOf = (digest: Digest | undefined) => digest?.items.map(({ news }) => news);

describe('what a letter tells', () => {
  it('of a proven fix, first of all', () => {
    const mended = [{ from: '2026-01-10T03:00:00.000Z', to: '2026-02-25T03:00:00.000Z' }];
    const digest = told({ ...sketch, state: 'fixed-verified', mended }, [became(12, 'fixed-verified', 'passed')]);
    expect(newsOf(digest)).toEqual(['fixed']);
    expect(digest?.counts).toMatchObject({ fixed: 1, toMend: 0 });
  });

  it('of a fix once: what the last letter took account of is no news', () => {
    const mended = [{ from: '2026-01-10T03:00:00.000Z', to: '2026-02-15T03:00:00.000Z' }];
    expect(
      told({ ...sketch, state: 'fixed-verified', mended }, [became(10, 'fixed-verified', 'passed')]),
    ).toBeUndefined();
  });

  it('of a claim that was refuted', () => {
    const records = [became(11, 'claimed-fixed', 'said'), became(12, 'open', 'claim-refuted', 'claimed-fixed')];
    expect(newsOf(told(sketch, records))).toEqual(['refuted']);
    expect(told(sketch, records)?.counts).toMatchObject({ back: 1, new: 0 });
  });

  it('of a waiver that ended by its evidence, and by its date before any run wrote it down', () => {
    const ended = record(12, { kind: 'set-aside-ended', because: 'evidence', on: '2026-02-27' });
    expect(newsOf(told(sketch, [ended]))).toEqual(['lapsed']);
    expect(newsOf(told({ ...sketch, until: '2026-02-26' }, []))).toEqual(['lapsed']);
  });

  it('not again of a date that the last letter knew', () => {
    const ended = record(12, { kind: 'set-aside-ended', because: 'date', on: '2026-02-15' });
    // A reminder of the ladder would be due after 14 days.
    expect(newsOf(told(sketch, [ended]))).not.toEqual(['lapsed']);
  });

  it('of what came back after a fix as reopened', () => {
    const digest = told({ ...sketch, opened: '2026-02-28', recurrences: 1, state: 'reopened' }, []);
    expect(newsOf(digest)).toEqual(['reopened']);
  });

  it('nothing of a claim that waits for the next scan', () => {
    expect(told({ ...sketch, state: 'claimed-fixed', due: '2026-02-25' }, [])).toBeUndefined();
  });

  it('of what is only seen once: nothing', () => {
    const finding = findingOf({ ...sketch, state: 'new' }, day);
    const watched = { ...finding, life: { ...finding.life, phase: 'watched' as const } };
    expect(digestOf(organisation('so-y-te'), nobodyTold, inputOf(day, { findings: [watched] }))).toBeUndefined();
  });

  it('of a waiver on the days before its end, each once', () => {
    let past = nobodyTold;
    const days: string[] = [];
    for (const on of [
      '2026-03-01',
      '2026-03-02',
      '2026-03-03',
      '2026-03-20',
      '2026-03-25',
      '2026-03-31',
      '2026-04-01',
    ]) {
      const findings = [findingOf({ ...sketch, state: 'waived', until: '2026-04-01' }, on)];
      const digest = digestOf(organisation('so-y-te'), past, inputOf(on, { findings }));
      if (digest === undefined) continue;
      days.push(on);
      expect(digest.counts.lapsing).toBe(1);
      past = after(past, digest);
    }
    expect(days).toEqual(['2026-03-02', '2026-03-25', '2026-03-31']);
  });
});

describe('who is told', () => {
  const shared = {
    id: 'f',
    system: 'hoc-ba',
    check: 'tls-old',
    target: 'https://hoc-ba.example/ [192.0.2.2]',
    opened: day,
  };
  const letter = (id: string, more: Partial<DigestInput> = {}) => {
    const input = inputOf(day, { findings: [findingOf(shared, day)], ...more });
    const digest = digestOf(organisation(id), nobodyTold, input);
    return digest === undefined ? undefined : letterText(letterOf(wordsIn(catalogue, 'vi'), digest, input, undefined));
  };

  it('who operates gets the place and the fix; who owns gets the oversight', () => {
    expect(letter('vien-thong')).toContain('https://hoc-ba.example/');
    expect(letter('vien-thong')).toContain('Sửa tls-old.');
    const owner = letter('so-giao-duc') ?? '';
    expect(owner).toContain('Học bạ số (Đơn vị vận hành: Viễn thông tỉnh.)');
    expect(owner).not.toContain('hoc-ba.example');
    expect(owner).not.toContain('Sửa');
    expect(letter('so-y-te')).toBeUndefined();
  });

  it('who is over a late one, and the police, are told whose and how many, no more', () => {
    const late = {
      findings: [findingOf({ ...sketch, severity: 'critical', due: '2026-02-15' }, day)],
      police: 'cong-an',
    };
    for (const id of ['ubnd-tinh', 'cong-an']) {
      const text = letter(id, late) ?? '';
      expect(text).toContain('Sở Y tế: 1 nội dung, quá hạn lâu nhất 15 ngày');
      for (const secret of ['Bệnh án', 'benh-an', 'TLS']) expect(text).not.toContain(secret);
    }
    expect(letter('cong-an', { ...late, police: 'xa' })).toBeUndefined();
    expect(letter('so-giao-duc', late)).toBeUndefined();
    const soon = { findings: [findingOf({ ...sketch, severity: 'critical', due: '2026-02-24' }, day)] };
    expect(letter('ubnd-tinh', soon)).toBeUndefined();
  });

  it('calls the head once something is late for long', () => {
    const of = (due: string) =>
      digestOf(organisation('so-y-te'), nobodyTold, inputOf(day, { findings: [findingOf({ ...sketch, due }, day)] }));
    expect(of('2026-02-24')?.toHead).toBe(false);
    expect(of('2026-02-23')?.toHead).toBe(true);
  });
});

describe('when it goes', () => {
  const holiday = (one: string) => one !== '2026-03-08';
  const hours = { from: '07:30', to: '17:00' };
  it.each<readonly [string, ReadonlySet<string>, string, Quiet, string | undefined, Hold | undefined]>([
    ['a working day', new Set<string>(), '2026-03-02', {}, '2026-03-02T16:00:00Z', undefined],
    ['a day off', new Set(['high']), '2026-03-08', {}, '2026-03-08T03:00:00Z', 'day-off'],
    [
      'a day off, and something critical is new',
      new Set(['critical']),
      '2026-03-08',
      {},
      '2026-03-08T03:00:00Z',
      undefined,
    ],
    [
      'a day off, and the operator wants none then',
      new Set(['critical']),
      '2026-03-08',
      { except: [] },
      '2026-03-08T03:00:00Z',
      'day-off',
    ],
    [
      'a day off that does not matter',
      new Set<string>(),
      '2026-03-08',
      { workingDays: false },
      '2026-03-08T03:00:00Z',
      undefined,
    ],
    ['before hours, in Viet Nam', new Set<string>(), '2026-03-02', { hours }, '2026-03-02T00:29:00Z', 'hour'],
    ['in hours', new Set<string>(), '2026-03-02', { hours }, '2026-03-02T00:30:00Z', undefined],
    ['after hours', new Set<string>(), '2026-03-02', { hours }, '2026-03-02T10:00:00Z', 'hour'],
    ['a day that is only imagined', new Set<string>(), '2026-03-02', { hours }, undefined, undefined],
  ])('%s', (_name, firstOf, on, quiet, at, expected) => {
    expect(holdOf({ firstOf, day: on }, quiet, holiday, at)).toBe(expected);
  });
});

describe('a letter', () => {
  it('has the same id for the same digest, another for another', () => {
    const of = (id: string, on = day) => {
      const digest = digestOf(organisation(id), nobodyTold, inputOf(on, { findings: [findingOf(sketch, on)] }));
      return digest === undefined ? '' : noticeId('thu', 'mail', digest);
    };
    expect(of('so-y-te')).toMatch(/^[0-9a-f]{32}$/);
    expect(of('so-y-te')).toBe(of('so-y-te'));
    expect(of('so-y-te', '2026-03-03')).not.toBe(of('so-y-te'));
    expect(messageId('ab', 'x@lab.test')).toBe('<ab.rasoat@lab.test>');
  });

  it('never says a word of another owner, whatever the systems are called', () => {
    const orgs = inventory.organisations;
    const hostile = fc.constantFrom('<b>x</b>', '\r\nBcc: a@b', '\u202e', '{{x}}', '=1+1', '');
    const system = fc.record({
      owner: fc.nat(orgs.length - 1),
      operator: fc.nat(orgs.length - 1),
      junk: hostile,
      secret: fc.constantFrom({}, { stateSecret: true, stateSecretPermit: {} }, { excluded: 'co-yeu' }),
      findings: fc.array(
        fc.record({
          severity: fc.constantFrom(...severities),
          state: fc.constantFrom(...trackStates),
          opened: fc.integer({ min: 1, max: 28 }),
          due: fc.option(fc.integer({ min: 1, max: 28 }), { nil: undefined }),
        }),
        { maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(fc.array(system, { minLength: 1, maxLength: 6 }), (made) => {
        const name = (index: number) => `MARK${index}X`;
        const systems = made.map(({ owner, operator, junk, secret }, index) => ({
          ...{ id: `mark${index}x`, name: `${name(index)}${junk}`, endpoints: [], ...secret },
          ...{ owner: orgs[owner]?.id ?? '', operator: orgs[operator]?.id ?? '' },
        }));
        const findings = made.flatMap(({ findings: some, junk }, index) =>
          some.map(({ severity, state, opened, due }, at) =>
            findingOf(
              {
                ...{ id: `${index}f${at}`, system: `mark${index}x`, severity, state },
                target: `https://mark${index}x.example/${junk}`,
                opened: `2026-02-${String(opened).padStart(2, '0')}`,
                ...(due === undefined ? {} : { due: `2026-02-${String(due).padStart(2, '0')}` }),
                ...(state === 'waived' ? { until: '2026-03-20' } : {}),
              },
              day,
            ),
          ),
        );
        const input = inputOf(day, {
          findings,
          police: 'cong-an',
          inventory: { ...inventory, systems } as unknown as Inventory,
        });
        for (const one of orgs) {
          const digest = digestOf(one, nobodyTold, input);
          if (digest === undefined) continue;
          for (const lang of languages) {
            const letter = letterOf(wordsIn(catalogue, lang), digest, input, 'x@lab.test');
            const html = letterHtml(letter);
            const whole = [
              letter.subject,
              letterText(letter),
              html,
              JSON.stringify(payloadOf(digest, input, 'i', letter.subject, day)),
            ].join('\n');
            expect(letter.subject).toMatch(/^\[Rà Soát\] [\p{L}\d ,]+ – \d{2}\/\d{2}\/\d{4}$/u);
            expect(html).not.toContain('<b>');
            for (const [index, system] of systems.entries()) {
              const { owner, operator } = system;
              const secret = 'excluded' in system || 'stateSecret' in system;
              const mine = !secret && (owner === one.id || operator === one.id);
              if (!mine) expect(whole.toLowerCase()).not.toContain(`mark${index}x`);
              if (operator !== one.id) expect(whole).not.toContain(`mark${index}x.example`);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
