/** What keeps a chain from being trusted by a store: the closed list of words in `trust[].error`. */
export const trustErrors = [
  /** The certificate signs itself and is not in the store. */
  'self-signed',
  /** The chain ends in a root that was sent and is not in the store. */
  'unknown-root',
  /** The chain goes up to a CA whose issuer was neither sent nor is in the store. */
  'unknown-issuer',
  /** The issuer of the certificate was not sent; or a path is known that needs a certificate which was not sent. */
  'missing-intermediate',
  /** A certificate of the right name did not sign. */
  'bad-signature',
  'expired',
  /** The certificate is in time, one above it is not. */
  'issuer-expired',
  'not-yet-valid',
  /** An issuer that may not issue: basicConstraints or key usage. */
  'not-a-ca',
  /** More CAs than a basicConstraints allows. */
  'path-too-long',
  'name-constraints',
  /** Not for TLS servers: extended key usage, or the key usage of the leaf. */
  'wrong-usage',
  /** A critical extension that is not understood. */
  'critical-extension',
  /** More than ten certificates deep, or too tangled to be followed. */
  'too-deep',
  /** No certificate that can be read. */
  'unreadable',
] as const;
export type TrustError = (typeof trustErrors)[number];
