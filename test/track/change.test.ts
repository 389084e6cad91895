import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { assign, putAside, say, type AsideRequest } from '../../src/track/change.ts';
import { at, life } from './build.ts';

const hand = { by: 'Nguyễn Văn A', at: at(5), document: '1/CV' };
const request: AsideRequest = { as: 'waived', reason: 'chờ dự án', document: '2/QĐ', approvedBy: 'Trần Thị B' };

/** Keys of what is refused, in order. */
function refusals(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(({ message }) => message.key);
    throw error;
  }
  return [];
}

describe('what people say', () => {
  it('holds 365 days where no end is named, 90 for what is critical', () => {
    expect(putAside(life().see('FF').now(), request, hand).event).toMatchObject({
      from: '2026-01-10',
      until: '2027-01-10',
    });
    const critical = life(undefined, 'critical').see('FF').now();
    expect(putAside(critical, request, hand).event).toMatchObject({ until: '2026-04-10' });
  });

  it('tells everything that a waiver lacks at once', () => {
    const bare = { ...request, reason: ' ', document: '', approvedBy: '' };
    expect(refusals(() => putAside(life().see('FF').now(), bare, hand))).toEqual([
      'track.reason-missing',
      'track.document-missing',
      'track.approver-missing',
    ]);
  });

  it.each(['Nguyễn Văn A', '  nguyễn  văn a ', 'Nguyễn Văn A'.normalize('NFD')])(
    'knows the requester again: %j',
    (approvedBy) => {
      expect(refusals(() => putAside(life().see('FF').now(), { ...request, approvedBy }, hand))).toEqual([
        'track.same-approver',
      ]);
    },
  );

  it('refuses days that are none, or past', () => {
    const until = (day: string) => refusals(() => putAside(life().see('FF').now(), { ...request, until: day }, hand));
    expect(until('2026-02-30')).toEqual(['track.bad-day']);
    expect(until('2026-01-09')).toEqual(['track.past-day']);
    expect(until('2026-01-10')).toEqual([]);
  });

  it('refuses words that the state has no room for', () => {
    const fixed = life().see('FFPP').now();
    const gone = life().see('FFg').now();
    const waived = life().see('FF').aside('waived', 300).now();
    for (const closed of [fixed, gone]) {
      expect(refusals(() => say(closed, 'claimed-fixed', hand))).toEqual(['track.refused']);
      expect(refusals(() => putAside(closed, request, hand))).toEqual(['track.refused']);
    }
    expect(refusals(() => say(waived, 'in-progress', hand))).toEqual(['track.refused']);
    expect(refusals(() => say(waived, 'open', hand))).toEqual([]);
    expect(refusals(() => say(life().see('FF').now(), 'open', hand))).toEqual(['track.refused']);
  });

  it('asks a document of whoever sets a day', () => {
    const one = life().see('FF').now();
    const { document: _document, ...bare } = hand;
    expect(refusals(() => assign(one, { time: '2026-03-01' }, bare))).toEqual(['track.document-missing']);
    expect(refusals(() => assign(one, { time: 'mai' }, hand))).toEqual(['track.bad-day']);
    expect(refusals(() => assign(one, { person: 'C' }, bare))).toEqual([]);
  });
});
