import type { Notice, NoticeChannel, NoticeState, Told } from '../model/notice.ts';

export type NoticeKey = Pick<Notice, 'organisation' | 'channel' | 'day'>;

/** What was told to whom and when. */
export type NoticeStore = {
  /** Newest day first; of one organisation and channel, or all. */
  readonly list: (of?: Pick<Notice, 'organisation' | 'channel'>) => Promise<readonly Notice[]>;
  readonly told: (organisation: string, channel: NoticeChannel) => Promise<readonly Told[]>;
  /**
   * Writes down that a digest is about to be sent; takes the place of one of the same day that is in one of the states
   * `over`. False, and nothing written, where the day has one in another state.
   */
  readonly intend: (
    notice: Omit<Notice, 'state' | 'attempts' | 'answer' | 'reason'>,
    over: readonly NoticeState[],
  ) => Promise<boolean>;
  readonly handing: (key: NoticeKey, at: string) => Promise<void>;
  readonly failed: (key: NoticeKey, at: string, reason: string) => Promise<void>;
  /** Marks it sent and keeps what it told, both or neither. */
  readonly sent: (key: NoticeKey, at: string, answer: string, reason?: string) => Promise<void>;
};
