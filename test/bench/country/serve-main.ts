// One server of the simulated country, in a process of its own. Forked; its first argument is JSON (ServeOrder). Says
// 'listening', then answers each message: 'served' with Served, 'visits' with Visit[].
import type { CountryOptions } from './country.ts';
import { serveCountry } from './serve.ts';

export type ServeOrder = { readonly country: CountryOptions; readonly server: number; readonly log: boolean };

const { country, server, log } = JSON.parse(process.argv[2] ?? '{}') as ServeOrder;
const running = await serveCountry(country, server, { log });
process.on('message', (question: 'served' | 'visits') => {
  process.send?.(question === 'served' ? running.served() : running.visits());
});
// Ctrl-C reaches us too; whoever started us says when it is over.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  process.exit();
});
process.send?.('listening');
