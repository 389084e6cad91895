import type { Anchors } from './anchors.ts';
import { checkPath } from './check-path.ts';
import { publicKeyOf, type PathCertificate } from './path-certificate.ts';
import { isSignedBy, mayBeIssuer } from './signatures.ts';
import type { TrustError } from './trust-error.ts';

/** Trust of one chain: what is wrong, null when nothing, and the anchor that its path ends in, null when none. */
export type ChainVerdict = { readonly error: TrustError | null; readonly anchor: PathCertificate | null };

export type Chain = {
  readonly leaf: PathCertificate;
  /** What was sent beside the leaf, in any order, superfluous ones too. */
  readonly sent: readonly PathCertificate[];
};

const deepest = 10;
/** Steps of one search: real chains need a handful, a hostile one could ask for 20!. */
const mostSteps = 100;

type Failure = ChainVerdict & { readonly error: TrustError; readonly weight: number };

/**
 * Looks for a path from the leaf to one of `anchors` over what was sent, trying every issuer whose name, key identifier
 * and signature fit, so that reordered, superfluous and cross-signed certificates do no harm. The verdict is that of a
 * path without fault, or else the fault of the path that came furthest. `at` in ms since the epoch.
 */
export function judgeChain({ leaf, sent }: Chain, anchors: Anchors, at: number): ChainVerdict {
  let steps = 0;
  let worst: Failure = { error: 'unreadable', anchor: null, weight: -1 };
  const fail = (failure: Failure) => {
    if (failure.weight > worst.weight) worst = failure;
  };

  /** The anchor of a faultless path that goes on from `path`. */
  function search(path: readonly PathCertificate[]): PathCertificate | undefined {
    const last = path.at(-1) ?? leaf;
    if (anchors.has(last)) {
      const error = checkPath(path, at);
      if (error === null) return last;
      fail({ error, anchor: last, weight: 1000 });
      return undefined;
    }
    const issuers = issuersOf(last, { anchors, sent, path, at });
    if (issuers.length === 0) fail({ error: deadEnd(last, path.length), anchor: null, weight: path.length });
    for (const issuer of issuers) {
      steps += 1;
      if (steps > mostSteps || path.length >= deepest) {
        fail({ error: 'too-deep', anchor: null, weight: 200 });
        return undefined;
      }
      if (!isSignedBy(last, issuer)) {
        fail({ error: 'bad-signature', anchor: null, weight: 100 });
        continue;
      }
      const anchor = search([...path, issuer]);
      if (anchor !== undefined) return anchor;
    }
    return undefined;
  }

  const anchor = search([leaf]);
  return anchor === undefined ? { error: worst.error, anchor: worst.anchor } : { error: null, anchor };
}

/** Anchors first, as OpenSSL does, and those in time before others. */
function issuersOf(
  child: PathCertificate,
  from: { anchors: Anchors; sent: readonly PathCertificate[]; path: readonly PathCertificate[]; at: number },
): PathCertificate[] {
  const { anchors, sent, path, at } = from;
  const seen = new Set(path.map(({ sha256 }) => sha256));
  const issuers = [...anchors.issuersOf(child), ...sent.filter((one) => mayBeIssuer(child, one))];
  const inTime = ({ notBefore, notAfter }: PathCertificate) => Number(at >= notBefore && at <= notAfter);
  return issuers.filter(({ sha256 }) => !seen.has(sha256)).sort((a, b) => inTime(b) - inTime(a));
}

function deadEnd(last: PathCertificate, depth: number): TrustError {
  if (last.selfIssued && publicKeyOf(last) !== undefined && isSignedBy(last, last)) {
    return depth === 1 ? 'self-signed' : 'unknown-root';
  }
  return depth === 1 ? 'missing-intermediate' : 'unknown-issuer';
}
