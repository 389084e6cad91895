// The fuzzed servers in a process of their own, so that the prober's memory is told apart from theirs. Started by tls-campaign.ts.
import { startTlsProtocols, type StartTls } from '../../src/model/facts/tls.ts';
import { transcripts } from '../probe/tls/starttls/transcripts.ts';
import { startStartTls, type Lines } from '../servers/starttls-fake.ts';
import { startFuzzedServer, type FuzzCase, type FuzzedServer, type Place } from './tls-server.ts';

/** What the campaign says: first the places, then which case begins in which lane, at last that it wants the counts. */
export type ToServer =
  | {
      readonly kind: 'listen';
      readonly places: readonly Place[];
      /** Where the servers that begin in clear are to stand: one port after another, in the order of `startTlsProtocols`. */
      readonly clear: Place;
      readonly pem: { readonly key: string; readonly cert: string };
    }
  | { readonly kind: 'begin'; readonly lane: number; readonly next: FuzzCase }
  | { readonly kind: 'counts' };

let servers: FuzzedServer[] = [];

// Whoever asked is gone.
process.on('disconnect', () => process.exit());

process.on('message', (message: ToServer) => {
  void answer(message);
});

async function answer(message: ToServer): Promise<void> {
  switch (message.kind) {
    case 'listen':
      for (const [index, startTls] of startTlsProtocols.entries()) {
        const { host, port } = message.clear;
        await startStartTls({ host, port: port + index }, linesOf(startTls), message.pem);
      }
      servers = await Promise.all(message.places.map(startFuzzedServer));
      process.send?.({ kind: 'listening' });
      return;
    case 'begin':
      servers[message.lane]?.begin(message.next);
      process.send?.({ kind: 'begun', lane: message.lane });
      return;
    case 'counts':
      process.send?.({ kind: 'counts', counts: servers.map((server) => server.counts()) });
      return;
  }
}

/** What a server of the protocol says; one of mysql waits for the SSLRequest, whose 36 bytes have no answer. */
function linesOf(startTls: StartTls): Lines {
  const lines = transcripts[startTls].map(({ say, ...rest }) => ({ ...rest, say: Buffer.from(say, 'latin1') }));
  return startTls === 'mysql' ? [...lines, { after: /^.{36}$/s }] : lines;
}
