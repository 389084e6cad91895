import type { Desk } from '../../model/desk.ts';
import type { Desks } from './desks.ts';
import { calls, Refusal, type Answers, type Asks, type CallName } from './protocol.ts';
import type { ZoneAgent } from './zone-settings.ts';

export type Surroundings = {
  readonly agent: ZoneAgent;
  readonly desks: Desks;
  readonly version: string;
  /** Whether somebody else works for the agent's zone. */
  readonly others: () => Promise<boolean>;
};

type Ask<Name extends CallName> = Asks[Name] & { readonly session: string };
type Answerer<Name extends CallName> = (ask: Ask<Name>, desk: Desk) => Promise<Answers[Name]>;

/** Carries out one call at the desk of its session. Throws Refusal for what has not the agreed shape. */
export async function answerCall(name: CallName, body: unknown, surroundings: Surroundings): Promise<object> {
  const { ask: border } = calls[name];
  if (!border(body)) {
    const [error] = border.errors ?? [];
    throw new Refusal('shape', `${error?.instancePath ?? ''} ${error?.message ?? ''}`.trim());
  }
  const { agent, desks, version, others } = surroundings;
  const { session } = body as { readonly session: string };
  if (name === 'whoami') return { zone: agent.zone, name: agent.name } satisfies Answers['whoami'];
  if (name === 'bye') {
    await desks.leave(agent, session);
    return {};
  }
  if (name === 'hello') {
    const { about } = body as Ask<'hello'>;
    if (about.session !== session || about.zone !== agent.zone) throw new Refusal('zone', 'another zone or session');
    const desk = await desks.open(agent, session);
    const { now } = await desk.hello({ ...about, host: agent.name });
    return { now, version } satisfies Answers['hello'];
  }
  if (name === 'touch') {
    const { leases } = body as Ask<'touch'>;
    const answer = await desks.of(agent, session).touch(leases);
    return { ...answer, others: await others() } satisfies Answers['touch'];
  }
  const answer = answerers[name] as (ask: unknown, desk: Desk) => Promise<object>;
  return answer(body, desks.of(agent, session));
}

const answerers: { readonly [Name in Exclude<CallName, 'whoami' | 'hello' | 'touch' | 'bye'>]: Answerer<Name> } = {
  take: async ({ atMost }, desk) => ({ lanes: await desk.take(atMost) }),
  order: async ({ run }, desk) => ({ order: await desk.order(run) }),
  locate: async ({ lease, located }, desk) => ({ became: await desk.locate(lease, located) }),
  deliver: async ({ lease, results }, desk) => ({ delivered: await desk.deliver(lease, results) }),
  costs: async ({ run, told }, desk) => {
    await desk.costs(run, told);
    return {};
  },
  controls: async ({ run, round }, desk) => ({ became: await desk.controls(run, round) }),
  finish: async ({ lease }, desk) => {
    await desk.finish(lease);
    return {};
  },
  'give-back': async ({ lease }, desk) => {
    await desk.giveBack(lease);
    return {};
  },
  'hold-take': async ({ address }, desk) => holdOf(await desk.holds.take(address)),
  'hold-renew': async ({ hold }, desk) => holdOf(await desk.holds.renew(hold)),
  'hold-release': async ({ hold }, desk) => {
    await desk.holds.release(hold);
    return {};
  },
};

const holdOf = (hold: Awaited<ReturnType<Desk['holds']['take']>>) => (hold === undefined ? {} : { hold });
