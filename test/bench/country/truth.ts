import { personalityIn, type CountryOptions, type Place } from './country.ts';
import type { Personality } from './personality.ts';

/** What a scan must find at a place: outcomes by check, or the one reason for which TLS or http could not be seen. */
export type Truth = { readonly outcomes: Readonly<Record<string, string>> } | { readonly unseen: readonly string[] };

/** The truth of a place, from how its machine was drawn. Checks not named here may say anything. */
export function truthOf(country: CountryOptions, { kind, address }: Place): Truth {
  const one = personalityIn(country, address);
  switch (one.reach) {
    case 'refuses':
      return { unseen: ['refused'] };
    case 'drops':
      return { unseen: ['timeout'] };
    case 'silent':
      return { unseen: ['timeout'] };
    // Ended by the machine, in the middle of a handshake or before an answer.
    case 'resets':
      return { unseen: ['protocol', 'refused', 'tls', 'unreachable'] };
    case 'answers':
    case 'slow':
      return {
        outcomes: {
          ...(kind === 'clear' ? {} : ofTls(one)),
          ...(kind === 'service' ? {} : ofHttp(one, kind === 'clear')),
        },
      };
  }
}

function ofTls({ protocols, certificate }: Personality): Record<string, string> {
  const passes = (good: boolean) => (good ? 'pass' : 'fail');
  return {
    'tls-protocols': passes(protocols !== 'old'),
    'tls-13-offered': passes(protocols === 'modern'),
    'tls-12-offered': 'pass',
    'cert-expiry': passes(certificate !== 'expired'),
    'cert-name': passes(certificate !== 'other-name'),
    'cert-trusted': passes(certificate !== 'self-signed'),
  };
}

function ofHttp({ headers }: Personality, clear: boolean): Record<string, string> {
  const passes = (good: boolean) => (good ? 'pass' : 'fail');
  return {
    'content-type-options': passes(headers !== 'none'),
    ...(clear ? {} : { hsts: passes(headers === 'all') }),
  };
}

/** Every check that a truth may name. */
export const namedChecks: readonly string[] = [
  'tls-protocols',
  'tls-13-offered',
  'tls-12-offered',
  'cert-expiry',
  'cert-name',
  'cert-trusted',
  'content-type-options',
  'hsts',
];

/** What a store holds of one target. */
export type Found = {
  /** Outcomes of the named checks. */
  readonly outcomes: ReadonlyMap<string, string>;
  /** Its TLS and http observations: the failure, or null where something was seen. */
  readonly looks: readonly (string | null)[];
};

/** How what was found of a target differs from the truth; empty when it does not. */
export function differences(truth: Truth, found: Found): readonly string[] {
  if (found.looks.length === 0) return ['no observation'];
  if ('outcomes' in truth)
    return Object.entries(truth.outcomes).flatMap(([check, outcome]) => {
      const is = found.outcomes.get(check) ?? 'absent';
      return is === outcome ? [] : [`${check} is ${is}, not ${outcome}`];
    });
  const told = [...found.outcomes].filter(([, outcome]) => outcome === 'pass' || outcome === 'fail');
  return [
    ...told.map(([check, outcome]) => `${check} is ${outcome} of a machine that told nothing`),
    ...found.looks.flatMap((code) =>
      code !== null && truth.unseen.includes(code)
        ? []
        : [`${code ?? 'something'} seen, not ${truth.unseen.join(' or ')}`],
    ),
  ];
}
