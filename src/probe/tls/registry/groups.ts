/**
 * Groups of the registry "TLS Supported Groups", likeliest first. TLS 1.2 and earlier are offered curves alone: a server
 * that knows RFC 7919 and sees an ffdhe group hides its DHE suites with parameters of its own.
 */
const curves: readonly number[] = [
  0x001d, 0x0017, 0x0018, 0x0019, 0x001e, 0x001a, 0x001b, 0x001c, 0x0016, 0x0015, 0x0014, 0x0013, 0x0012, 0x0011,
  0x0010, 0x000f, 0x000e, 0x000d, 0x000c, 0x000b, 0x000a, 0x0009, 0x0008, 0x0007, 0x0006, 0x0005, 0x0004, 0x0003,
  0x0002, 0x0001, 0x0022, 0x0023, 0x0024, 0x0025, 0x0026, 0x0027, 0x0028, 0x0029,
];

/** ffdhe2048 to ffdhe8192 (RFC 7919), brainpool for TLS 1.3 (RFC 8734), hybrids and ML-KEM, and the two Kyber drafts. */
const only13: readonly number[] = [
  0x0100, 0x0101, 0x0102, 0x0103, 0x0104, 0x001f, 0x0020, 0x0021, 0x11ec, 0x11eb, 0x11ed, 0x11ee, 0x0200, 0x0201,
  0x0202, 0x6399, 0x639a,
];

/** Groups offered in a hello of TLS 1.0 to 1.2. */
export const legacyGroups: readonly number[] = curves;

/** Groups offered in a hello of TLS 1.3; the server names one of them in its HelloRetryRequest. */
export const tls13Groups: readonly number[] = [...curves, ...only13];
