import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/model/day.ts';
import { applyEntry } from '../../src/track/fold.ts';
import { stateOn } from '../../src/track/state.ts';
import { at, life } from './build.ts';

/** The states after each run of a strip. */
function statesOf(letters: string): readonly string[] {
  const one = life();
  return (letters.match(/[FPong]\d?/g) ?? []).map((letter) => one.see(letter).state());
}

describe('states of a finding', () => {
  it.each([
    ['one bad night alarms nobody', 'FPP', ['new', 'new', 'fixed-verified']],
    ['two bad nights do', 'FF', ['new', 'open']],
    ['one good night fixes nothing', 'FFPF', ['new', 'open', 'open', 'open']],
    ['two good nights do', 'FFPP', ['new', 'open', 'open', 'fixed-verified']],
    ['bad every second night opens and stays open', 'FPFPFP', ['new', 'new', 'open', 'open', 'open', 'open']],
    ['a blind night between good ones is no night', 'FFPoP', ['new', 'open', 'open', 'open', 'fixed-verified']],
    [
      'a bad night after a proven fix alarms nobody',
      'FFPPFPP',
      ['new', 'open', 'open', ...Array<string>(4).fill('fixed-verified')],
    ],
    ['two reopen it', 'FFPPFF', ['new', 'open', 'open', 'fixed-verified', 'fixed-verified', 'reopened']],
    ['three blind nights: not seen lately', 'FFooo', ['new', 'open', 'open', 'open', 'not-seen-lately']],
    ['and back as it was', 'FFoooF', ['new', 'open', 'open', 'open', 'not-seen-lately', 'open']],
    [
      'a proven fix is not unproven by not looking',
      'FFPPoooo',
      ['new', 'open', 'open', ...Array<string>(5).fill('fixed-verified')],
    ],
    ['gone with its endpoint is not fixed', 'FFg', ['new', 'open', 'gone-with-endpoint']],
    ['an endpoint that comes back brings it back', 'FFgF', ['new', 'open', 'gone-with-endpoint', 'open']],
    ['what no longer applies is gone, not fixed', 'FFnn', ['new', 'open', 'open', 'gone-with-endpoint']],
  ])('%s', (_title, letters, expected) => {
    expect(statesOf(letters)).toEqual(expected);
  });

  it('opens and closes at once where the province says one of each', () => {
    const one = life({ openAfter: 1, closeAfter: 1, unseenAfter: 1 });
    expect(one.see('F').state()).toBe('open');
    expect(one.see('P').state()).toBe('fixed-verified');
    expect(one.see('F').state()).toBe('reopened');
    expect(one.see('o').state()).toBe('not-seen-lately');
  });

  it('keeps what the owner says until it is proven or refuted', () => {
    const one = life().see('FF').say('in-progress');
    expect(one.see('F').state()).toBe('in-progress');
    one.say('claimed-fixed');
    expect(one.see('P').state()).toBe('claimed-fixed');
    expect(one.see('P').state()).toBe('fixed-verified');
  });

  it('takes a claim of a fix back at the first later fail, and counts it', () => {
    const one = life().see('FF').say('claimed-fixed');
    expect(one.state()).toBe('claimed-fixed');
    expect(one.see('F').state()).toBe('open');
    expect(one.now().refuted).toBe(1);
    expect(one.conclusions.at(-1)).toMatchObject({ from: 'claimed-fixed', to: 'open', because: 'claim-refuted' });
  });

  it('does not refute a claim by what was seen before it', () => {
    const one = life().see('FF').say('claimed-fixed');
    const { lastAt } = one.now();
    expect(lastAt < (one.now().word?.at ?? '')).toBe(true);
    expect(one.state()).toBe('claimed-fixed');
  });

  it('takes nothing from a run that was taken up again after a later one', () => {
    const one = life().see('FFPP');
    const late = { finding: 'f', mark: 'fail' as const, at: at(1), evidence: '0' };
    const event = { kind: 'run', run: 'late', zone: 'z', judgement: 1, checksHash: '', settings: one.now().settings };
    const lives = new Map([['f', one.now()]]);
    const entry = { at: at(9), by: 'rasoat', event: { ...event, sightings: 1, digest: '' } as never };
    expect(applyEntry(lives, entry, [late])).toEqual([]);
    expect(lives.get('f')).toEqual(one.now());
  });

  it('measures a mending from the first fail to the first of the passes that proved it', () => {
    expect(life().see('FFFPoP').now().mended).toEqual([{ from: at(0), to: at(3) }]);
    // Never confirmed, so nothing was mended.
    expect(life().see('FPP').now().mended).toEqual([]);
  });
});

