/** One thing without which a process should be given no work. */
export type ReadyCheck = {
  /** `store`, `migrations`, `disk`, `clock` ... */
  readonly name: string;
  readonly check: () => Promise<ReadyAnswer>;
};
/** `detail`: a few words for who looks, without a secret or an address. */
export type ReadyAnswer = { readonly ok: boolean; readonly detail: string };
export type Readiness = {
  readonly ready: boolean;
  readonly checks: readonly (ReadyAnswer & { readonly name: string })[];
};

/** No check may keep whoever asks waiting. */
const patienceMs = 3_000;
/** Whoever asks ten times a second still asks the store once. */
const keepMs = 1_000;

/** Asks all checks at once; one that throws or does not answer in time is not ready. Asked again within a second it answers the same. */
export function createReadiness(checks: readonly ReadyCheck[]): () => Promise<Readiness> {
  let kept: { readonly until: number; readonly answer: Promise<Readiness> } | undefined;
  return () => {
    const now = performance.now();
    if (kept === undefined || kept.until < now) kept = { until: now + keepMs, answer: askAll(checks) };
    return kept.answer;
  };
}

async function askAll(checks: readonly ReadyCheck[]): Promise<Readiness> {
  const answers = await Promise.all(checks.map(async ({ name, check }) => ({ name, ...(await inTime(check)) })));
  return { ready: answers.every(({ ok }) => ok), checks: answers };
}

async function inTime(check: ReadyCheck['check']): Promise<ReadyAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ReadyAnswer>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ok: false, detail: 'no answer in time' });
    }, patienceMs);
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    // What a driver says may hold an address; its code does not.
    const code = error instanceof Error && 'code' in error ? String(error.code).slice(0, 40) : 'failed';
    return { ok: false, detail: code };
  } finally {
    clearTimeout(timer);
  }
}
