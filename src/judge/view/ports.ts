import { Type, type Static } from '@sinclair/typebox';
import type { OpenPort, PortsFacts } from '../../model/facts/ports.ts';
import { failure } from '../../model/failure.ts';
import { compareServices, comparedServiceView } from './declared-service.ts';
import { closed, list, oneOf, portNumber, text } from '../../model/schema.ts';
import { seen, unseen, assemble, type Part } from './part.ts';
import { describeDetails, detailsNotTold, portDetailFacts, type PortDetailsView } from './port-details.ts';
import { muteReason, readScan, type Scan } from './port-scan.ts';
import { portUseOf, portUses, portUseTable, type PortUse } from './port-use.ts';
import { describeUdp, udpServiceFacts } from './udp-services.ts';
import type { Derived, ViewContext } from './view.ts';

const openView = Type.Object(
  {
    port: portNumber,
    service: Type.Optional(text(64)),
    product: Type.Optional(text(256)),
    version: Type.Optional(text(128)),
    /** It speaks TLS from the first byte; absent when that was not told. */
    tls: Type.Optional(Type.Boolean()),
    /** The dossier lists it; null when the dossier lists no services at all. */
    declared: Type.Union([Type.Boolean(), Type.Null()]),
    /** Whether its use was told by the service itself or by the port's number alone; null when it was not told. */
    toldBy: Type.Union([oneOf(['service', 'port']), Type.Null()]),
  },
  closed,
);
type Open = Static<typeof openView>;

const used = Type.Optional(list(openView, 65_535));
const uses: Readonly<Record<PortUse, typeof used>> = {
  database: used,
  cache: used,
  remoteDesktop: used,
  telnet: used,
  ssh: used,
  ftp: used,
  fileShare: used,
  directory: used,
  mailRetrieval: used,
  management: used,
  container: used,
  ics: used,
  messageBroker: used,
  printer: used,
  camera: used,
  proxy: used,
  simpleService: used,
  pptp: used,
  voip: used,
};

/**
 * Open ports of one host as checks read them, seen from one zone. A list by use is absent unless every port that
 * defines the use got an answer, or some port of it is open: silence counts as "not reachable" only on a host that
 * answered on another port.
 */
export const portsView = Type.Object(
  {
    open: Type.Optional(list(openView, 65_535)),
    /** Open ports that the dossier does not list; null when it lists no services. */
    undeclared: Type.Optional(Type.Union([list(openView, 65_535), Type.Null()])),
    /** Services of the dossier; `open` is absent where the port was not asked or did not answer. */
    declared: Type.Optional(
      Type.Union([
        list(
          Type.Object(
            {
              port: portNumber,
              service: Type.Optional(text(64)),
              purpose: Type.Optional(text(300)),
              open: Type.Optional(Type.Boolean()),
            },
            closed,
          ),
          1000,
        ),
        Type.Null(),
      ]),
    ),
    /** Declared services that answered with a service both sides have a name for. */
    comparedServices: Type.Optional(list(comparedServiceView, 1000)),
    /** SSH services with the protocol their greeting tells, `2.0`, `1.99`. */
    sshGreetings: Type.Optional(
      list(Type.Object({ port: portNumber, protocol: Type.Optional(text(8)) }, closed), 1000),
    ),
    ...portDetailFacts,
    ...udpServiceFacts,
    ...uses,
  },
  closed,
);
export type PortsView = Static<typeof portsView>;

/** Below this many ports asked beside the declared ones, "nothing else is open" would rest on nothing. */
const fewestBeyondDeclared = 20;

/** Derives the view of one host from its port scan and the services its dossier declares; pure. */
export function derivePorts(facts: PortsFacts, context: ViewContext): Derived<PortsView> {
  const scan = readScan(facts);
  const tcp = deriveTcp(facts, scan, context);
  const udp = describeUdp(facts.udp, scan.open.size + scan.closed.size > 0);
  return { view: { ...tcp.view, ...udp.view }, unseen: [...tcp.unseen, ...udp.unseen] };
}

type TcpView = Omit<PortsView, keyof typeof udpServiceFacts>;

function deriveTcp(facts: PortsFacts, scan: Scan, context: ViewContext): Derived<TcpView> {
  const services = context.target.endpoint.kind === 'host' ? context.target.endpoint.services : undefined;
  const mute = muteReason(facts, scan);
  if (mute !== null) {
    const keys = [
      'open',
      'undeclared',
      'declared',
      'comparedServices',
      'sshGreetings',
      ...Object.keys(portDetailFacts),
      ...portUses,
    ];
    return { view: {}, unseen: keys.map((key) => ({ at: `/ports/${key}`, failure: mute })) };
  }
  const listed = services === undefined ? null : new Set(services.map((service) => service.port));
  const describe = (open: OpenPort) => describeOpen(open, listed);
  const derived = assemble<TcpView>('/ports', {
    open: seen(facts.open.map(describe)),
    undeclared: undeclaredOf(facts, scan, listed, describe),
    declared: seen(
      services === undefined
        ? null
        : services.map(({ port, service, purpose }) => ({
            port,
            ...(service !== undefined && { service }),
            ...(purpose !== undefined && { purpose }),
            ...stateOf(port, scan),
          })),
    ),
    comparedServices: seen(compareServices(services ?? [], facts.open)),
    sshGreetings: seen(sshGreetingsOf(facts)),
    ...detailsOf(facts),
    ...usesOf(facts, scan, describe),
  });
  const notAnswered = derived.view.declared?.flatMap(({ port, open }, index) =>
    open === undefined ? [{ at: `/ports/declared/${index}/open`, failure: unansweredFailure([port], scan) }] : [],
  );
  return {
    view: derived.view,
    unseen: [
      ...derived.unseen,
      ...(notAnswered ?? []),
      ...greetingsNotTold(derived.view),
      ...detailsNotTold(derived.view),
    ],
  };
}

