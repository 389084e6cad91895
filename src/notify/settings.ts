import { borderOf } from '../model/border.ts';
import { UserError } from '../model/errors.ts';
import { message, type Message } from '../model/text.ts';
import { inOrder } from '../yaml/in-order.ts';
import type { Path } from '../yaml/pointer.ts';
import { readYaml, type YamlFile } from '../yaml/read-yaml.ts';
import { settingsSchema, type NotifySettings } from './settings-schema.ts';
import { departureOf, type Departure } from './settings-problem.ts';

/** Longest file read, in UTF-16 units. */
const longest = 1_000_000;

const validate = borderOf<NotifySettings>(settingsSchema, { allErrors: true, verbose: true });

export type ReadSettings = { readonly settings: NotifySettings; readonly problemAt: YamlFile['problemAt'] };

/**
 * Reads the text of a settings file. Throws UserError with every problem, in the order of the file. `organisations`: known
 * ids.
 */
export function parseSettings(content: string, file: string, organisations: ReadonlySet<string>): ReadSettings {
  const { value, problems, problemAt } = readYaml(content, file, longest);
  if (problems.length > 0) throw new UserError(problems);
  const departures = validate(value) ? rules(value, organisations) : (validate.errors ?? []).map(departureOf);
  if (departures.length > 0)
    throw new UserError(inOrder(departures.map(({ path, message: words }) => problemAt(path, words))));
  return { settings: value as NotifySettings, problemAt };
}

/** What no schema says: nothing goes in clear but to this very machine, and every name is somebody's. */
function rules(settings: NotifySettings, organisations: ReadonlySet<string>): readonly Departure[] {
  const { smtp, webhook, police } = settings;
  const found: Departure[] = [];
  const add = (path: Path, words: Message) => found.push({ path, message: words });
  if (smtp !== undefined) {
    if (smtp.tls === 'none' && !isLoopback(smtp.host)) add(['smtp', 'tls'], message('notify.settings.plaintext'));
    if (smtp.tls === 'none' && smtp.user !== undefined)
      add(['smtp', 'user'], message('notify.settings.password-in-clear'));
    if ((smtp.user === undefined) !== (smtp.password === undefined))
      add(['smtp', smtp.user === undefined ? 'password' : 'user'], message('notify.settings.user-and-password'));
  }
  if (webhook !== undefined) found.push(...webhookRules(webhook.url, ['webhook', 'url']));
  for (const [id, own] of Object.entries(settings.organisations ?? {})) {
    const path: Path = ['organisations', id];
    if (!organisations.has(id)) {
      // A key of no known form was not held against the schema either.
      add(path, message('notify.settings.unknown-organisation', { id: id.slice(0, 80) }));
      continue;
    }
    if (own.webhook !== undefined) found.push(...webhookRules(own.webhook.url, [...path, 'webhook', 'url']));
    const usable = { mail: smtp, webhook: own.webhook ?? webhook };
    for (const channel of own.channels ?? [])
      if (usable[channel] === undefined)
        add([...path, 'channels'], message('notify.settings.channel-not-set-up', { channel }));
  }
  for (const channel of settings.channels ?? [])
    if ((channel === 'mail' ? smtp : webhook) === undefined)
      add(['channels'], message('notify.settings.channel-not-set-up', { channel }));
  if (police !== undefined && !organisations.has(police))
    add(['police'], message('notify.settings.unknown-organisation', { id: police }));
  return found;
}

function webhookRules(text: string, path: Path): readonly Departure[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.username !== '' || url.password !== '' || url.hash !== '')
    return [{ path, message: message('notify.settings.bad-url') }];
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    return [{ path, message: message('notify.settings.plain-webhook') }];
  return [];
}

/** A literal loopback address; a name like `localhost` is what a resolver makes of it. */
function isLoopback(host: string): boolean {
  return host === '::1' || /^127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(host);
}
