import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { About } from '../../evidence/manifest.ts';
import { encryptionTo } from '../../evidence/outside/encrypt.ts';
import { reasonOf, refuse } from '../../evidence/refuse.ts';
import { createScrubber } from '../../evidence/scrub.ts';
import { secretOf } from '../../evidence/secret.ts';
import { writePack, type WrittenPack } from '../../evidence/write-pack.ts';
import { UserError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Run } from '../../model/run.ts';
import { message } from '../../model/text.ts';
import { maskCookie } from '../../probe/http/mask-cookie.ts';
import type { Judgement, Store } from '../../store/types.ts';
import { toolVersion } from '../version.ts';
import { runEntries } from './entries.ts';

export type EvidenceOptions = {
  /** The output folder that holds the store: the salts of the tree lie there too. */
  readonly out: string;
  readonly to: string;
  readonly organisation?: string;
  readonly key?: KeyObject;
  readonly timestamp?: { readonly server: string; readonly caFile?: string };
  readonly recipients?: readonly string[];
  readonly created: string;
};

/** Writes the evidence pack of a run, whole or of one organisation. Throws UserError, and then nothing is left behind. */
export async function exportEvidence(store: Store, run: Run, options: EvidenceOptions): Promise<WrittenPack> {
  if (run.state === 'running') throw new UserError([{ message: message('evidence.running', { run: run.id }) }]);
  const inventory = await store.inventory(run.id);
  const judgement = await store.judgement(run.id);
  const about = aboutOf(run, judgement, inventory, options);
  const { key, timestamp, recipients = [] } = options;
  return writePack(runEntries(store, run, judgement, inventory, options.organisation), {
    to: options.to,
    about,
    secret: secretOf(options.out, run.id),
    scrubber: createScrubber(maskCookie),
    ...(key === undefined ? {} : { key }),
    ...(timestamp === undefined ? {} : { timestamp: { server: timestamp.server, ...caOf(timestamp.caFile) } }),
    ...(recipients.length === 0 ? {} : { encryption: encryptionTo(recipients) }),
  });
}

function caOf(file: string | undefined): { readonly ca?: string } {
  if (file === undefined) return {};
  try {
    return { ca: readFileSync(file, 'utf8') };
  } catch (error) {
    return refuse(file, 'ca', { reason: reasonOf(error) });
  }
}

function aboutOf(run: Run, judgement: Judgement, inventory: Inventory, options: EvidenceOptions): About {
  const { organisation: id, created } = options;
  const organisation = inventory.organisations.find((one) => one.id === id);
  if (id !== undefined && organisation === undefined)
    throw new UserError([{ message: message('evidence.unknown-organisation', { id }) }]);
  const { endOfLife, standIns, feeds } = judgement.lawbook.reference;
  const { province } = inventory;
  return {
    tool: toolVersion(),
    created,
    run: {
      id: run.id,
      zone: run.zone,
      state: run.state,
      startedAt: run.startedAt,
      endedAt: run.endedAt ?? null,
      tool: run.tool,
      judgedAt: judgement.at,
    },
    province: { id: province.id, name: province.name },
    organisation: organisation === undefined ? null : { id: organisation.id, name: organisation.name },
    checksHash: run.checksHash,
    frameworksHash: run.frameworksHash,
    inventoryHash: organisation === undefined ? run.inventoryHash : null,
    feeds: {
      ...(endOfLife === undefined ? {} : { 'end-of-life-table': endOfLife.asOf }),
      ...(standIns === undefined ? {} : { 'stand-ins-table': standIns.asOf }),
      ...Object.fromEntries(Object.entries(feeds ?? {}).map(([feed, { date }]) => [feed, date])),
    },
  };
}
