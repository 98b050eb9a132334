import { destination, pino, type Logger } from "pino"

export type Log = Logger

// Paths that could carry what a person wrote or who they are. Ids, kinds and times are all a log needs.
const personal = ["email", "name", "phone", "content", "text", "password", "authorization", "cookie"]

/** JSON lines on stdout (or `stream`) with ids and enums only. */
export function createLog(level: string, stream?: NodeJS.WritableStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: personal.flatMap((key) => [key, `*.${key}`]),
      serializers: { err: errorWithoutValues },
    },
    stream ?? stdout(),
  )
}

// PostgreSQL puts the offending values into `detail`; the message and code say enough.
function errorWithoutValues(error: Error & { code?: string; constraint?: string }) {
  return {
    type: error.name,
    message: error.message.slice(0, 300),
    code: error.code,
    constraint: error.constraint,
    stack: error.stack?.slice(0, 2000),
  }
}

let shared: ReturnType<typeof destination> | undefined

// A write per line would cost each request a system call: lines leave together, after a tenth of a second at the latest.
function stdout() {
  if (shared) return shared
  const buffered = destination({ dest: 1, sync: false, minLength: 4_096, periodicFlush: 100 })
  process.once("exit", () => buffered.flushSync())
  shared = buffered
  return buffered
}
