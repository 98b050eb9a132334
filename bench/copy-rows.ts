// COPY … FROM STDIN over an ordinary connection; the driver speaks the protocol but offers no call for it.
import { Client, type Connection, type Submittable } from "pg"

/** What the driver's connection can do and its types do not say. */
type CopyConnection = Connection & { sendCopyFromChunk: (chunk: Buffer) => void; endCopyFrom: () => void }

const chunkRows = 1_000

/** `null` is NULL. */
export type Cell = string | number | boolean | Date | null | undefined

/** Writes rows of plain values into a table and its columns. */
export async function copyRows(url: string, target: string, rows: Iterable<Cell[]>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    // The rows refer to each other rightly by construction; without the right to say so, every reference is checked.
    await client.query("set session_replication_role = replica").catch(() => {})
    await client.query("set statement_timeout = 0")
    await new Promise<void>((done, fail) => client.query(copying(`copy ${target} from stdin`, rows, done, fail)))
  } finally {
    await client.end()
  }
}

function copying(text: string, rows: Iterable<Cell[]>, done: () => void, fail: (error: Error) => void) {
  let failed = false
  return {
    submit: (connection: Connection) => connection.query(text),
    handleCopyInResponse: (connection: CopyConnection) => void send(connection, rows, () => failed),
    handleCommandComplete: () => {},
    handleReadyForQuery: () => done(),
    handleError: (error: Error) => {
      failed = true
      fail(error)
    },
  } as unknown as Submittable
}

async function send(connection: CopyConnection, rows: Iterable<Cell[]>, isOver: () => boolean) {
  let lines: string[] = []
  const flush = async () => {
    connection.sendCopyFromChunk(Buffer.from(lines.join("")))
    lines = []
    if (connection.stream.writableNeedDrain) await new Promise((go) => connection.stream.once("drain", go))
  }
  for (const row of rows) {
    if (isOver()) return
    lines.push(`${row.map(written).join("\t")}\n`)
    if (lines.length === chunkRows) await flush()
  }
  await flush()
  connection.endCopyFrom()
}

function written(value: Cell): string {
  if (value === null || value === undefined) return "\\N"
  if (value instanceof Date) return value.toISOString()
  return String(value).replace(
    /[\\\t\n\r]/g,
    (sign) => ({ "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" })[sign]!,
  )
}
