import { Type, type Static } from '@sinclair/typebox';
import { noticeChannels } from '../model/notice.ts';
import { closed, list, oneOf, portNumber, text } from '../model/schema.ts';
import { languages } from '../model/text.ts';

/** Plain ASCII addresses: what no server or header can read as two. */
export const addressPattern =
  "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$";
const address = text(254, { pattern: addressPattern });
const addresses = list(address, 50, { minItems: 1 });
const linePattern = '^[^\\u0000-\\u001f\\u007f]+$';
const line = (max: number) => text(max, { pattern: linePattern });
const path = line(500);

/** Where a secret is; never the secret. */
const secret = Type.Object(
  { file: Type.Optional(path), env: Type.Optional(text(100, { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' })) },
  { ...closed, minProperties: 1, maxProperties: 1 },
);
export type SecretPlace = Static<typeof secret>;

const tlsModes = ['starttls', 'implicit', 'none'] as const;
const smtp = Type.Object(
  {
    host: line(253),
    port: portNumber,
    tls: oneOf(tlsModes),
    /** Name that the certificate must be for; absent: `host`. */
    serverName: Type.Optional(line(253)),
    /** PEM file of the authority to trust instead of the system's. */
    ca: Type.Optional(path),
    user: Type.Optional(line(254)),
    password: Type.Optional(secret),
    from: address,
    fromName: Type.Optional(line(100)),
    replyTo: Type.Optional(address),
    timeoutSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
  },
  closed,
);

const webhook = Type.Object(
  {
    url: text(2048, { pattern: '^https?://' }),
    ca: Type.Optional(path),
    secret,
    timeoutSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })),
    /** How often one delivery is tried, and the pause before the second try; it doubles before each further one. */
    tries: Type.Optional(Type.Integer({ minimum: 1, maximum: 6 })),
    pauseSeconds: Type.Optional(Type.Number({ minimum: 0, maximum: 60 })),
  },
  closed,
);
export type WebhookSettings = Readonly<Static<typeof webhook>>;

const days = Type.Integer({ minimum: 0, maximum: 400 });
const gap = Type.Integer({ minimum: 1, maximum: 400 });
const rungs = Type.Object(
  {
    first: Type.Optional(days),
    reminders: Type.Optional(list(gap, 20)),
    every: Type.Optional(gap),
    beforeDue: Type.Optional(list(days, 20)),
    afterDue: Type.Optional(list(gap, 20)),
    everyLate: Type.Optional(gap),
    escalate: Type.Optional(
      Type.Object({ head: Type.Optional(gap), parent: Type.Optional(gap), police: Type.Optional(gap) }, closed),
    ),
  },
  closed,
);
const ladderSeverities = ['critical', 'high', 'medium', 'low'] as const;
const ladder = Type.Partial(Type.Object({ critical: rungs, high: rungs, medium: rungs, low: rungs }, closed), closed);

const clock = text(5, { pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const channels = list(oneOf(noticeChannels), 2);
const organisation = Type.Object(
  {
    recipients: Type.Optional(addresses),
    /** Told too once something is late for long. */
    head: Type.Optional(addresses),
    language: Type.Optional(oneOf(languages)),
    channels: Type.Optional(channels),
    /** A receiver of its own instead of the common one. */
    webhook: Type.Optional(webhook),
  },
  closed,
);

/** The operator's file. No secret stands in it. */
export const settingsSchema = Type.Object(
  {
    schema: Type.Literal(1),
    smtp: Type.Optional(smtp),
    webhook: Type.Optional(webhook),
    language: Type.Optional(oneOf(languages)),
    /** Absent: those that are set up. */
    channels: Type.Optional(channels),
    /** The organisation that is told last when something stays late. */
    police: Type.Optional(text(64, { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })),
    organisations: Type.Optional(Type.Record(text(64, { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }), organisation)),
    ladder: Type.Optional(ladder),
    /** Days before the end of a waiver on which its end is told. */
    lapsing: Type.Optional(list(days, 20)),
    /** Days after a letter in which reminders wait; what is new does not. Absent: 3. */
    pause: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 })),
    quiet: Type.Optional(
      Type.Object(
        {
          workingDays: Type.Optional(Type.Boolean()),
          /** Hours of the day, in Viet Nam's time, within which messages go. */
          hours: Type.Optional(Type.Object({ from: clock, to: clock }, closed)),
          /** Severities whose first notice goes on any day at any hour. */
          except: Type.Optional(list(oneOf(ladderSeverities), 4)),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type NotifySettings = Readonly<Static<typeof settingsSchema>>;
