import type { Sealed } from './seal.ts';

/** What a pack is of, as far as the caller knows it. */
export type About = {
  readonly tool: string;
  readonly created: string;
  readonly run: {
    readonly id: string;
    readonly zone: string;
    readonly state: string;
    readonly startedAt: string;
    readonly endedAt: string | null;
    readonly tool: string;
    readonly judgedAt: string;
  };
  readonly province: { readonly id: string; readonly name: string };
  /** Null: the whole run. */
  readonly organisation: { readonly id: string; readonly name: string } | null;
  readonly checksHash: string;
  readonly frameworksHash: string;
  /** Null in an organisation's pack: an unsalted hash of everybody's inventory is not for it. */
  readonly inventoryHash: string | null;
  /** Day of each feed and table that the judgement leaned on. */
  readonly feeds: Readonly<Record<string, string>>;
};

export type Manifest = { readonly format: typeof format } & About & {
    readonly records: Sealed['records'] & {
      /** Texts in which a secret was masked before anything was hashed. */
      readonly masked: number;
    };
    readonly lines: Sealed['lines'];
    readonly tree: Sealed['tree'];
    /** SPKI in PEM; null: not signed. */
    readonly publicKey: string | null;
    /** Null: not timestamped. */
    readonly timestamp: { readonly server: string } | null;
  };

export const format = 'rasoat-evidence/1';

/** Names of the files of a pack. */
export const packFiles = {
  lines: 'records.jsonl',
  manifest: 'manifest.json',
  signature: 'manifest.sig',
  timestamp: 'manifest.tsr',
  publicKey: 'public-key.pem',
  sums: 'SHA256SUMS',
  verifier: 'verify-evidence.mjs',
} as const;

/** The manifest as it is written and signed: JSON for reading, one member a line. */
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;
