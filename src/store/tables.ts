import type { Generated } from 'kysely';
import type { NoticeChannel, NoticeState, ToldItem } from '../model/notice.ts';
import type { SwitchPosition } from '../model/switch.ts';

type SnapshotKind = 'inventory' | 'checks' | 'frameworks' | 'levels' | 'reference' | 'asides';

/** Rows as stored. `body` columns hold JSON text; instants are ISO 8601 in UTC. */
export type Database = {
  /** Inventory, checks, frameworks and what the feeds said as they were, by SHA-256 of their canonical JSON. */
  snapshot: { hash: string; kind: SnapshotKind; body: string };
  run: {
    id: string;
    tool: string;
    kind: 'scan' | 'partial' | 'verification';
    zone: string;
    state: 'running' | 'finished' | 'interrupted';
    started_at: string;
    ended_at: string | null;
    inventory_hash: string;
    settings: string;
  };
  target: { run: string; key: string; position: number; system: string; state: 'waiting' | 'done'; body: string };
  observation: {
    run: string;
    target: string;
    kind: string;
    at: string;
    ok: 0 | 1;
    failure: string | null;
    body: string;
  };
  judgement: {
    id: Generated<number>;
    run: string;
    at: string;
    checks_hash: string;
    frameworks_hash: string;
    reference_hash: string;
    /** Null where a judgement is older than laws of levels. */
    levels_hash: string | null;
    /** What set fails aside; null where a judgement is older than the keeping of it. */
    asides_hash: string | null;
  };
  finding: {
    judgement: number;
    target: string;
    check: string;
    system: string;
    outcome: string;
    severity: string;
    body: string;
  };
  /** What the feeds answered of a target's software when it was judged: a snapshot of kind `reference`. */
  known: { judgement: number; target: string; hash: string };
  /** One return of a monitoring centre about one run; only ever added to. */
  detection_return: {
    id: Generated<number>;
    run: string;
    imported_at: string;
    hash: string;
    centre: string | null;
  };
  /** A marker that a centre saw; only ever added to. Absent texts are empty, so that a repeated row is the same key. */
  detection_sighting: {
    marker: string;
    seen_at: string;
    source: string;
    centre: string;
    run: string;
    system: string;
    target: string;
    detection_return: number;
  };
  assessment: { judgement: number; system: string; obligation: string; verdict: string; body: string };
  cost: {
    run: string;
    session: string;
    address: string;
    connections: number;
    datagrams: number;
    refused_by_guard: number;
    bytes_sent: number;
    bytes_received: number;
    peak_per_second: number;
  };
  resolver_cost: {
    run: string;
    session: string;
    server: string;
    queries: number;
    bytes_sent: number;
    bytes_received: number;
  };
  /** The chain. `body` is the record in canonical JSON, its number included, the two hashes not. */
  history: { seq: number; finding: string | null; run: string | null; prev: string; hash: string; body: string };
  /** One row, the last link; every writer changes it first, so writers wait for each other. */
  history_head: { id: 1; seq: number; hash: string };
  sighting: { run: string; finding: string; mark: string; at: string; evidence: string | null; cause: string | null };
  /** What the history of a finding comes to. */
  life: { finding: string; zone: string; system: string; body: string };
  /** A sheet sent to an organisation to be answered. */
  answer_sheet: { id: string; organisation: string; at: string; body: string };
  /** Where a declared name last led: `<system>\n<place>`, targets as JSON. */
  place: { zone: string; place: string; targets: string };
  /** One digest: `body` holds recipients, subject and what it tells. One a day for each organisation and channel. */
  notice: {
    organisation: string;
    channel: NoticeChannel;
    day: string;
    message_id: string;
    state: NoticeState;
    attempts: number;
    at: string;
    upto: number;
    answer: string | null;
    reason: string | null;
    body: string;
  };
  /** What sent digests have told; `subject` tells one trouble of a finding from the next. */
  notice_told: {
    organisation: string;
    channel: NoticeChannel;
    kind: ToldItem['kind'];
    finding: string;
    subject: string;
    first_on: string;
    last_on: string;
    times: number;
  };
  /** What a run lived through, in the order of its telling. */
  run_event: { id: Generated<number>; run: string; at: string; kind: string; body: string };
  /** Who paused or stopped all scanning; the newest holds. */
  fleet_switch: { id: Generated<number>; at: string; position: SwitchPosition; by: string; reason: string };
  /** A plan carried into a zone that no wire reaches. */
  carried_plan: { run: string; zone: string; issued_at: string; hash: string; inventory_hash: string; body: string };
  /** One look at all our own control servers of a zone: `body` holds what it cost them. */
  control_round: { run: string; round: number; at: string; body: string };
  /** One target of a control in a round: the target, its observations, what the feeds answered. */
  control_look: { run: string; round: number; control: string; target: string; body: string };
  /** Who works, or did within a week. Instants are the database's, not the worker's. */
  worker: {
    session: string;
    zone: string;
    host: string;
    pid: number;
    version: string;
    state: 'there' | 'gone' | 'lost';
    since: string;
    seen_at: string;
    lanes: number;
    done: number;
    clock_offset_ms: number;
  };
  /** Who may open sockets to an address, until when by the database's clock (ms); 0: nobody. */
  address_hold: { address: string; worker: string; fence: number; until_ms: number };
  /** Runs whose lanes go to workers. `sending`: not all lanes are in the queue yet. */
  dispatch: {
    run: string;
    zone: string;
    state: 'sending' | 'sent' | 'closed';
    starter: string;
    seen_at: string;
    /** Snapshot of the inventory that it was taken up with: its documents bind too. */
    also_hash: string | null;
    /** When it ends, whatever was not looked at by then; null: when all was. */
    ends_at: string | null;
  };
  /** Lanes under way: who has each, which attempt that is, and how many workers were lost over it. */
  lane: { run: string; lane: string; worker: string; attempt: number; losses: number; since: string };
  /**
   * A run whose raw observations were removed, from the moment the first went; `ended_at` is null until all did. `sha256`: of the
   * rows removed, in the order of their key. `body`: what was kept of them, and what they told of each system.
   */
  pruned: {
    run: string;
    at: string;
    ended_at: string | null;
    months: number;
    removed: number;
    bytes: number;
    sha256: string;
    body: string;
  };
  /** What a run saw and how it read, for trends: found out once, when it is taken in. */
  run_glance: { run: string; body: string };
  /** One row: what the scheduler last said of itself. */
  scheduler: { id: 1; at: string; body: string };
  /** What a finished scan or partial run saw of a system: targets that answered of those planned, first and last instant (null: none). */
  system_look: {
    run: string;
    system: string;
    first_at: string | null;
    at: string | null;
    seen: number;
    needed: number;
  };
  /** What was worked out of a run, by the hash of all that it was worked out from; may be thrown away at any time. */
  kept: { run: string; what: string; subject: string; key: string; body: string };
};
