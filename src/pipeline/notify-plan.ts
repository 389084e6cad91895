import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import { message, type Lang } from '../model/text.ts';
import type { Notice, NoticeChannel } from '../model/notice.ts';
import { digestOf } from '../notify/digest.ts';
import type { Digest, DigestInput } from '../notify/digest-types.ts';
import { messageId, noticeId } from '../notify/identity.ts';
import { ladderOf } from '../notify/ladder.ts';
import { letterHtml } from '../notify/letter-html.ts';
import { letterOf } from '../notify/letter.ts';
import { letterText } from '../notify/letter-text.ts';
import { payloadOf, type Payload } from '../notify/payload.ts';
import { holdOf, type Hold } from '../notify/quiet.ts';
import type { NotifySettings } from '../notify/settings-schema.ts';
import { wordsIn } from '../notify/words.ts';
import type { Store } from '../store/types.ts';
import { loadCatalogue } from '../text/catalogue.ts';
import { recordOf } from '../track/chain.ts';
import { workStates } from '../model/track/state.ts';
import { channelsOf, recipientsOf } from './notify-settings.ts';
import { calendarOf } from './due-on.ts';
import { loadFindings } from './track-view.ts';

/**
 * Days before the end of a waiver on which it is told, unless the settings say others: when the list of `track --lapsing`
 * takes it up, a week and a day before.
 */
const defaultLapsing = [30, 7, 1];
/** Days after a letter in which nothing is only said again. */
const defaultPause = 3;

export type Planned = {
  readonly organisation: string;
  readonly channel: NoticeChannel;
  readonly day: string;
  readonly lang: Lang;
  readonly to: readonly string[];
  readonly id: string;
  readonly subject: string;
  readonly digest: Digest;
  readonly hold?: Hold;
  readonly content: { readonly text: string; readonly html: string } | { readonly payload: Payload };
};

export type NoticePlan = {
  readonly planned: readonly Planned[];
  /** Organisations that were looked at, by a channel each, and have nothing to be told. */
  readonly nothing: number;
  /** Letters that went nobody knows whether, since the last that went for certain. */
  readonly unknown: readonly Notice[];
  /** The last letter of these is of a later day than the one asked for. */
  readonly later: readonly Notice[];
};

/** The inventory that notices go by: that of the newest finished run. Throws UserError where there is none. */
export async function noticeInventory(store: Store): Promise<Inventory> {
  const run = (await store.runs()).find(({ state }) => state === 'finished');
  if (run === undefined) throw new UserError([{ message: message('notify.no-run') }]);
  return store.inventory(run.id);
}

/** What is to be told on a day, whether or not it may go now. Reads, and changes nothing. */
export async function planNotices(
  store: Store,
  inventory: Inventory,
  settings: NotifySettings,
  {
    day,
    at,
    owner,
    clock,
  }: { readonly day: string; readonly at: string; readonly owner?: string; readonly clock: boolean },
): Promise<NoticePlan> {
  const chosen = inventory.organisations.filter(({ id }) => owner === undefined || id === owner);
  if (owner !== undefined && chosen.length === 0)
    throw new UserError([{ message: message('notify.unknown-owner', { id: owner }) }]);
  const input = await inputOf(store, inventory, settings, day);
  const catalogue = loadCatalogue();
  const isWorkingDay = await workingDaysOf(store);
  const planned: Planned[] = [];
  const unknown: Notice[] = [];
  const later: Notice[] = [];
  let nothing = 0;
  for (const organisation of chosen) {
    for (const channel of channelsOf(settings, organisation.id)) {
      const key = { organisation: organisation.id, channel };
      const before = await store.notices.list(key);
      const letter = before.find(({ state }) => state === 'sent');
      if (letter !== undefined && letter.day > day) {
        later.push(letter);
        continue;
      }
      if (channel === 'mail')
        unknown.push(...before.filter((one) => one.state === 'handed' && one.day > (letter?.day ?? '')));
      const past = { told: await store.notices.told(organisation.id, channel), ...(letter && { letter }) };
      const digest = digestOf(organisation, past, input);
      if (digest === undefined) {
        nothing += 1;
        continue;
      }
      const lang = settings.organisations?.[organisation.id]?.language ?? settings.language ?? 'vi';
      const words = wordsIn(catalogue, lang);
      const hold = holdOf(digest, settings.quiet ?? {}, isWorkingDay, clock ? at : undefined);
      const id = noticeId(inventory.province.id, channel, digest);
      const replyTo = settings.smtp?.replyTo ?? settings.smtp?.from;
      const letterWords = letterOf(words, digest, input, replyTo);
      planned.push({
        ...{ organisation: organisation.id, channel, day, lang, digest, subject: letterWords.subject },
        id: channel === 'mail' ? messageId(id, settings.smtp?.from ?? 'rasoat@localhost') : id,
        to: channel === 'mail' ? recipientsOf(settings, organisation, digest.toHead) : [],
        ...(hold === undefined ? {} : { hold }),
        content:
          channel === 'mail'
            ? { text: letterText(letterWords), html: letterHtml(letterWords) }
            : { payload: payloadOf(digest, input, id, letterWords.subject, at) },
      });
    }
  }
  return { planned, nothing, unknown, later };
}

async function inputOf(
  store: Store,
  inventory: Inventory,
  settings: NotifySettings,
  day: string,
): Promise<DigestInput> {
  const { findings, checks } = await loadFindings(store, day);
  const records = await store.track.recordsOf(findings.map(({ life }) => life.id));
  const history = Map.groupBy(
    records.flatMap((raw) => recordOf(raw) ?? []),
    ({ event }) => ('finding' in event ? event.finding : ''),
  );
  return {
    ...{ day, inventory, findings, checks, history },
    upto: (await store.track.head()).seq,
    work: workStates,
    ladder: ladderOf(settings.ladder),
    lapsing: settings.lapsing ?? defaultLapsing,
    pause: settings.pause ?? defaultPause,
    ...(settings.police === undefined ? {} : { police: settings.police }),
  };
}

async function workingDaysOf(store: Store): Promise<(day: string) => boolean> {
  const run = (await store.runs()).find(({ state }) => state === 'finished');
  if (run === undefined) return () => true;
  return calendarOf((await store.judgement(run.id)).lawbook).isWorkingDay;
}
