// Rows of plain values as COPY takes them.
import { Client } from "pg"
import { copyFromStdin } from "#kernel/database/copy-stream.ts"

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
    await copyFromStdin(client, `copy ${target} from stdin`, linesOf(rows))
  } finally {
    await client.end()
  }
}

function* linesOf(rows: Iterable<Cell[]>): Generator<Buffer> {
  let lines: string[] = []
  for (const row of rows) {
    lines.push(`${row.map(written).join("\t")}\n`)
    if (lines.length < chunkRows) continue
    yield Buffer.from(lines.join(""))
    lines = []
  }
  yield Buffer.from(lines.join(""))
}

function written(value: Cell): string {
  if (value === null || value === undefined) return "\\N"
  if (value instanceof Date) return value.toISOString()
  return String(value).replace(
    /[\\\t\n\r]/g,
    (sign) => ({ "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" })[sign]!,
  )
}
