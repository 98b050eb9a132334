// "BAJA", "stop", "alta": a message that is one word of the list says whether its writer wants marketing.
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import type { MarketingPreference } from "#contacts/index.ts"
import { readSetting } from "#settings/index.ts"
import { foldWords } from "./detect-acknowledgement.ts"
import type { InboundMessage } from "./inbound-message.ts"

/** The wish that each message states; null for nearly all. In a group one says nothing for oneself. */
export type ReadPreference = (inbound: InboundMessage, now: Date) => MarketingPreference | null

type Lists = Record<string, string[]>

// As long as the settings stay, so does what was read from them.
const readers = new WeakMap<Lists, ReadPreference>()

/** Through the database the lists may be two seconds old. */
export async function optOutWordReader(db: Database | Act): Promise<ReadPreference> {
  const out = await readSetting(db, "marketing.optOutWords")
  const back = await readSetting(db, "marketing.optInWords")
  const read = readers.get(out) ?? readerOf(out, back)
  readers.set(out, read)
  return read
}

function readerOf(out: Lists, back: Lists): ReadPreference {
  const folded = (lists: Lists) => new Set(Object.values(lists).flat().map(foldWords))
  const [outWords, backWords] = [folded(out), folded(back)]
  const longest = Math.max(0, ...[...outWords, ...backWords].map((word) => word.length))
  return ({ kind, direction, group, text, sentAt }, now) => {
    // Signs and blanks around a word are few.
    if (kind !== "message" || direction !== "in" || group || text.length > 2 * longest + 20) return null
    const word = foldWords(text)
    if (word === "" || !(outWords.has(word) || backWords.has(word))) return null
    return { wants: !outWords.has(word), by: "word", at: sentAt ?? now }
  }
}
