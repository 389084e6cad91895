type Listeners = { readonly calls: Set<() => void> };

const known = new WeakMap<AbortSignal, Listeners>();

/**
 * Calls `call` once when `signal` aborts, and gives what takes it back. One signal governs a whole observation with
 * hundreds of short connections: here it gets one event listener for all of them, which costs a tenth of one for each.
 */
export function onAbort(signal: AbortSignal | undefined, call: () => void): () => void {
  if (signal === undefined) return () => undefined;
  const { calls } = known.get(signal) ?? listen(signal);
  calls.add(call);
  return () => {
    calls.delete(call);
  };
}

function listen(signal: AbortSignal): Listeners {
  const listeners = { calls: new Set<() => void>() };
  known.set(signal, listeners);
  signal.addEventListener(
    'abort',
    () => {
      // One call may take another back: that is not called any more, as with event listeners.
      for (const call of [...listeners.calls]) if (listeners.calls.delete(call)) call();
    },
    { once: true },
  );
  return listeners;
}
