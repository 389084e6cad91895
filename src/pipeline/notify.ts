import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { NoticeChannel, NoticeState } from '../model/notice.ts';
import { message } from '../model/text.ts';
import type { Hold } from '../notify/quiet.ts';
import { sendMail, type Handed } from '../notify/send-mail.ts';
import { sendWebhook } from '../notify/send-webhook.ts';
import type { ReadSettings } from '../notify/settings.ts';
import type { NotifySettings } from '../notify/settings-schema.ts';
import { lockFolder } from '../store/lock.ts';
import type { Store } from '../store/types.ts';
import { noticeInventory, planNotices, type NoticePlan, type Planned } from './notify-plan.ts';
import { openServers, readSettings, type Servers } from './notify-settings.ts';
import { toolVersion } from './version.ts';

export type NotifyOptions = {
  readonly out: string;
  readonly settings?: string;
  readonly owner?: string;
  readonly day: string;
  readonly at: string;
  /** Whether the day is today, so that hours of the day count. */
  readonly clock: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** What became of one digest. */
export type NoticeOutcome = {
  readonly organisation: string;
  readonly channel: NoticeChannel;
  readonly day: string;
  readonly outcome: 'sent' | 'failed' | 'held' | 'told-today' | 'unknown' | 'no-recipient' | 'later';
  readonly id: string;
  readonly subject: string;
  readonly to: readonly string[];
  readonly answer?: string;
  readonly reason?: string;
  readonly hold?: Hold;
};

/** What would go on a day, without a socket and without a trace. Without settings: by the inventory's contacts, by mail. */
export async function previewNotices(store: Store, options: NotifyOptions): Promise<NoticePlan> {
  const inventory = await noticeInventory(store);
  const settings = (await settingsOf(options, inventory))?.settings ?? { schema: 1, channels: ['mail'] };
  return planNotices(store, inventory, settings, options);
}

/**
 * Tells every organisation what is to be told, one digest after another; `done` hears of each as it is settled. One process
 * at a time in a folder. A digest is written down before its connection is opened, again before its first byte goes, and
 * again when the other side has answered: whatever kills this process, nothing goes twice, and what did not go is tried
 * again.
 */
export async function sendNotices(
  store: Store,
  options: NotifyOptions,
  done: (outcome: NoticeOutcome) => void,
): Promise<void> {
  const inventory = await noticeInventory(store);
  const read = await settingsOf(options, inventory);
  const file = settingsFile(options);
  if (read === undefined) throw new UserError([{ message: message('notify.no-settings', { file }) }]);
  const { settings } = read;
  if (settings.smtp === undefined && settings.webhook === undefined && !anyWebhook(settings))
    throw new UserError([read.problemAt([], message('notify.settings.nothing-set-up'))]);
  const servers = await openServers(read, file, options.env);
  const path = join(options.out, 'rasoat-notify.lock');
  const lock = lockFolder(path, message('notify.locked', { path }));
  try {
    const plan = await planNotices(store, inventory, settings, options);
    for (const { organisation, channel, day, id, subject, to } of plan.unknown)
      if (day !== options.day) done({ organisation, channel, day, outcome: 'unknown', id, subject, to });
    for (const { organisation, channel, day, id, subject, to } of plan.later)
      done({ organisation, channel, day, outcome: 'later', id, subject, to });
    const deliver = deliverer(store, servers, settings);
    for (const planned of plan.planned) done(await deliver(planned));
  } finally {
    lock.release();
  }
}

const anyWebhook = ({ organisations = {} }: NotifySettings) =>
  Object.values(organisations).some(({ webhook }) => webhook !== undefined);

const settingsFile = ({ settings, out }: NotifyOptions): string => settings ?? join(out, 'rasoat-notify.yaml');

async function settingsOf(options: NotifyOptions, inventory: Inventory): Promise<ReadSettings | undefined> {
  const file = settingsFile(options);
  if (options.settings === undefined && !existsSync(file)) return undefined;
  return readSettings(file, inventory.organisations);
}

/**
 * States that a digest of the same day may take the place of: what certainly did not go, and what its receiver knows by its
 * id.
 */
const over: Readonly<Record<NoticeChannel, readonly NoticeState[]>> = {
  mail: ['intended', 'failed'],
  webhook: ['intended', 'failed', 'handed'],
};

function deliverer(store: Store, servers: Servers, settings: NotifySettings) {
  /** Why no further mail is tried in this run: the server was not there, or refused the password. */
  let down: string | undefined;
  return async (planned: Planned): Promise<NoticeOutcome> => {
    const { organisation, channel, day, id, subject, to, hold, digest } = planned;
    const key = { organisation, channel, day };
    const about = { ...key, id, subject, to };
    if (hold !== undefined) return { ...about, outcome: 'held', hold };
    if (channel === 'mail' && to.length === 0) return { ...about, outcome: 'no-recipient' };
    const { told, upto } = digest;
    if (!(await store.notices.intend({ ...about, at: now(), told, upto }, over[channel]))) {
      const [last] = await store.notices.list(key);
      return { ...about, outcome: last?.state === 'handed' ? 'unknown' : 'told-today' };
    }
    const handing = () => store.notices.handing(key, now());
    const result: Handed =
      channel === 'webhook'
        ? await postPlanned(servers, planned, handing)
        : down === undefined
          ? await mailPlanned(servers, settings, planned, handing)
          : { is: 'failed', reason: down, server: true };
    if (result.is === 'failed') {
      if (channel === 'mail' && result.server) down = result.reason;
      await store.notices.failed(key, now(), result.reason);
      return { ...about, outcome: 'failed', reason: result.reason };
    }
    if (result.is === 'unknown') return { ...about, outcome: 'unknown', reason: result.reason };
    const reason = result.refused.length === 0 ? undefined : result.refused.join('; ');
    await store.notices.sent(key, now(), result.answer, reason);
    return { ...about, outcome: 'sent', answer: result.answer, ...(reason === undefined ? {} : { reason }) };
  };
}

/** `RaSoat/0.1.0 (notices)`. */
const userAgent = (): string => `RaSoat/${toolVersion().split(' ')[1] ?? '0'} (notices)`;

const now = (): string => new Date().toISOString();

async function mailPlanned(
  { mail }: Servers,
  { smtp }: NotifySettings,
  { content, to, subject, id, lang }: Planned,
  handing: () => Promise<void>,
): Promise<Handed> {
  if (mail === undefined || smtp === undefined || !('text' in content)) throw new Error('no mail server is set up');
  const { from, fromName = 'Rà Soát', replyTo } = smtp;
  const { text, html } = content;
  const letter = { to, subject, messageId: id, at: now(), lang, text, html };
  const sender = { from: { name: fromName, address: from }, ...(replyTo === undefined ? {} : { replyTo }) };
  return sendMail(mail, { ...letter, ...sender }, handing);
}

async function postPlanned(
  { receiver }: Servers,
  { organisation, content, id }: Planned,
  handing: () => Promise<void>,
): Promise<Handed> {
  const at = receiver(organisation);
  if (at === undefined || !('payload' in content)) throw new Error('no webhook is set up');
  await handing();
  const result = await sendWebhook(at, { id, body: JSON.stringify(content.payload) }, userAgent());
  return result.is === 'sent' ? { ...result, refused: [] } : { ...result, server: false };
}
