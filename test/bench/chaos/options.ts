import { parseArgs } from 'node:util';

export type Options = {
  readonly times: number;
  readonly endpoints: number;
  readonly only: RegExp;
  readonly seed: number;
  readonly patienceMs: number;
  readonly withoutFence: boolean;
};

const help = `npm run bench:chaos [-- OPTIONS]   (root; makes a network of its own)

  --only REGEX      faults whose "engine: name" it matches; --list prints them
  --times N         trials of each fault (2)
  --endpoints N     of the province that is scanned (90; fewer than 40 are over before they can be struck)
  --patience S      how long a run may take to recover or end, in seconds (300)
  --seed N          of the province and of the moments of the strikes (20261126)
  --without-fence   a copy of the program without its fences, and the fault they are for: must end with 1
  --list, --help

Exit codes: 0 nothing lost, doubled or wrong; 1 something was; 2 it cannot be run here; 3 without fences and nothing was found;
130 stopped by Ctrl-C, with everything taken away that was set up.`;

/** Reads the command line; undefined where it asks for help or the list. Throws on what is no option. */
export function readOptions(args: readonly string[], list: () => string): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      times: { type: 'string', default: '2' },
      endpoints: { type: 'string', default: '90' },
      seed: { type: 'string', default: '20261126' },
      only: { type: 'string', default: '' },
      patience: { type: 'string', default: '300' },
      'without-fence': { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.list) {
    console.log(values.help ? help : list());
    return undefined;
  }
  const count = (name: 'times' | 'endpoints' | 'seed' | 'patience') => {
    const number = Number(values[name]);
    if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} ${values[name]}: a whole number from 1`);
    return number;
  };
  return {
    times: count('times'),
    endpoints: count('endpoints'),
    seed: count('seed'),
    patienceMs: count('patience') * 1000,
    only: new RegExp(values.only),
    withoutFence: values['without-fence'],
  };
}
