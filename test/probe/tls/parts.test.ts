import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/model/failure.ts';
import type { TlsContext } from '../../../src/probe/tls/context.ts';
import { directDial } from '../../../src/probe/tls/exchange.ts';
import { mergeFacts, runParts } from '../../../src/probe/tls/parts.ts';
import { openWire, serviceTarget } from '../../servers/tls-wire.ts';

const signal = new AbortController().signal;
const context: TlsContext = {
  dial: directDial({ wire: openWire(), address: '127.0.61.13', port: 443, signal, answerMs: 100 }),
  sni: undefined,
  seen: { facts: { protocols: {} }, versions: [], chains: [] },
  target: serviceTarget('127.0.61.13', 443),
  extraRoots: [],
};

describe('the parts of the prober', () => {
  it('fill features and faults together, later facts over earlier', () => {
    const merged = mergeFacts([
      { features: { heartbeat: true }, dh: [] },
      { features: { earlyData: 0 }, faults: { pkcs1Oracle: 'none' } },
      { jarm: '0', faults: { heartbeatOverread: false } },
    ]);
    expect(merged).toEqual({
      dh: [],
      jarm: '0',
      features: { heartbeat: true, earlyData: 0 },
      faults: { pkcs1Oracle: 'none', heartbeatOverread: false },
    });
    expect(mergeFacts([{}, {}])).toEqual({});
  });

  it('lose no more than themselves to what the target did', async () => {
    const refused = () => Promise.reject(new FailureError('refused', 'connection refused'));
    expect(await runParts(context, [refused, () => Promise.resolve({ jarm: '0' })])).toEqual({ jarm: '0' });
  });

  it('throw what is our own fault', async () => {
    const bug = () => Promise.reject(new TypeError('no such thing'));
    await expect(runParts(context, [bug, () => Promise.resolve({ jarm: '0' })])).rejects.toThrow(TypeError);
  });
});
