// What the settings say about messages that come in.
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { readSetting } from "#settings/index.ts"
import { optOutWordReader, type ReadPreference } from "./opt-out-words.ts"

export type IntakeSettings = {
  /** Words of thanks, of all languages. */
  acknowledgements: readonly string[]
  /** How long after closing a customer's message reopens a support ticket. */
  supportDays: number
  /** What a message says of marketing. */
  wishOf: ReadPreference
}

/** Through the database they may be two seconds old; through an act they are what its transaction sees. */
export async function readIntakeSettings(from: Database | Act): Promise<IntakeSettings> {
  const [acknowledgements, supportDays, wishOf] = await Promise.all([
    readSetting(from, "acknowledgements"),
    readSetting(from, "support.reopenDays"),
    optOutWordReader(from),
  ])
  return { acknowledgements: Object.values(acknowledgements).flat(), supportDays, wishOf }
}
