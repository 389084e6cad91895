import type { Iso } from './observation.ts';

/** The ways in which an organisation is told. */
export const noticeChannels = ['mail', 'webhook'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/**
 * How far a digest got. `intended`: written down before a connection is opened. `handed`: written down before the first byte
 * of the message goes, so one that stays so may or may not have arrived. `sent`: the other side said that it took it, which is
 * not that anybody read it. `failed`: it certainly did not take it.
 */
export type NoticeState = 'intended' | 'handed' | 'sent' | 'failed';

/**
 * One thing that a digest tells: a finding, a waiver that ends soon, or a delay of another organisation. `of` tells one trouble
 * of a finding from the next: when it was first seen, or the waiver's last day.
 */
export type ToldItem = {
  readonly kind: 'finding' | 'lapse' | 'escalation';
  readonly finding: string;
  readonly of: string;
};

/** What an organisation was told of it, by one channel; days of Viet Nam. */
export type Told = ToldItem & { readonly firstOn: string; readonly lastOn: string; readonly times: number };

/** One digest of one organisation by one channel on one day. */
export type Notice = {
  readonly organisation: string;
  readonly channel: NoticeChannel;
  readonly day: string;
  /** The same for the same digest: Message-ID, or the delivery id of a webhook. */
  readonly id: string;
  readonly state: NoticeState;
  readonly attempts: number;
  /** Of the last change of state. */
  readonly at: Iso;
  readonly to: readonly string[];
  readonly subject: string;
  /** Number of the last record of history that it takes account of. */
  readonly upto: number;
  readonly told: readonly ToldItem[];
  /** In the other side's words. */
  readonly answer?: string;
  /** Why it failed, or whom of several the server refused. */
  readonly reason?: string;
};
