// The first word with a database that an operator chose: what keeps it from serving is said in one line.
import { Client } from "pg"
import { BadSetting } from "../config.ts"
import { foldedLine } from "../http/input-fields.ts"

const oldest = 16
const longestReason = 500

/** Throws `BadSetting` when it cannot be reached, does not let us in, or is too old. */
export async function checkDatabaseUrl(url: string): Promise<void> {
  const client = new Client({ connectionString: url, application_name: "hilo start", connectionTimeoutMillis: 10_000 })
  client.on("error", () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version")
    const version = rows[0]!.version.split(" ")[0]!
    if (Number.parseInt(version, 10) < oldest)
      throw new BadSetting("DATABASE_URL", `leads to PostgreSQL ${version}, and Hilo needs ${oldest} or newer`)
  } catch (error) {
    if (error instanceof BadSetting) throw error
    // Several addresses that all refused have a code and no words.
    const { message, code } = error as Error & { code?: string }
    const why = foldedLine(message || code || "?", longestReason)
    throw new BadSetting("DATABASE_URL", `leads to a database that cannot be used: ${why}`)
  } finally {
    await client.end().catch(() => {})
  }
}
