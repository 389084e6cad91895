import picocolors from 'picocolors';

type Colors = ReturnType<typeof picocolors.createColors>;
type Line = Readonly<Record<string, unknown>>;

/** Said in the head of a line, or by the process that prints it. */
const inHead = new Set(['time', 'level', 'name', 'pid', 'msg', 'error']);

/** A line of the log for a person at a terminal: time of day (UTC), level, who, message, `field=value`; where a bug was thrown below. */
export function plainLine(json: string, colors: Colors): string {
  let line: Line;
  try {
    line = JSON.parse(json) as Line;
  } catch {
    return json;
  }
  const level = wordOf(line['level']);
  const mark = paint(level, colors)(level.toUpperCase().padEnd(5));
  const head = `${colors.dim(wordOf(line['time']).slice(11, 19))} ${mark} ${colors.dim(`${wordOf(line['name'])}:`)} ${wordOf(line['msg'])}`;
  const rest = Object.entries(line)
    .filter(([key]) => !inHead.has(key))
    .map(([key, value]) => ` ${colors.dim(`${key}=`)}${wordOf(value)}`);
  return `${head}${rest.join('')}${faultOf(line['error'], colors)}\n`;
}

function faultOf(error: unknown, colors: Colors): string {
  if (typeof error !== 'object' || error === null) return error === undefined ? '' : ` error=${wordOf(error)}`;
  const { type, message, code, stack, ...rest } = error as Line;
  const said = [type, code, message].filter((part) => part !== undefined).map(wordOf);
  const more = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`;
  const places = Array.isArray(stack) ? stack.map((place) => `\n    ${colors.dim(wordOf(place))}`).join('') : '';
  return ` ${colors.red(said.join(': '))}${more}${places}`;
}

const wordOf = (value: unknown): string =>
  typeof value === 'string' ? (/["=]/.test(value) ? JSON.stringify(value) : value) : JSON.stringify(value ?? '');

function paint(level: string, colors: Colors): (text: string) => string {
  if (level === 'error' || level === 'fatal') return colors.red;
  if (level === 'warn') return colors.yellow;
  return level === 'info' ? colors.green : colors.dim;
}
