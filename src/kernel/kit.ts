import type { Database } from "./db.ts"
import type { Outbound } from "./outbound/http-client.ts"
import type { Secrets } from "./secrets.ts"
import type { FileStorage } from "./storage/file-storage.ts"

/** What every part is given. `now` is the clock; tests give their own. `channelApis`: where the APIs of providers answer, by the kind of connection. */
export type Kit = {
  db: Database
  secrets: Secrets
  now: () => Date
  channelApis: Readonly<Record<string, string>>
  outbound: Outbound
  storage: FileStorage
}