function detailsOf({ open }: PortsFacts) {
  const { sshServices, smbServices, rdpServices, vncServices, openServices, ftpServices }: Required<PortDetailsView> =
    describeDetails(open);
  return {
    sshServices: seen(sshServices),
    smbServices: seen(smbServices),
    rdpServices: seen(rdpServices),
    vncServices: seen(vncServices),
    openServices: seen(openServices),
    ftpServices: seen(ftpServices),
  };
}

function describeOpen(open: OpenPort, listed: ReadonlySet<number> | null): Open {
  const { port, service, product, version, tls } = open;
  return {
    port,
    ...(service !== undefined && { service }),
    ...(product !== undefined && { product }),
    ...(version !== undefined && { version }),
    ...(tls !== undefined && { tls }),
    declared: listed === null ? null : listed.has(port),
    toldBy: portUseOf(open)?.by ?? null,
  };
}

function stateOf(port: number, scan: Scan): { readonly open?: boolean } {
  if (scan.open.has(port)) return { open: true };
  return scan.closed.has(port) ? { open: false } : {};
}

function undeclaredOf(
  facts: PortsFacts,
  scan: Scan,
  listed: ReadonlySet<number> | null,
  describe: (open: OpenPort) => Open,
): Part<Open[] | null> {
  if (listed === null) return seen(null);
  const found = facts.open.filter(({ port }) => !listed.has(port));
  const beyond = scan.asked.size - [...listed].filter((port) => scan.asked.has(port)).length;
  if (found.length > 0 || beyond >= fewestBeyondDeclared) return seen(found.map(describe));
  return unseen(failure('undecided', `only ${beyond} ports beside the declared ones were asked`));
}

/** `ssl/imap` is told by nmap as service `imap` with `tls`; such a service is not read as its clear-text twin. */
const clearOnly: ReadonlySet<PortUse> = new Set(['ftp', 'mailRetrieval', 'telnet', 'directory']);

function usesOf(
  facts: PortsFacts,
  scan: Scan,
  describe: (open: OpenPort) => Open,
): Readonly<Record<PortUse, Part<Open[]>>> {
  const partOf = (use: PortUse): Part<Open[]> => {
    const found = facts.open.filter(
      (open) => portUseOf(open)?.use === use && !(clearOnly.has(use) && open.tls === true),
    );
    const unanswered = portUseTable[use].core.filter(
      (port) => !scan.open.has(port) && !scan.closed.has(port) && !(scan.asked.has(port) && scan.silent.has(port)),
    );
    return found.length > 0 || unanswered.length === 0
      ? seen(found.map(describe))
      : unseen(unansweredFailure(unanswered, scan));
  };
  return Object.fromEntries(portUses.map((use) => [use, partOf(use)])) as Record<PortUse, Part<Open[]>>;
}

function unansweredFailure(ports: readonly number[], scan: Scan) {
  const skipped = ports.filter((port) => !scan.asked.has(port));
  return skipped.length > 0
    ? failure('not-run', `ports not asked: ${skipped.join(', ')}`)
    : failure('timeout', `ports without an answer: ${ports.join(', ')}`);
}

/** RFC 4253, 4.2 and 5.1: the greeting tells the protocol; `1.99` still takes clients of protocol 1. */
function sshGreetingsOf(facts: PortsFacts) {
  return facts.open
    .filter((open) => portUseOf(open)?.use === 'ssh')
    .slice(0, 1000)
    .map(({ port, banner, extra }) => {
      const [, protocol] =
        /^SSH-(\d{1,3}\.\d{1,3})-/m.exec(banner ?? '') ?? /\bprotocol (\d{1,3}\.\d{1,3})\b/.exec(extra ?? '') ?? [];
      return { port, ...(protocol !== undefined && { protocol }) };
    });
}

function greetingsNotTold(view: TcpView): Derived<PortsView>['unseen'] {
  return (view.sshGreetings ?? []).flatMap(({ port, protocol }, index) =>
    protocol === undefined
      ? [
          {
            at: `/ports/sshGreetings/${index}/protocol`,
            failure: failure('undecided', `port ${port} told no SSH greeting`),
          },
        ]
      : [],
  );
}
