import type { TargetKey } from './target.ts';

/** What the other targets of a run showed, for questions that one target alone cannot answer. */
export type Neighbours = {
  /** Targets that accept SSLv2, by the SHA-256 of a public key that they hold (RFC 5280, SubjectPublicKeyInfo). */
  readonly sslv2Keys: ReadonlyMap<string, readonly TargetKey[]>;
  /** Targets that accept SSLv2 and whose key was not read: any of the others may hold it. */
  readonly sslv2Unread: readonly TargetKey[];
};
