import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/probe/tls/answer.ts';
import { agree, type AgreementPlan } from '../../../../src/probe/tls/survey/agreement.ts';
import { uint16s, vector } from '../../../../src/probe/tls/wire/bytes.ts';

const refused: Answer = { kind: 'alert', alert: { fatal: true, code: 40, name: 'handshake_failure' } };

function agreed(group: number, scheme: number): Answer {
  const keyExchange = Buffer.concat([
    Buffer.of(3),
    uint16s([group]),
    vector(1, Buffer.alloc(32, 1)),
    uint16s([scheme]),
    vector(2, Buffer.alloc(64, 1)),
  ]);
  const hello = {
    version: 0x0303,
    suite: 0xc02f,
    compression: 0,
    retry: false,
    sessionIdBytes: 0,
    extensions: new Map<number, Buffer>(),
  };
  return { kind: 'hello', hello, rest: { keyExchange, done: true } };
}

type Server = {
  readonly groups: readonly number[];
  readonly schemes: readonly number[];
  /** The server's own order counts. */
  readonly decides?: boolean;
  /** Without this group in the offer nothing is had. */
  readonly binds?: number;
  readonly refusal?: Answer;
};

/** Runs the elimination against a server of these sets; `after` overrides its answer to the n-th question. */
async function given(
  server: Server,
  plan: Partial<AgreementPlan> = {},
  after: (asked: number) => Answer | undefined = () => undefined,
) {
  let asked = 0;
  const choose = (own: readonly number[], offered: readonly number[]) =>
    server.decides === true ? own.find((code) => offered.includes(code)) : offered.find((code) => own.includes(code));
  const result = await agree({
    ask: (groups, schemes) => {
      asked += 1;
      const group = choose(server.groups, groups);
      const scheme = choose(server.schemes, schemes);
      const bound = server.binds === undefined || groups.includes(server.binds);
      const answer = group !== undefined && scheme !== undefined && bound ? agreed(group, scheme) : undefined;
      return Promise.resolve(after(asked) ?? answer ?? server.refusal ?? refused);
    },
    known: { groups: [], schemes: [] },
    wants: { groups: true, schemes: true },
    most: 32,
    ...plan,
  });
  const whole = (set: typeof result.groups) => set.complete || set.remaining.length === 0;
  return {
    asked,
    groups: [...result.groups.accepted].sort((a, b) => a - b),
    schemes: [...result.schemes.accepted].sort((a, b) => a - b),
    complete: [whole(result.groups), whole(result.schemes)],
  };
}

describe('agree', () => {
  const five = [0x17, 0x18, 0x19, 0x1d, 0x1e];
  const seven = [0x0301, 0x0401, 0x0501, 0x0601, 0x0804, 0x0805, 0x0806];

  it.each([
    [five, seven],
    [[0x17], seven],
    [five, [0x0201]],
    [[0x01], [0x0101]],
  ])('finds groups %j and schemes %j for little more than the longer list costs', async (groups, schemes) => {
    for (const decides of [true, false]) {
      const found = await given({ groups, schemes, decides });
      expect(found).toMatchObject({ groups, schemes, complete: [true, true] });
      expect(found.asked).toBeLessThanOrEqual(Math.max(groups.length, schemes.length) + 3);
    }
  });

  it('does not ask for what was seen before', async () => {
    const known = { groups: five, schemes: [0x0804] };
    const found = await given({ groups: five, schemes: [0x0804] }, { known });
    expect(found).toMatchObject({ groups: five, schemes: [0x0804], complete: [true, true] });
    expect(found.asked).toBeLessThanOrEqual(3);
  });

  it.each([true, false])(
    'keeps the curve of an elliptic certificate in the offer (server decides: %s)',
    async (decides) => {
      const server = { groups: [0x1d, 0x18, 0x17], schemes: [0x0403, 0x0503], binds: 0x17, decides };
      const found = await given(server, { anchor: 0x17 });
      expect(found.groups).toEqual([0x17, 0x18, 0x1d]);
      expect(found.complete).toEqual([true, true]);
      // Without it the server must refuse, and half of its groups would be missing.
      if (!decides) expect((await given({ ...server, groups: [0x17, 0x18, 0x1d] })).groups).not.toContain(0x18);
    },
  );

  it('takes the end of the connection for a refusal only around a good answer', async () => {
    const closed: Answer = { kind: 'closed', by: 'reset' };
    const known = { groups: [0x17], schemes: [0x0401] };
    const refusing = await given({ groups: [0x17], schemes: [0x0401], refusal: closed }, { known });
    expect(refusing).toMatchObject({ groups: [0x17], schemes: [0x0401], complete: [true, true] });
    const limiting = await given({ groups: five, schemes: seven }, { known }, (asked) =>
      asked > 2 ? closed : undefined,
    );
    expect(limiting.complete).toEqual([false, false]);
    expect(limiting.asked).toBeLessThanOrEqual(5);
  });

  it('stops when it is told nothing, and at its limit', async () => {
    const mute = await given({ groups: five, schemes: seven }, {}, (asked) =>
      asked > 2 ? { kind: 'timeout' } : undefined,
    );
    expect(mute).toMatchObject({ asked: 3, complete: [false, false] });
    const capped = await given({ groups: five, schemes: seven }, { most: 4 });
    expect(capped.asked).toBeLessThanOrEqual(5);
    expect(capped.complete).toEqual([false, false]);
  });

  it('is done with a server that signs with what it was not offered', async () => {
    const found = await given({ groups: [0x17], schemes: seven }, {}, (asked) =>
      asked > 3 ? agreed(0x17, 0x0201) : undefined,
    );
    expect(found.schemes).toContain(0x0201);
    expect(found.asked).toBeLessThanOrEqual(6);
  });
});
