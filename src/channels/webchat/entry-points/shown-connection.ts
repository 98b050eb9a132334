// A chat as its page knows it before anybody has written.
import { createHash } from "node:crypto"
import type { Kit } from "#kernel/kit.ts"
import { openingOf } from "#calendars/index.ts"
import type { ConnectionRow } from "#connections/index.ts"
import { readSetting } from "#settings/index.ts"
import { preChatOf, settingsOf } from "../settings.ts"

/** What anybody may know of a chat. */
export function shownConnection(connection: ConnectionRow) {
  const { id, name, greeting, enabled } = connection
  const { title, logo, color = null, textColor = null } = settingsOf(connection)
  const look = { color, textColor, logo: logo ? logoAddress(id, logo) : null }
  return { name: title || name, greeting, enabled, ...look, preChat: preChatOf(connection) }
}

/** Null where it is always open. */
export async function hoursOf({ db, now }: Pick<Kit, "db" | "now">, connection: ConnectionRow) {
  if (connection.calendarId === null) return null
  const { isOpen, opensAt } = await openingOf(db.kysely, connection.calendarId, now())
  const asksEmail = !isOpen && settingsOf(connection).outOfHours === "form"
  return { isOpen, opensAt: isOpen ? null : (opensAt?.toISOString() ?? null), asksEmail }
}

// Browsers keep it for ever by this address, which is another one for another picture.
const logoAddress = (id: string, logo: string) =>
  `/chat/${id}/logo?v=${createHash("sha256").update(logo).digest("hex").slice(0, 16)}`

/** Does who has left an e-mail get mails from here at all? */
export const mailsCustomers = async ({ db, mailIsSet }: Pick<Kit, "db"> & { mailIsSet: boolean }): Promise<boolean> =>
  mailIsSet && (await readSetting(db, "support.mailCustomers"))

/** May visitors have the conversation mailed? */
export const mailsTranscripts = async (kit: Pick<Kit, "db"> & { mailIsSet: boolean }, connection: ConnectionRow) =>
  settingsOf(connection).transcript !== false && (await mailsCustomers(kit))
