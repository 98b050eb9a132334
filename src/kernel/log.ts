import { pino, type Logger } from "pino"

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
    (stream as never) ?? process.stdout,
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
