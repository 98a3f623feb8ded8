import { pino } from 'pino';

export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, error?: unknown): void;
  child(fields: object): Logger;
}

export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

const secret = ['password', 'token', 'cookie', 'authorization', 'secret'].flatMap((name) => [name, `*.${name}`]);

/** JSON lines on standard error, so that standard output stays for people. */
export function createLogger(level: string): Logger {
  return wrap(pino({ level, redact: secret, base: { pid: process.pid } }, pino.destination(2)));
}

function wrap(logger: pino.Logger): Logger {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, error) => logger.error({ err: error }, message),
    child: (fields) => wrap(logger.child(fields)),
  };
}
