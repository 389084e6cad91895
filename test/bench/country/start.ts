import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CountryOptions } from './country.ts';
import type { Served, Visit } from './serve.ts';
import type { ServeOrder } from './serve-main.ts';

export type RunningCountry = {
  readonly pids: readonly number[];
  /** Of all its servers together; the lag is the worst. */
  readonly served: () => Promise<Served>;
  /** Connections that have closed since the last call. */
  readonly visits: () => Promise<readonly Visit[]>;
  readonly stop: () => Promise<void>;
};

const main = fileURLToPath(new URL('serve-main.ts', import.meta.url));

/** Starts the servers of a country, each in a process of its own. */
export async function startCountry(
  country: CountryOptions,
  options: { readonly log?: boolean } = {},
): Promise<RunningCountry> {
  const children = await Promise.all(
    Array.from({ length: country.servers }, async (_, server) => {
      const order: ServeOrder = { country, server, log: options.log ?? false };
      const child = fork(main, [JSON.stringify(order)], { execArgv: ['--max-semi-space-size=4'] });
      await answerOf(child);
      return child;
    }),
  );
  const ask = (question: 'served' | 'visits') =>
    Promise.all(
      children.map((child) => {
        const told = answerOf(child);
        child.send(question);
        return told;
      }),
    );
  return {
    pids: children.map(({ pid = 0 }) => pid),
    served: async () => {
      const each = (await ask('served')) as readonly Served[];
      const sum = (of: (one: Served) => number) => each.reduce((total, one) => total + of(one), 0);
      return {
        accepted: sum(({ accepted }) => accepted),
        requests: sum(({ requests }) => requests),
        open: sum(({ open }) => open),
        lagMs: Math.max(...each.map(({ lagMs }) => lagMs)),
      };
    },
    visits: async () => ((await ask('visits')) as readonly (readonly Visit[])[]).flat(),
    stop: async () => {
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          if (child.connected) child.disconnect();
          await gone;
        }),
      );
    },
  };
}

/** The next thing a server says; throws when it ends instead, with how. */
function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => {
      reject(new Error(`a server of the country ended with ${String(code)}`));
    };
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer);
    });
  });
}
