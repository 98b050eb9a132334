// The commit of a transaction whose outcome must be known, also where the connection is lost at this very moment.
import { setTimeout as wait } from "node:timers/promises"
import { Client } from "pg"
import { BackupError } from "./backup-file.ts"

const triesForAnswer = 120

/** Throws what kept it from taking effect, and `BackupError` where nobody can say whether it did. `url`: the same database. */
export async function commitAndConfirm(client: Client, url: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>("select pg_current_xact_id()::text as id")
  try {
    await client.query("commit")
  } catch (error) {
    if ((await outcomeOf(rows[0]!.id, url)) !== "committed") throw error
  }
}

/** Of a transaction whose session is over, or soon will be; the database may have to start again first. */
async function outcomeOf(id: string, url: string): Promise<string> {
  for (let nth = 1; nth <= triesForAnswer; nth++) {
    const status = await askStatus(id, url).catch(() => null)
    if (status !== null && status !== "in progress") return status
    await wait(250)
  }
  throw new BackupError(
    "The connection was lost at the very end, and whether the desk was restored is not known: once the database answers, restore it again with --force.",
  )
}

async function askStatus(id: string, connectionString: string): Promise<string | null> {
  const client = new Client({ connectionString, application_name: "hilo restore", connectionTimeoutMillis: 10_000 })
  client.on("error", () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ status: string | null }>("select pg_xact_status($1) as status", [id])
    return rows[0]!.status
  } finally {
    await client.end()
  }
}