describe('set aside', () => {
  it('holds on its last day and not after, whether or not anything runs', () => {
    const one = life().see('FF').aside('waived', 5);
    expect(one.state(5)).toBe('waived');
    expect(one.state(6)).toBe('open');
    expect(one.see('FFFF').state()).toBe('waived');
    expect(one.see('F').state()).toBe('open');
    expect(one.conclusions.slice(-2)).toMatchObject([
      { kind: 'set-aside-ended', because: 'date', on: dayOf(at(5)) },
      { kind: 'state', from: 'waived', to: 'open' },
    ]);
  });

  it('lapses when the evidence changes and stays lapsed', () => {
    const one = life().see('F0F0').aside('false-positive', 300);
    expect(one.see('F0').state()).toBe('false-positive');
    expect(one.see('F1').state()).toBe('open');
    expect(one.see('F0').state()).toBe('open');
  });

  it('brings the finding back with its history when it is withdrawn', () => {
    const one = life().see('FF').say('in-progress').aside('waived', 300).see('F');
    expect(one.state()).toBe('waived');
    one.say('open');
    expect(one.state()).toBe('in-progress');
    expect(one.now().bornAt).toBe(at(0));
    expect(one.conclusions.map(({ kind }) => kind)).toEqual([
      'state',
      'state',
      'state',
      'state',
      'set-aside-ended',
      'state',
    ]);
  });

  it('ends with a proven fix, so that what comes back is not waived', () => {
    expect(life().see('FF').aside('waived', 300).see('PPFF').state()).toBe('reopened');
  });
});

const letters = fc.array(fc.constantFrom('F0', 'F1', 'P', 'o', 'n', 'g'), { maxLength: 40 });

describe('properties', () => {
  it('no path leads from not-observed, not-applicable or gone to fixed', () => {
    fc.assert(
      fc.property(letters, (strip) => {
        const one = life().see('F');
        for (const letter of strip) {
          const before = one.state();
          one.see(letter);
          if (one.state() === 'fixed-verified' && before !== 'fixed-verified') expect(letter).toBe('P');
        }
      }),
    );
  });

  it('fixed takes two passes with no fail between, open takes two fails', () => {
    fc.assert(
      fc.property(letters, (strip) => {
        const one = life().see('F');
        let past = 'F';
        for (const letter of strip) {
          const before = one.state();
          one.see(letter);
          past += letter.charAt(0);
          const after = one.state();
          if (before !== after && after === 'fixed-verified') expect(past).toMatch(/P[ong]*P$/);
          if (after === 'open' || after === 'reopened') expect(past.match(/F/g)?.length).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });

  it('a waiver never outlives its date, whatever is seen or said', () => {
    const step = fc.oneof(
      fc.constantFrom('F0', 'F1', 'P', 'o', 'n', 'g'),
      fc.constantFrom('in-progress' as const, 'claimed-fixed' as const, 'open' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat(30), fc.nat(60), (steps, until, asked) => {
        const one = life().see('F').aside('waived', until);
        for (const what of steps) {
          if (what === 'in-progress' || what === 'claimed-fixed' || what === 'open') one.say(what);
          else one.see(what);
        }
        const day = until + 1 + asked;
        expect(stateOn(one.now(), dayOf(at(day)))).not.toBe('waived');
      }),
    );
  });
});
