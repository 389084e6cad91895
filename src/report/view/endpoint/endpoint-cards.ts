import { kinds, type Kind, type Observation, type ObservationOf, type Seen } from '../../../model/observation.ts';
import type { AssessedTarget } from '../../../model/software/assessed.ts';
import { mergeSoftware } from '../../../model/software/merge.ts';
import type { Target } from '../../../model/target.ts';
import { tlsProtocols } from '../../../model/facts/tls.ts';
import { message, type Message } from '../../../model/text.ts';
import { formatDay } from '../../format.ts';
import { headersPanel } from '../headers-panel.ts';
import { portsPanel } from '../ports-panel.ts';
import { groupBy, type SystemFile } from '../report-index.ts';
import { softwarePanel } from '../software-panel.ts';
import { tlsPanel } from '../tls-panel.ts';
import { failureWord } from '../unseen.ts';
import { dnsDigest, dnsPanel } from './dns-panel.ts';
import { mailDigest, mailPanel } from './mail-panel.ts';
import { webDigest, webRows } from './web-panel.ts';

/** One kind of observation of a target: a line that tells it, and its panel, drawn by the partial `template`. */
export type LookCard = {
  readonly kind: Message;
  readonly at: string;
  readonly seen: boolean;
  readonly digest: readonly Message[];
  readonly template: 'tls' | 'web' | 'ports' | 'software' | 'fact-rows' | 'unseen-look';
  readonly panel: unknown;
};

/** One target of a system with everything that was looked at there. */
export type EndpointCard = {
  readonly target: string;
  readonly kind: Message;
  readonly looks: readonly LookCard[];
};

/** Targets in the order of their keys; of a system that may not be looked at there are none. */
export function endpointCards(
  file: SystemFile,
  assessed: ReadonlyMap<string, AssessedTarget>,
): readonly EndpointCard[] {
  const observations = groupBy(file.observations, ({ target }) => target);
  return file.targets.map((target) => ({
    target: target.key,
    kind: message(`words.target.${target.kind}`),
    looks: (observations.get(target.key) ?? [])
      .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
      .map((one) => lookCard(one, target, assessed.get(target.key))),
  }));
}

function lookCard(observation: Observation, target: Target, software: AssessedTarget | undefined): LookCard {
  const common = { kind: message(`words.kind.${observation.kind}`), at: observation.at };
  if (!observation.ok) {
    const { code, detail } = observation.failure;
    const panel = { help: message(`words.failure-help.${code}`), detail };
    return { ...common, seen: false, digest: [failureWord(code)], template: 'unseen-look', panel };
  }
  return { ...common, seen: true, ...drawn(observation, target, software) };
}

type Drawn = Pick<LookCard, 'digest' | 'template' | 'panel'>;

function drawn(observation: Observation & Seen<Kind>, target: Target, software: AssessedTarget | undefined): Drawn {
  const as = <K extends Kind>(_kind: K) => observation as unknown as ObservationOf<K> & Seen<K>;
  switch (observation.kind) {
    case 'tls':
      return { digest: tlsDigest(as('tls')), template: 'tls', panel: tlsPanel(as('tls')) };
    case 'http':
      return {
        digest: webDigest(as('http')),
        template: 'web',
        panel: { ...headersPanel(as('http')), rows: webRows(as('http')) },
      };
    case 'ports':
      return { digest: portsDigest(as('ports')), template: 'ports', panel: portsPanel(as('ports'), target) };
    case 'software':
      return {
        digest: softwareDigest(as('software')),
        template: 'software',
        panel: softwarePanel(as('software'), software),
      };
    case 'dns':
      return { digest: dnsDigest(as('dns')), template: 'fact-rows', panel: dnsPanel(as('dns')) };
    case 'mail':
      return { digest: mailDigest(as('mail')), template: 'fact-rows', panel: mailPanel(as('mail')) };
  }
}

function tlsDigest({ facts }: ObservationOf<'tls'> & Seen<'tls'>): readonly Message[] {
  const offered = tlsProtocols.filter((name) => facts.protocols[name]?.offered === true);
  const leaf = facts.chains?.[0]?.[0];
  return [
    ...(offered.length === 0 ? [] : [message('owner.digest.protocols', { versions: offered.join(', ') })]),
    ...(leaf === undefined
      ? []
      : [message('owner.digest.certificate', { day: formatDay(leaf.notAfter.slice(0, 10)) })]),
    ...(facts.verified === undefined
      ? []
      : [message(`owner.digest.trust-${facts.verified.trusted && facts.verified.nameMatches ? 'yes' : 'no'}`)]),
  ];
}

const named = 5;

function portsDigest({ facts }: ObservationOf<'ports'> & Seen<'ports'>): readonly Message[] {
  const open = facts.open.map(({ port }) => port).sort((a, b) => a - b);
  if (open.length === 0) return [message('owner.digest.no-port')];
  const first = open.slice(0, named).join(', ');
  return [message('owner.digest.ports', { n: open.length, ports: open.length > named ? `${first}, …` : first })];
}

function softwareDigest({ facts }: ObservationOf<'software'> & Seen<'software'>): readonly Message[] {
  const told = mergeSoftware(facts.items).map(({ product, version }) => [product, version].filter(Boolean).join(' '));
  if (told.length === 0) return [message('owner.digest.no-software')];
  const names = [...new Set(told)];
  const first = names.slice(0, 3).join(', ');
  return [message('owner.digest.software', { names: names.length > 3 ? `${first}, …` : first })];
}
