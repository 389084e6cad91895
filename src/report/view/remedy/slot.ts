/** What a piece of configuration sets, so that two checks that set the same are told once. */
export type Slot = {
  /** Two pieces with one key set the same thing. */
  readonly key: string;
  /** What both say together; undefined where they contradict one another. */
  readonly join: (first: string, second: string) => string | undefined;
};

/** The header that a line sets, in the words of each server: before the value, name, value, after it. */
const headerLines = [
  /^(\s*add_header (\S+) ")([^"]*)(".*)$/,
  /^(\s*Header always set (\S+) ")([^"]*)(".*)$/,
  /^(\s*<add name="([^"]+)" value=")([^"]*)(".*)$/,
];

/** Headers whose value is a list of directives, and what stands between them. */
const lists: Readonly<Record<string, string>> = {
  'content-security-policy': ';',
  'strict-transport-security': ';',
  'permissions-policy': ',',
};

/** Directives of which a server takes one value. */
const single = [
  /^(ssl_(?:protocols|ciphers|ecdh_curve|prefer_server_ciphers|session_timeout|session_tickets|stapling|early_data|conf_command \S+)) /,
  /^(server_tokens|autoindex|return|http2|proxy_redirect \S+) /,
  /^(SSLProtocol|SSLCipherSuite|SSLHonorCipherOrder|SSLCompression|SSLUseStapling|SSLSessionTickets) /,
  /^(SSLOpenSSLConfCmd \S+|ServerTokens|ServerSignature|TraceEnable|Protocols) /,
  /^<(SSLHostConfig) protocols=/,
  /^(ciphers)="/,
  /^(server \{\n\s+listen 80)[ ;]/,
  /^<(VirtualHost \S+:80)>/,
];

/** Of several of these nginx takes the first that fits a cookie, so that three lines would set one flag. */
const cookieFlags = /^(proxy_cookie_flags \S+) ([^;]+);$/;

/** Elements that may stand once, with their attributes. */
const elements =
  /^<(httpCookies|sessionState|httpRuntime|requestFiltering|hsts|CookieProcessor)((?: [\w-]+="[^"]*")+) \/>$/;

/** What a piece sets; undefined: it stands for itself, and only the same words are the same piece. */
export function slotOf(piece: string): Slot | undefined {
  const name = headerLines.map((line) => line.exec(piece)?.[2]).find((one) => one !== undefined);
  if (name !== undefined) return { key: `header ${name.toLowerCase()}`, join: joinHeaders(name.toLowerCase()) };
  const flags = cookieFlags.exec(piece);
  if (flags !== null) return { key: flags[1] ?? '', join: joinFlags };
  const element = elements.exec(piece);
  if (element !== null) return { key: `<${element[1] ?? ''}>`, join: joinAttributes };
  const directive = single.map((line) => line.exec(piece)?.[1]).find((one) => one !== undefined);
  return directive === undefined ? undefined : { key: directive.replace(/\s+/, ' '), join: () => undefined };
}

function joinHeaders(name: string): Slot['join'] {
  const between = lists[name];
  return (first, second) => {
    if (between === undefined) return undefined;
    const [, before = '', , value = '', after = ''] = partsOf(first);
    const [, , , other = ''] = partsOf(second);
    const joined = joinLists(value, other, between);
    return joined === undefined ? undefined : `${before}${joined}${after}`;
  };
}

const joinFlags: Slot['join'] = (first, second) => {
  const flags = [first, second].flatMap((piece) => (cookieFlags.exec(piece)?.[2] ?? '').split(' '));
  return `${cookieFlags.exec(first)?.[1] ?? ''} ${[...new Set(flags)].join(' ')};`;
};

/** The attributes of both; undefined where they give one two values. */
const joinAttributes: Slot['join'] = (first, second) => {
  const [, name = '', own = ''] = elements.exec(first) ?? [];
  const all = new Map<string, string>();
  for (const [text, key = ''] of [own, elements.exec(second)?.[2] ?? ''].flatMap((one) => [
    ...one.matchAll(/ ([\w-]+)="[^"]*"/g),
  ])) {
    if ((all.get(key) ?? text) !== text) return undefined;
    all.set(key, text);
  }
  return `<${name}${[...all.values()].join('')} />`;
};

function partsOf(piece: string): readonly string[] {
  return headerLines.map((line) => line.exec(piece)).find((found) => found !== null) ?? [];
}

/** The directives of both; undefined where both have one and do not say the same of it. */
function joinLists(first: string, second: string, between: string): string | undefined {
  const own = directives(first, between);
  const added: string[] = [];
  for (const [name, text] of directives(second, between)) {
    const there = own.get(name);
    if (there === undefined) added.push(text);
    else if (there !== text) return undefined;
  }
  return [...own.values(), ...added].join(`${between} `);
}

function directives(value: string, between: string): ReadonlyMap<string, string> {
  return new Map(
    value
      .split(between)
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => [(/^[^\s=]+/.exec(one)?.[0] ?? one).toLowerCase(), one]),
  );
}
