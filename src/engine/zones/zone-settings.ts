import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { borderOf } from '../../model/border.ts';
import { UserError } from '../../model/errors.ts';
import { closed, list, text } from '../../model/schema.ts';
import { message } from '../../model/text.ts';
import { readYaml } from '../../yaml/read-yaml.ts';

const settingsSchema = Type.Object(
  {
    schema: Type.Literal(1),
    /** Files, told from the settings' own folder: the gateway's certificate and key, the authority of its agents. */
    certificate: text(300, { minLength: 1 }),
    key: text(300, { minLength: 1 }),
    ca: text(300, { minLength: 1 }),
    agents: list(
      Type.Object(
        {
          name: text(100, { minLength: 1 }),
          /** The one zone that it may work for. */
          zone: text(64, { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
          /** SHA-256 of its certificate, hexadecimal, with colons or without. */
          fingerprint: text(95, { pattern: '^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$' }),
        },
        closed,
      ),
      1000,
    ),
  },
  closed,
);
type Settings = Static<typeof settingsSchema>;
const fits = borderOf<Settings>(settingsSchema);

export type ZoneAgent = { readonly name: string; readonly zone: string; readonly fingerprint: string };

export type ZoneSettings = {
  readonly certificate: Buffer;
  readonly key: Buffer;
  readonly ca: Buffer;
  /** By fingerprint, in the form of `plainFingerprint`. */
  readonly agents: ReadonlyMap<string, ZoneAgent>;
};

/** Lower case, no colons. */
export const plainFingerprint = (text: string): string => text.replaceAll(':', '').toLowerCase();

/** Reads the settings of a gateway and the files they name. Throws UserError. */
export function readZoneSettings(file: string): ZoneSettings {
  const { value, problems, problemAt } = readYaml(textOf(file), file, 1_000_000);
  if (problems.length > 0) throw new UserError(problems);
  if (!fits(value)) {
    const [error] = fits.errors ?? [];
    const at = `${error?.instancePath ?? ''} ${error?.message ?? ''}`.trim();
    throw new UserError([{ file, message: message('zone-agents.settings-shape', { at }) }]);
  }
  const agents = new Map<string, ZoneAgent>();
  for (const [index, { name, zone, fingerprint }] of value.agents.entries()) {
    const plain = plainFingerprint(fingerprint);
    if (agents.has(plain))
      throw new UserError([problemAt(['agents', index, 'fingerprint'], message('zone-agents.fingerprint-twice'))]);
    agents.set(plain, { name, zone, fingerprint: plain });
  }
  const folder = dirname(resolve(file));
  const bytes = (name: string) => bytesOf(resolve(folder, name));
  return { certificate: bytes(value.certificate), key: bytes(value.key), ca: bytes(value.ca), agents };
}

function textOf(file: string): string {
  return bytesOf(file).toString('utf8');
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError([{ file, message: message('zone-agents.unreadable', { reason }) }]);
  }
}

/**
 * Looks every `everyMs` whether the file was changed, and reads it again then. What cannot be read leaves the settings as they were,
 * and is told: an agent is taken out by a file that is right, not by one that is half written.
 */
export function watchZoneSettings(
  file: string,
  told: { readonly changed: (settings: ZoneSettings) => void; readonly failed: (error: unknown) => void },
  everyMs = 1000,
): { readonly close: () => void } {
  let last = markOf(file);
  const timer = setInterval(() => {
    const now = markOf(file);
    if (now === last) return;
    last = now;
    try {
      told.changed(readZoneSettings(file));
    } catch (error) {
      told.failed(error);
    }
  }, everyMs).unref();
  return {
    close: () => {
      clearInterval(timer);
    },
  };
}

function markOf(file: string): string {
  const about = statSync(file, { throwIfNoEntry: false });
  return about === undefined ? '' : `${about.mtimeMs} ${about.size} ${about.ino}`;
}
