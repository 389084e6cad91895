import { describeSuite } from '../../judge/view/suite.ts';
import type { Suite, TlsProtocol } from '../../model/facts/tls.ts';

/** Why a suite is not a strong one, gravest first; each is a word of the catalogue, `tls.note.<note>`. */
export const suiteNotes = ['null', 'anonymous', 'export', 'rc4', 'short-key', 'block64', 'static-key', 'cbc'] as const;
export type SuiteNote = (typeof suiteNotes)[number];

export type SuiteStrength = {
  readonly strength: 'good' | 'dated' | 'broken' | 'unknown';
  readonly notes: readonly SuiteNote[];
  /** Length of the key; absent where the name cannot be read. */
  readonly bits?: number;
};

const broken: ReadonlySet<SuiteNote> = new Set(['null', 'anonymous', 'export', 'rc4', 'short-key', 'block64']);

/** How strong a suite is by its name (RFC 9325, 4.1 and 4.2); the version that carries it is judged apart. */
export function strengthOf(protocol: TlsProtocol, suite: Suite): SuiteStrength {
  const view = describeSuite(protocol, suite);
  const { bits, authentication, cipher = '', blockBits, forwardSecret, aead } = view;
  if (bits === undefined) return { strength: 'unknown', notes: [] };
  const is: Readonly<Record<SuiteNote, boolean>> = {
    null: bits === 0,
    anonymous: authentication === 'none',
    export: view.export === true,
    rc4: cipher.startsWith('RC4'),
    'short-key': bits > 0 && bits < 112,
    block64: blockBits === 64,
    'static-key': forwardSecret === false,
    cbc: aead === false && blockBits === 128,
  };
  const notes = suiteNotes.filter((note) => is[note]);
  const strength = notes.length === 0 ? 'good' : notes.some((note) => broken.has(note)) ? 'broken' : 'dated';
  return { strength, notes, bits };
}
