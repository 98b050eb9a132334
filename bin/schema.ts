// Writes db/schema.sql and db/types.ts from a freshly migrated database; with --check only says whether they are stale.
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Client } from "pg"
import { templateUrl, testCluster } from "#test/database.ts"
import { dumpSchema } from "#kernel/database/dump-schema.ts"
import { tableTypes } from "../db/generate-table-types.ts"

const given = process.env.HILO_TEST_CLUSTER
const cluster = given ? { url: given, stop: async () => {} } : await testCluster()
const client = new Client({ connectionString: templateUrl(cluster.url) })
await client.connect()
const written = { "schema.sql": await dumpSchema(client), "types.ts": await tableTypes(client) }
await client.end()
await cluster.stop()

for (const [name, text] of Object.entries(written)) {
  const file = join(import.meta.dirname, "../db", name)
  if (!process.argv.includes("--check")) writeFileSync(file, text)
  else if (readIfThere(file) !== text) {
    console.error(`db/${name} is not what the migrations make: run "npm run schema".`)
    process.exitCode = 1
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return ""
  }
}
