import { createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a hostile behaviour may do besides writing: repeat until the peer is gone, and know where things are. */
export type HostileContext = {
  /** `http://127.0.32.9:8080`, without a slash at the end. */
  readonly origin: string;
  /** Another loopback address with a socket that listens and must hear nothing. */
  readonly forbiddenOrigin: string;
};

type Behaviour = (socket: Socket, context: HostileContext) => void;

const head = (status: string, headers: readonly string[]) =>
  `HTTP/1.1 ${status}\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n`;
const answer = (headers: readonly string[], body: string): Behaviour => {
  const length = `Content-Length: ${Buffer.byteLength(body, 'latin1')}`;
  return (socket) => socket.end(head('200 OK', ['Content-Type: text/html', ...headers, length]) + body, 'latin1');
};
const redirect = (location: string | ((context: HostileContext) => string)): Behaviour => {
  return (socket, context) => {
    const to = typeof location === 'string' ? location : location(context);
    socket.end(head('302 Found', [`Location: ${to}`, 'Content-Length: 0']), 'latin1');
  };
};

/** Writes as fast as the peer reads, for as long as it reads. */
function pour(socket: Socket, chunk: Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}

/** Writes one byte at a time until the peer is gone. */
function drip(socket: Socket, text: string, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(text[at++ % text.length] ?? ' ');
  }, everyMs);
  socket.on('close', () => {
    clearInterval(timer);
  });
}

const megabyte = Buffer.alloc(1_048_576, 0x61);
const chunkOf = (size: number) => Buffer.from(`${size.toString(16)}\r\n${'a'.repeat(size)}\r\n`);
/** A quarter of a gigabyte in 260 kB: a short page, then the same 16 MB of nothing 16 times (members, RFC 1952 §2.2). */
const bomb = () => {
  const nothing = gzipSync(Buffer.alloc(16 * 1_048_576));
  return Buffer.concat([gzipSync('<title>bomb</title>'), ...Array.from({ length: 16 }, () => nothing)]);
};
const nastyTitle =
  '</p><b>\u001b[2J\u001b]0;owned\u0007 \u202egnp.exe =HYPERLINK(1) &lt;script&gt;alert(1)&lt;/script&gt;';

