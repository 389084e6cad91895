import { existsSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import type { Identity } from '../servers/certificates.ts';
import { runNginx, type Listen } from '../servers/nginx.ts';
import type { RunningServer } from '../servers/process.ts';
import { startSshd } from '../servers/sshd.ts';

/** Ends a server; resolves when its port is free. */
export type Stop = () => Promise<void>;

/** What a page answers, whatever is asked. */
export type Page = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
};

export async function startHttp(address: string, port: number, page: Page): Promise<Stop> {
  return listen(createHttp(answer(page)), address, port);
}

export async function startHttps(
  address: string,
  port: number,
  identity: Identity,
  page: Page,
  options: ServerOptions = {},
): Promise<Stop> {
  return listen(createHttps({ cert: identity.certPem, key: identity.keyPem, ...options }, answer(page)), address, port);
}

function answer({ status = 200, headers = {}, body = '' }: Page): RequestListener {
  return (_request, response) => {
    response.sendDate = false;
    for (const [name, value] of Object.entries(headers))
      response.setHeader(name, typeof value === 'string' ? value : [...value]);
    if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.writeHead(status).end(body);
  };
}

/** Says something at once, and something else to whatever it is told. */
export async function startTalker(
  address: string,
  port: number,
  greeting: string | Buffer,
  reply?: string,
): Promise<Stop> {
  return listen(
    createTcp((socket) => {
      socket.on('error', () => undefined);
      if (greeting.length > 0) socket.write(greeting);
      if (reply !== undefined) socket.on('data', () => socket.write(reply));
    }),
    address,
    port,
  );
}

/** Accepts and says nothing; counts who came. */
export async function startSilence(
  address: string,
  port: number,
): Promise<{ readonly stop: Stop; readonly heard: () => number }> {
  let heard = 0;
  const stop = await listen(
    createTcp((socket) => {
      heard += 1;
      socket.on('error', () => undefined);
    }),
    address,
    port,
  );
  return { stop, heard: () => heard };
}

async function listen(server: Server, address: string, port: number): Promise<Stop> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  return () =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => {
        resolve();
      });
    });
}

/** nginx where it is installed, with the given servers; undefined elsewhere. */
export async function startNginxIfHere(folder: string, servers: string, listen: Listen): Promise<Stop | undefined> {
  if (!existsSync('/usr/sbin/nginx')) return undefined;
  return stopOf(runNginx(folder, `server_tokens off; default_type text/html; ${servers}`, [listen]));
}

/** OpenSSH where it is installed; undefined elsewhere. */
export async function startSshdIfHere(folder: string, address: string, port: number): Promise<Stop | undefined> {
  if (!existsSync('/usr/sbin/sshd') || !existsSync('/usr/bin/ssh-keygen')) return undefined;
  return stopOf(startSshd(folder, { host: address, port }));
}

/** Undefined for a program that will not run here. */
async function stopOf(starting: Promise<RunningServer>): Promise<Stop | undefined> {
  try {
    return (await starting).stop;
  } catch {
    return undefined;
  }
}
