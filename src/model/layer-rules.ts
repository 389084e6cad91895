import type { Citation } from './citation.ts';
import type { Level, Regime } from './inventory/level-words.ts';
import type { Text } from './text.ts';

export const layers = [1, 2, 3, 4] as const;
export type LayerNumber = (typeof layers)[number];

/** What a layer's attestation can hold, by the words of the inventory; `document` is the paper that shows it. */
export const layerFields = [
  'document',
  'unit',
  'head',
  'phone',
  'email',
  'incident-team',
  'incident-plan',
  'last-drill',
  'certified-staff',
  'provider',
  'licence',
  'licence-or-designation',
  'licence-until',
  'from',
  'until',
  'round-the-clock',
  'siem',
  'assessor',
  'independent',
  'target',
  'log-types',
  'last-seen',
  'anti-malware-shared',
] as const;
export type LayerField = (typeof layerFields)[number];

/** Levels, laws and days that a rule of a layer binds; what is absent does not limit it. */
export type LayerBinding = {
  readonly levels?: readonly Level[];
  /** Binds systems of the national-security list too, whatever their level. */
  readonly nationalSecurity?: boolean;
  readonly regimes?: readonly { readonly regime: Regime; readonly from?: string; readonly to?: string }[];
};

/**
 * One thing that the attestation of a layer must hold. `given`: named. `yes`: and said to be so. `fresh`: a day no
 * further back than `months` or `days`.
 */
export type LayerRequirement = LayerBinding & {
  readonly layer: LayerNumber;
  readonly field: LayerField;
  readonly must: 'given' | 'yes' | 'fresh';
  readonly months?: number;
  readonly days?: number;
  /** Asked of a hired provider alone: who monitors its own system needs no licence. */
  readonly hired?: boolean;
  /** First day on which it is asked. */
  readonly from?: string;
  readonly cite: Citation;
};

/** What falls due again and again. `vulnerability-scan`: runs of this tool count. */
export const layerActivities = ['assessment', 'vulnerability-scan', 'vulnerability-scan-important'] as const;
export type LayerActivity = (typeof layerActivities)[number];

/** The longest time between two of an activity. The first in the file that binds a system holds. */
export type LayerInterval = Pick<LayerBinding, 'regimes'> & {
  readonly activity: LayerActivity;
  /** Months by level; each with its own clause. */
  readonly levels: Readonly<Partial<Record<`${Level}`, { readonly months: number; readonly clause: string }>>>;
  /** Only systems marked trọng yếu. */
  readonly criticalOnly?: boolean;
  readonly note?: Text;
  readonly cite: Citation;
};

/** What the four layers ask for, as data of a framework of kind `layers`. */
export type LayerRules = {
  readonly readOn: string;
  readonly requirements: readonly LayerRequirement[];
  readonly intervals: readonly LayerInterval[];
  /** How old a detection check may be, and how late a sighting, to speak for layers 2 and 4. */
  readonly detection: { readonly months: number; readonly hours: number; readonly cite: Citation };
};
