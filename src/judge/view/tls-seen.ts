import { tlsProtocols, type TlsFacts, type TlsProtocol } from '../../model/facts/tls.ts';
import { describeSuite, type SuiteView } from './suite.ts';

/** Leaves out what was not seen, so that an absent fact is an absent key. */
export function seenOnly<T extends object>(parts: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;
}

/** Yes when any says yes, no when all say no, undefined while one that says nothing could still say yes. */
export function any(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Whether one of the versions is accepted. */
export function anySpoken(protocols: TlsFacts['protocols'], versions: readonly TlsProtocol[]): boolean | undefined {
  return any(versions.map((version) => protocols[version]?.offered));
}

/** Whether one of the versions accepts a suite that `matches`; a suite that cannot be read may be one. */
export function anySuite(
  protocols: TlsFacts['protocols'],
  versions: readonly TlsProtocol[],
  matches: (suite: SuiteView) => boolean,
): boolean | undefined {
  return any(
    versions.map((version) => {
      const seen = protocols[version];
      if (seen?.offered !== true) return seen?.offered;
      if (seen.suites === undefined) return undefined;
      const views = seen.suites.map((suite) => describeSuite(version, suite));
      const found = any(views.map((view) => (view.keyExchange === undefined ? undefined : matches(view))));
      return found === false && seen.complete !== true ? undefined : found;
    }),
  );
}

/** Versions with the handshake of SSL 3.0, oldest first. */
export const beforeTls13 = tlsProtocols.filter((version) => version !== 'SSLv2' && version !== 'TLSv1.3');
