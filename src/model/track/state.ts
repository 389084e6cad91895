/** Where a finding stands in its life (src/track/README.md). */
export const trackStates = [
  'new',
  'open',
  'in-progress',
  'claimed-fixed',
  'fixed-verified',
  'reopened',
  'waived',
  'false-positive',
  'gone-with-endpoint',
  'not-seen-lately',
] as const;
export type TrackState = (typeof trackStates)[number];

/** States that ask somebody to do something; what is only new, set aside, gone or fixed does not. */
export const workStates: ReadonlySet<TrackState> = new Set<TrackState>([
  'open',
  'in-progress',
  'claimed-fixed',
  'reopened',
  'not-seen-lately',
]);

/** What the owner says of a finding. */
export const ownerWords = ['in-progress', 'claimed-fixed'] as const;
export type OwnerWord = (typeof ownerWords)[number];

/** Why a state is what it became. */
export type StateReason =
  | 'seen'
  | 'seen-again'
  | 'passed'
  | 'claim-refuted'
  | 'gone'
  | 'not-applicable'
  | 'back'
  | 'unseen'
  | 'said'
  | 'set-aside'
  | 'set-aside-ended';

export type EndReason = 'date' | 'evidence' | 'fixed' | 'withdrawn';
