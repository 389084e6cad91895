import type { Failure } from '../../model/failure.ts';
import type { Neighbours } from '../../model/neighbours.ts';
import type { Iso } from '../../model/observation.ts';
import type { Reference } from '../../model/reference.ts';
import type { Target } from '../../model/target.ts';

/** What a derivation may lean on beside the facts: never the network, the clock or the disk. */
export type ViewContext = {
  /** The observation's own clock. */
  readonly at: Iso;
  readonly target: Target;
  readonly reference: Reference;
  /** Absent until every target of the run was looked at. */
  readonly neighbours?: Neighbours;
};

/**
 * The facts of one kind as checks read them: stored facts plus what follows from them. `unseen` names parts that are
 * absent although the probe succeeded, each with its reason, so that a finding can say why it could not tell.
 */
export type Derived<View> = {
  readonly view: View;
  readonly unseen: readonly { readonly at: string; readonly failure: Failure }[];
};
