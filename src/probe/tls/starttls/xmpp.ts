import { FailureError } from '../../../model/failure.ts';
import { ownName, type Dialogue } from './dialogue.ts';
import type { Take, Turns } from './ear.ts';
import { garbage, notOffered, quote, refused, turnedAway } from './refusal.ts';
import { createStreamReader, type StreamEvent } from './xml-stream.ts';

const streams = 'http://etherx.jabber.org/streams';
const tls = 'urn:ietf:params:xml:ns:xmpp-tls';
const errors = 'urn:ietf:params:xml:ns:xmpp-streams';

/** RFC 6120 section 5, as a client. */
export const xmppClient: Dialogue = (context) => stream(context, 'jabber:client', '');

/** RFC 6120 section 5, as another server. */
export const xmppServer: Dialogue = (context) => stream(context, 'jabber:server', ` from='${ownName}'`);

function* stream({ ear, host }: Parameters<Dialogue>[0], namespace: string, from: string): Turns<undefined> {
  const opening =
    `<?xml version='1.0'?><stream:stream xmlns='${namespace}' xmlns:stream='${streams}'` +
    ` to='${escape(host)}'${from} version='1.0' xml:lang='en'>`;
  const read = createStreamReader();
  /** Reads on from a byte that has been taken, up to the next event. */
  const next = function* (first: number): Turns<StreamEvent> {
    for (let byte = first; ; byte = yield* ear.hear(takeByte)) {
      const event = read(byte);
      if (event !== undefined) return checked(event, host);
    }
  };
  const open = yield* next(yield* ear.ask(opening, takeByte));
  if (open.kind !== 'open' || open.name !== `{${streams}}stream`) throw garbage('no XMPP stream', describe(open));
  // Before 1.0 there were no features (section 4.7.5).
  if (open.version === undefined) throw notOffered('a stream without version');
  if (!/^[1-9]\d*\.\d+$/.test(open.version)) throw garbage('a version', open.version);
  const features = yield* next(yield* ear.hear(takeByte));
  if (features.kind !== 'element' || features.name !== `{${streams}}features`) {
    throw garbage('no stream features', describe(features));
  }
  if (!features.children.includes(`{${tls}}starttls`)) throw notOffered(features.children.join(' '));
  const answer = yield* next(yield* ear.ask(`<starttls xmlns='${tls}'/>`, takeByte));
  if (answer.kind === 'element' && answer.name === `{${tls}}proceed`) return undefined;
  throw answer.kind === 'element' && answer.name === `{${tls}}failure`
    ? refused('failure')
    : garbage('an answer to starttls', describe(answer));
}

const takeByte: Take<number> = (heard) => ({ value: heard[0] ?? 0, length: 1 });

/** Throws when the event ends the stream. */
function checked(event: StreamEvent, host: string): StreamEvent {
  if (event.kind === 'close') throw turnedAway('</stream>');
  if (event.kind !== 'element' || event.name !== `{${streams}}error`) return event;
  const [condition = 'error'] = event.children.map((name) => name.replace(`{${errors}}`, ''));
  if (condition === 'host-unknown' || condition === 'host-gone') {
    throw new FailureError('tls', `stream error ${condition}: it does not serve ${quote(host)}`);
  }
  throw turnedAway(`stream error ${condition}`);
}

function describe(event: StreamEvent): string {
  return event.kind === 'close' ? '</stream>' : event.name;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&apos;');
}
