import { createHmac } from 'node:crypto';
import type { Delivery } from './facts/detection-marker.ts';

/** An instant in UTC, ISO 8601 with `Z`. */
type Iso = string;

/** What a run keeps of its detection check: random, so that nobody can tell its markers beforehand. */
export type DetectionSettings = { readonly nonce: string };

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The marker of one target in one run: `rs-` and 80 bits of HMAC-SHA256 over run and target in base32 (RFC 4648, lower
 * case). It means nothing, opens nothing, and differs for each address, so that a sighting says which was noticed.
 */
export function markerOf({ nonce }: DetectionSettings, run: string, target: string): string {
  const digest = createHmac('sha256', nonce).update(`${run}\n${target}`).digest();
  let word = '';
  for (let bit = 0; bit < 80; bit += 5) {
    const pair = digest.readUInt16BE(bit >> 3);
    word += alphabet[(pair >> (11 - (bit & 7))) & 31] ?? '';
  }
  return `rs-${word}`;
}

/** One marker of one run and what became of it. */
export type SentMarker = {
  readonly run: string;
  readonly system: string;
  readonly target: string;
  readonly marker: string;
  readonly delivery: Delivery;
  /** Just before the request left; absent when it did not. */
  readonly sentAt?: Iso;
  readonly url?: string;
};

/** A marker that a monitoring centre saw, as imported. */
export type Sighting = {
  readonly run: string;
  readonly system: string;
  readonly target: string;
  readonly marker: string;
  readonly seenAt: Iso;
  /** Address that the centre saw the request come from. */
  readonly source?: string;
  /** Who saw it: the centre or sensor, as the file or the command says. */
  readonly centre?: string;
};

/** One return of a centre about one run: kept also when it saw nothing. */
export type DetectionReturn = {
  readonly run: string;
  readonly importedAt: Iso;
  /** SHA-256 of the file, hexadecimal. */
  readonly hash: string;
  readonly centre?: string;
};

/**
 * `noticed`: every marker that reached the system was seen. `partly`: some were. `not-noticed`: none was, though the
 * centre sent a return. `no-return`: no return was imported. `not-sent`: no marker is known to have reached it.
 */
export const detectionStates = ['noticed', 'partly', 'not-noticed', 'no-return', 'not-sent'] as const;
export type DetectionState = (typeof detectionStates)[number];

/** What the monitoring of one system noticed of one run. */
export type SystemDetection = {
  readonly run: string;
  readonly system: string;
  readonly state: DetectionState;
  /** First marker that left; null when none did. */
  readonly sentAt: Iso | null;
  /** First sighting. */
  readonly seenAt: Iso | null;
  /** Longest time, over the markers seen, from a marker's sending to its first sighting, in seconds. */
  readonly delaySeconds: number | null;
  /** When the latest return about the run was imported. */
  readonly returnedAt: Iso | null;
  /** Addresses that the centre saw us come from. */
  readonly sources: readonly string[];
  readonly centres: readonly string[];
  /** Markers that reached the system, and how many of them were seen. */
  readonly coverage: { readonly seen: number; readonly needed: number };
  readonly targets: readonly {
    readonly target: string;
    readonly marker: string;
    readonly delivery: Delivery;
    readonly sentAt: Iso | null;
    readonly seenAt: Iso | null;
    readonly delaySeconds: number | null;
  }[];
};
