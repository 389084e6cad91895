import type { Target } from '../model/target.ts';

/** What a verification was asked, kept with its run so that any process can take it in. */
export type Verification = {
  /** Ids of the findings looked at again. */
  readonly findings: readonly string[];
  /** Every target that the names it looked up lead to, whether or not it was looked at. */
  readonly places: readonly Pick<Target, 'key' | 'system'>[];
};

/** The verification that a run's settings tell of. Only `verify` writes them. */
export function verificationOf(settings: Readonly<Record<string, unknown>>): Verification {
  const { verification } = settings as { readonly verification?: Verification };
  if (verification === undefined) throw new Error('a verification without what it was asked');
  return verification;
}
