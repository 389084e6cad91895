import { Type, type Static } from '@sinclair/typebox';
import type { OpenPort } from '../../model/facts/ports.ts';
import { failure } from '../../model/failure.ts';
import { closed, list, oneOf, portNumber, text } from '../../model/schema.ts';
import { portUseOf } from './port-use.ts';
import { describeSsh, sshServiceView } from './ssh-algorithms.ts';
import type { Derived } from './view.ts';

const service = { port: portNumber };

const smbView = Type.Object(
  {
    ...service,
    smb1: Type.Optional(Type.Boolean()),
    signing: Type.Optional(oneOf(['required', 'enabled', 'off'])),
  },
  closed,
);
const rdpView = Type.Object(
  {
    ...service,
    /** RDP's own encryption is accepted, without TLS. */
    standard: Type.Optional(Type.Boolean()),
    /** A session is begun, log-on screen and all, before the user is known: network level authentication is not asked for. */
    withoutNla: Type.Optional(Type.Boolean()),
  },
  closed,
);
const vncView = Type.Object(
  {
    ...service,
    /** A session is given without any password. */
    withoutPassword: Type.Optional(Type.Boolean()),
    /** Some way of logging in encrypts the session. */
    encrypts: Type.Optional(Type.Boolean()),
  },
  closed,
);
const accessView = Type.Object(
  {
    ...service,
    service: text(64),
    /** It answered a stranger's request, or asked for a login. */
    answersStrangers: Type.Optional(Type.Boolean()),
    asked: Type.Optional(text(64)),
  },
  closed,
);
const ftpView = Type.Object(
  {
    ...service,
    /** The greeting itself invites anonymous users. */ invitesAnonymous: Type.Optional(Type.Boolean()),
  },
  closed,
);

/** Services whose own handshake told more than that the port is open; a key that is absent was not told. */
export const portDetailFacts = {
  sshServices: Type.Optional(list(sshServiceView, 1000)),
  smbServices: Type.Optional(list(smbView, 1000)),
  rdpServices: Type.Optional(list(rdpView, 1000)),
  vncServices: Type.Optional(list(vncView, 1000)),
  /** Databases, caches and orchestrators that say by themselves whether they ask for a login. */
  openServices: Type.Optional(list(accessView, 1000)),
  ftpServices: Type.Optional(list(ftpView, 1000)),
} as const;
export type PortDetailsView = { [K in keyof typeof portDetailFacts]?: Static<(typeof portDetailFacts)[K]> };

const smbPort = 445;
/** VNC types under which everything after the log-in is encrypted, and those whose subtype alone would tell. */
const encrypting = new Set(['RA2', 'TLS']);
const perhapsEncrypting = new Set(['VeNCrypt', 'Tight', 'SASL']);
const tellers =
  /^(redis|memcached?|elasticsearch|mongodb|docker|docker-tls|etcd-client|couchdb|consul|kubelet(-read-only)?|influxdb|prometheus)$/;

/** Derives the lists from what each open port told. */
export function describeDetails(open: readonly OpenPort[]): Required<PortDetailsView> {
  const speaking = (matches: (one: OpenPort) => boolean) => open.filter(matches).slice(0, 1000);
  const ofUse = (use: string) => speaking((one) => portUseOf(one)?.use === use);
  return {
    sshServices: ofUse('ssh').map(({ port, details }) => describeSsh(port, details?.ssh)),
    smbServices: speaking(({ port }) => port === smbPort).map(({ port, details }) => ({
      port,
      ...(details?.smb?.smb1 === undefined ? {} : { smb1: details.smb.smb1 }),
      ...(details?.smb?.signing === undefined ? {} : { signing: details.smb.signing }),
    })),
    rdpServices: speaking(({ service: name }) => name === 'ms-wbt-server').map(({ port, details }) => ({
      port,
      ...(details?.rdp?.standard === undefined ? {} : { standard: details.rdp.standard }),
      ...withoutNlaOf(details?.rdp),
    })),
    vncServices: speaking(({ service: name }) => name?.startsWith('vnc') === true).map(({ port, details }) => ({
      port,
      ...(details?.vnc === undefined
        ? {}
        : {
            withoutPassword: details.vnc.securityTypes.includes('None'),
            ...encryptsOf(details.vnc.securityTypes),
          }),
    })),
    openServices: speaking((one) => accessNameOf(one) !== undefined).map((one) => ({
      port: one.port,
      service: accessNameOf(one) ?? '',
      ...(one.details?.openAccess === undefined ? {} : { answersStrangers: one.details.openAccess }),
      ...(one.details?.openAccessAsked === undefined ? {} : { asked: one.details.openAccessAsked }),
    })),
    ftpServices: ofUse('ftp').map(({ port, banner }) => ({
      port,
      ...(/\banonymous\b[^\r\n]{0,60}\b(access|login|welcome|allowed|ok|users?)\b/i.test(banner ?? '') &&
      !/\bno anonymous\b|anonymous[^\r\n]{0,40}\b(not|denied|disabled)\b/i.test(banner ?? '')
        ? { invitesAnonymous: true }
        : {}),
    })),
  };
}

function encryptsOf(types: readonly string[]): { encrypts?: boolean } {
  if (types.some((type) => encrypting.has(type))) return { encrypts: true };
  return types.some((type) => perhapsEncrypting.has(type)) ? {} : { encrypts: false };
}

/** Both layers below CredSSP must have been refused before "NLA is asked for" can be said. */
function withoutNlaOf(rdp: { standard?: boolean; tls?: boolean } | undefined): { withoutNla?: boolean } {
  if (rdp?.standard === true || rdp?.tls === true) return { withoutNla: true };
  return rdp?.standard === false && rdp.tls === false ? { withoutNla: false } : {};
}

/** Named by what it said, or by the request that it answered. */
function accessNameOf({ service: name, port, details }: OpenPort): string | undefined {
  if (name !== undefined && tellers.test(name)) return name;
  if (details?.mongo !== undefined) return 'mongodb';
  return details?.openAccess === undefined ? undefined : (name ?? String(port));
}

/** Why keys of the lists are absent. */
export function detailsNotTold(view: PortDetailsView): Derived<unknown>['unseen'] {
  const wanted = {
    sshServices: ['weakKex', 'weakHostKeys', 'weakCiphers', 'weakMacs', 'terrapin', 'postQuantum'],
    smbServices: ['smb1', 'signing'],
    rdpServices: ['standard', 'withoutNla'],
    vncServices: ['withoutPassword', 'encrypts'],
    openServices: ['answersStrangers'],
    ftpServices: ['invitesAnonymous'],
  } as const satisfies Record<keyof PortDetailsView, readonly string[]>;
  return Object.entries(wanted).flatMap(([list, keys]) =>
    (view[list as keyof PortDetailsView] ?? []).flatMap((one, index) =>
      keys
        .filter((key) => !(key in one))
        .map((key) => ({
          at: `/ports/${list}/${index}/${key}`,
          failure: failure('undecided', `port ${one.port} did not tell: ${key}`),
        })),
    ),
  );
}
