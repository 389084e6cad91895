import { setTimeout as wait } from 'node:timers/promises';

/** What was waited for did not come in its time: a run that did not recover, which is told in the table. */
class NotInTime extends Error {}

/** Asks again and again until something holds; throws NotInTime with what `told` says of it. */
export async function until(
  mostMs: number,
  what: string,
  holds: () => Promise<boolean> | boolean,
  told: () => Promise<string> | string = () => '',
): Promise<void> {
  for (const since = Date.now(); !(await holds());) {
    if (Date.now() - since > mostMs)
      throw new NotInTime(`${what} did not come within ${mostMs / 1000} s ${await told()}`.trimEnd());
    await wait(100);
  }
}

/** Waits for something that comes by itself. */
export async function within<T>(mostMs: number, what: string, coming: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = wait(mostMs, undefined, { signal: timer.signal }).then(() => {
    throw new NotInTime(`${what} did not come within ${mostMs / 1000} s`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([coming, late]);
  } finally {
    timer.abort();
  }
}
