import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { Organisation } from '../model/inventory/organisation.ts';
import { message } from '../model/text.ts';
import type { NoticeChannel } from '../model/notice.ts';
import { readSecret } from '../notify/secret.ts';
import type { MailServer } from '../notify/send-mail.ts';
import type { Receiver } from '../notify/send-webhook.ts';
import { parseSettings, type ReadSettings } from '../notify/settings.ts';
import {
  addressPattern,
  type NotifySettings,
  type SecretPlace,
  type WebhookSettings,
} from '../notify/settings-schema.ts';

const defaultTimeoutMs = 30_000;

/** Reads the operator's file. Throws UserError with every problem. */
export async function readSettings(file: string, organisations: readonly Organisation[]): Promise<ReadSettings> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new UserError([{ message: message('notify.settings.unreadable', { file }) }]);
  });
  return parseSettings(content, file, new Set(organisations.map(({ id }) => id)));
}

/** Servers as they are spoken to, every secret read before anything is sent. */
export type Servers = {
  readonly mail?: MailServer;
  /** The receiver of an organisation. */
  readonly receiver: (organisation: string) => Receiver | undefined;
};

export async function openServers(
  { settings, problemAt }: ReadSettings,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Servers> {
  const secret = (place: SecretPlace, path: readonly string[]) =>
    readSecret(place, file, env, (what) => problemAt(path, what));
  const caOf = (ca: string | undefined, path: readonly string[]) =>
    ca === undefined ? undefined : readCa(resolve(dirname(file), ca), (what) => problemAt(path, what));
  const receiverOf = async (webhook: WebhookSettings, path: readonly string[]): Promise<Receiver> => {
    const ca = await caOf(webhook.ca, [...path, 'ca']);
    return {
      url: webhook.url,
      ...(ca === undefined ? {} : { ca }),
      secret: await secret(webhook.secret, [...path, 'secret']),
      timeoutMs: (webhook.timeoutSeconds ?? 10) * 1000,
      tries: webhook.tries ?? 3,
      pauseMs: (webhook.pauseSeconds ?? 2) * 1000,
    };
  };
  const { smtp, webhook, organisations = {} } = settings;
  const common = webhook === undefined ? undefined : await receiverOf(webhook, ['webhook']);
  const own = new Map<string, Receiver>();
  for (const [id, each] of Object.entries(organisations)) {
    if (each.webhook !== undefined) own.set(id, await receiverOf(each.webhook, ['organisations', id, 'webhook']));
  }
  const receiver = (id: string) => own.get(id) ?? common;
  if (smtp === undefined) return { receiver };
  const { host, port, tls, serverName, user, password, timeoutSeconds } = smtp;
  const ca = await caOf(smtp.ca, ['smtp', 'ca']);
  const login =
    user === undefined || password === undefined
      ? undefined
      : { user, password: await secret(password, ['smtp', 'password']) };
  const timeoutMs = timeoutSeconds === undefined ? defaultTimeoutMs : timeoutSeconds * 1000;
  return {
    receiver,
    mail: {
      ...{ host, port, tls, timeoutMs },
      ...(serverName === undefined ? {} : { serverName }),
      ...(ca === undefined ? {} : { ca }),
      ...(login === undefined ? {} : { login }),
    },
  };
}

async function readCa(path: string, problem: (what: ReturnType<typeof message>) => UserError['problems'][number]) {
  const pem = await readFile(path, 'utf8').catch(() => '');
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    throw new UserError([problem(message('notify.settings.bad-ca', { file: path }))]);
  return pem;
}

/** By which channels an organisation is told: its own, else everybody's, else those that are set up. */
export function channelsOf(settings: NotifySettings, id: string): readonly NoticeChannel[] {
  const own = settings.organisations?.[id];
  const ready: NoticeChannel[] = [
    ...(settings.smtp === undefined ? [] : ['mail' as const]),
    ...((own?.webhook ?? settings.webhook) === undefined ? [] : ['webhook' as const]),
  ];
  return [...new Set(own?.channels ?? settings.channels ?? ready)];
}

/**
 * Who is written to: the settings' addresses, else the inventory's contact where it is an address; the head too when
 * something is late for long.
 */
export function recipientsOf(
  settings: NotifySettings,
  { id, contact }: Organisation,
  toHead: boolean,
): readonly string[] {
  const own = settings.organisations?.[id];
  const email = contact?.email;
  const inventory = email !== undefined && new RegExp(addressPattern).test(email) ? [email] : [];
  return [...new Set([...(own?.recipients ?? inventory), ...(toHead ? (own?.head ?? []) : [])])];
}