/** Every behaviour by the path that asks for it. */
export const hostileBehaviours = {
  'endless-headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    pour(socket, Buffer.from(`X-Filler: ${'a'.repeat(1000)}\r\n`));
  },
  'endless-header-line': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nX-Filler: ');
    pour(socket, megabyte);
  },
  'endless-reason': (socket) => {
    socket.write('HTTP/1.1 200 ');
    pour(socket, megabyte);
  },
  'endless-early-hints': (socket) => {
    pour(socket, Buffer.from(head('103 Early Hints', ['Link: </a.css>']).repeat(100)));
  },
  'ten-gigabytes': (socket) => {
    socket.write(head('200 OK', ['Content-Type: text/html', 'Content-Length: 10737418240']));
    socket.write('<title>big</title>');
    pour(socket, megabyte);
  },
  'endless-chunks': (socket) => {
    socket.write(head('200 OK', ['Content-Type: text/html', 'Transfer-Encoding: chunked']));
    pour(socket, chunkOf(65_536));
  },
  'one-byte-chunks': (socket) => {
    socket.write(head('200 OK', ['Content-Type: text/html', 'Transfer-Encoding: chunked']));
    pour(socket, Buffer.from('1\r\na\r\n'.repeat(10_000)));
  },
  'drip-headers': (socket) => {
    drip(socket, 'HTTP/1.1 200 OK\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 50);
  },
  'drip-body': (socket) => {
    socket.write(head('200 OK', ['Content-Type: text/html', 'X-Here: yes', 'Content-Length: 1000000']));
    drip(socket, '<title>slow</title>', 20);
  },
  silence: () => undefined,
  'close-at-once': (socket) => socket.end(),
  'reset-at-once': (socket) => socket.resetAndDestroy(),
  'reset-in-body': (socket) => {
    socket.write(head('200 OK', ['Content-Type: text/html', 'Content-Length: 5000']) + '<title>half</title>');
    // When whoever shares this process has surely read it: what a reset finds unread is lost.
    setTimeout(() => {
      afterTurns(50, () => socket.resetAndDestroy());
    }, 50);
  },
  'gzip-bomb': (socket) => {
    const body = bomb();
    const headers = ['Content-Type: text/html', 'Content-Encoding: gzip', `Content-Length: ${body.length}`];
    socket.write(head('200 OK', headers));
    socket.end(body);
  },
  'loop-a': redirect('/loop-b'),
  'loop-b': redirect('/loop-a'),
  'loop-self': redirect('/loop-self'),
  'to-metadata': redirect('http://169.254.169.254/latest/meta-data/'),
  'to-forbidden': redirect(({ forbiddenOrigin }) => `${forbiddenOrigin}/admin`),
  'to-forbidden-decimal': redirect(({ forbiddenOrigin }) => {
    const url = new URL(forbiddenOrigin);
    const number = url.hostname.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    return `http://${number}:${url.port}/`;
  }),
  'to-forbidden-mapped': redirect(({ forbiddenOrigin }) => {
    const url = new URL(forbiddenOrigin);
    return `http://[::ffff:${url.hostname}]:${url.port}/`;
  }),
  'to-name': redirect('http://stranger.test/'),
  'to-credentials': redirect(({ origin }) => `${origin.replace('//', '//user:secret@')}/plain#fragment`),
  'to-mail-port': redirect(({ origin }) => `http://${new URL(origin).hostname}:25/`),
  'to-file': redirect('file:///etc/passwd'),
  'to-javascript': redirect('javascript:alert(1)'),
  'to-data': redirect('data:text/html,<script>alert(1)</script>'),
  'to-nowhere': redirect('http://[broken'),
  'to-controls': redirect('/pl\u0001ain\u001b[2J?a=\tb'),
  'to-huge': redirect(`/${'a'.repeat(500_000)}`),
  'to-long': redirect(`/${'a'.repeat(10_000)}`),
  'space-before-colon': (socket) => {
    socket.end(head('200 OK', ['Server : weird/1.0', 'X-Frame-Options: DENY', 'Content-Length: 2']) + 'ok');
  },
  'folded-header': (socket) => {
    socket.end(head('200 OK', ['X-Folded: one', '  two', 'X-After: yes', 'Content-Length: 2']) + 'ok');
  },
  'control-in-header': (socket) => {
    socket.end(head('200 OK', ['X-Bad: a\u0001b\u0000c', 'X-After: yes', 'Content-Length: 2']) + 'ok', 'latin1');
  },
  'bare-line-feeds': (socket) => socket.end('HTTP/1.1 200 OK\nX-Bare: yes\nContent-Length: 2\n\nok'),
  'two-lengths': (socket) => {
    socket.end(head('200 OK', ['Content-Length: 2', 'Content-Length: 5']) + 'okoko');
  },
  'length-and-chunks': (socket) => {
    const headers = ['Content-Length: 2', 'Transfer-Encoding: chunked', 'Content-Type: text/html'];
    socket.end(head('200 OK', headers) + '2\r\nok\r\n0\r\n\r\n');
  },
  duplicates: answer(['X-Dup: 1', 'x-dup: 2', 'X-DUP: 3', 'Set-Cookie: a=1', 'Set-Cookie: b=2'], 'ok'),
  'many-headers': answer(
    Array.from({ length: 500 }, (_, at) => `X-${at}: ${at}`),
    'ok',
  ),
  'long-header': answer([`X-Long: ${'v'.repeat(20_000)}`], 'ok'),
  'raw-bytes-header': answer(['X-Bytes: \xe1\xbb\x87\xff'], 'ok'),
  'status-9999': (socket) => socket.end('HTTP/1.1 9999 Huge\r\n\r\n'),
  'status-42': (socket) => socket.end('HTTP/1.1 042 Small\r\nContent-Length: 0\r\n\r\n'),
  'status-999': (socket) => socket.end(head('999 Odd', ['Content-Length: 0'])),
  'http-0.9': (socket) => socket.end('<html><title>old</title></html>'),
  'not-http': (socket) => socket.end('220 mail.example ESMTP ready\r\n'),
  binary: (socket) => socket.end(Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256))),
  'switching-protocols': (socket) => {
    socket.end(head('101 Switching Protocols', ['Upgrade: websocket', 'Connection: Upgrade']));
  },
  'unasked-continue': (socket) => {
    socket.end(head('100 Continue', []) + head('200 OK', ['X-After: continue', 'Content-Length: 2']) + 'ok');
  },
  'nasty-words': answer(
    ['X-Nasty: \u001b[2J<script>alert(1)</script>', 'Server: =cmd|calc!A1'],
    `<meta name=generator content='"><img src=x onerror=alert(1)>'><title>${Buffer.from(nastyTitle).toString('latin1')}</title>`,
  ),
  'unclosed-everything': answer([], `<title>${'<a href="'.repeat(20_000)}${'<!--'.repeat(20_000)}`),
  plain: answer(['X-Plain: yes'], '<title>plain</title>'),
} satisfies Record<string, Behaviour>;

export type HostileName = keyof typeof hostileBehaviours;

export type HostileServer = {
  readonly address: string;
  readonly port: number;
  readonly url: (name: HostileName) => string;
  /** Requests heard so far, as they were sent. */
  readonly heard: () => readonly string[];
  /** Connections open now. */
  readonly open: () => number;
  readonly close: () => Promise<void>;
};

/** Starts one server that behaves as the path of each request names. */
export async function startHostile(options: {
  readonly address: string;
  readonly port?: number;
  readonly forbiddenOrigin?: string;
}): Promise<HostileServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      const request = data.toString('latin1');
      requests.push(request);
      const name = /^GET \/([\w.-]*)/.exec(request)?.[1] ?? '';
      const behaviour = Object.hasOwn(hostileBehaviours, name) ? hostileBehaviours[name as HostileName] : undefined;
      (behaviour ?? hostileBehaviours.plain)(socket, context);
    });
  });
  const port = await listen(server, options.address, options.port ?? 0);
  const origin = `http://${options.address}:${port}`;
  const context: HostileContext = { origin, forbiddenOrigin: options.forbiddenOrigin ?? 'http://192.0.2.1' };
  return {
    address: options.address,
    port,
    url: (name) => `${origin}/${name}`,
    heard: () => requests,
    open: () => sockets.size,
    close: () => closeAll(server, sockets),
  };
}

/** Turns of the loop, in each of which what came is read. */
function afterTurns(count: number, then: () => void): void {
  if (count === 0) then();
  else setImmediate(afterTurns, count - 1, then);
}

/** A socket that counts who calls, and says `text` to them, if anything, before closing. For TLS ports that talk garbage. */
export async function startListener(
  address: string,
  text?: Buffer,
  port = 0,
): Promise<{ readonly port: number; readonly calls: () => number; readonly close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (text !== undefined) socket.once('data', () => socket.end(text));
  });
  const bound = await listen(server, address, port);
  return { port: bound, calls: () => calls, close: () => closeAll(server, sockets) };
}

function listen(server: Server, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
    });
  });
}

function closeAll(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
