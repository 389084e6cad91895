import picocolors from 'picocolors';
import { pino } from 'pino';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { clean, cleanText, type Plain } from './clean.ts';
import { plainLine } from './plain-line.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What a line tells beside its message. `run`, `zone`, `worker` are the standard ones; an error goes under `error`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** One thing that happened: a short English name of it (`lane taken`), with fields before it where there are any. */
export type LogCall = {
  (text: string): void;
  (fields: LogFields | Error, text: string): void;
};

export type Log = Readonly<Record<Exclude<LogLevel, 'silent'>, LogCall>> & {
  readonly level: LogLevel;
  /** A log whose every line has these fields too. */
  readonly child: (fields: LogFields) => Log;
};

export type LogOptions = {
  /** Who speaks: `worker`, `scheduler`, `gateway`, `agent` ... */
  readonly name: string;
  /** Absent: `RASOAT_LOG`, or else `info`. */
  readonly level?: LogLevel;
  /** Absent: standard error. Lines of JSON, or for a terminal lines to be read by people. */
  readonly destination?: { readonly write: (line: string) => unknown; readonly isTTY?: boolean };
  readonly fields?: LogFields;
  readonly env?: Readonly<Record<string, string | undefined>>;
};

/**
 * The log of a process that runs for long. One JSON object a line: `time` (ISO 8601, UTC), `level`, `name`, `pid`, `msg`, fields. No
 * field, text or error of anybody's brings a secret, a control character or more than some kilobytes into it; only bugs bring the place
 * where they were thrown. Written before the call returns, so that a killed process has said what it did.
 *
 * Throws UserError where `RASOAT_LOG` is no level.
 */
export function createLog(options: LogOptions): Log {
  const env = options.env ?? process.env;
  const level = options.level ?? levelOf(env['RASOAT_LOG']);
  const to = options.destination;
  const terminal = (to ?? process.stderr).isTTY === true;
  const colors = picocolors.createColors(terminal && (env['NO_COLOR'] ?? '') === '');
  const raw = to ?? pino.destination({ fd: 2, sync: true });
  const logger = pino(
    {
      level,
      base: { name: cleanText(options.name, 60), pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      // Errors are plain by then; pino would read them as errors of its own once more.
      serializers: { err: (plain: Plain) => plain, error: (plain: Plain) => plain },
      errorKey: 'error',
    },
    { write: (line: string) => void raw.write(terminal ? plainLine(line, colors) : line) },
  );
  return logOver(logger, level, cleanFields(options.fields ?? {}));
}

function logOver(logger: pino.Logger, level: LogLevel, always: Readonly<Record<string, Plain>>): Log {
  // pino's own children would take their fields unseen (it drops the formatter of fields there), so ours keep them.
  const call =
    (one: Exclude<LogLevel, 'silent'>): LogCall =>
    (first: string | LogFields | Error, text?: string) => {
      if (!logger.isLevelEnabled(one)) return;
      const fields = typeof first === 'string' ? {} : cleanFields(first instanceof Error ? { error: first } : first);
      logger[one]({ ...always, ...fields }, cleanText(typeof first === 'string' ? first : (text ?? '')));
    };
  return {
    trace: call('trace'),
    debug: call('debug'),
    info: call('info'),
    warn: call('warn'),
    error: call('error'),
    fatal: call('fatal'),
    level,
    child: (fields) => logOver(logger, level, { ...always, ...cleanFields(fields) }),
  };
}

/** Names that pino writes itself, or would take for a request of HTTP; a stranger's may not stand beside ours. */
const ours = new Set(['time', 'level', 'name', 'pid', 'msg', 'socket']);

function cleanFields(fields: LogFields): Readonly<Record<string, Plain>> {
  const plain = clean(fields);
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return { value: plain };
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [ours.has(key) ? `_${key}` : key, value]));
}

function levelOf(asked: string | undefined): LogLevel {
  if (asked === undefined || asked === '') return 'info';
  const level = logLevels.find((one) => one === asked.toLowerCase());
  if (level === undefined)
    throw new UserError([
      { message: message('status.bad-log-level', { level: cleanText(asked, 40), levels: logLevels.join(', ') }) },
    ]);
  return level;
}
