// A mail that has left is put among the sent ones of its mailbox, by a job of its own: whatever goes wrong there, nothing is sent again.
import { sql } from "kysely"
import type { Kit } from "#kernel/kit.ts"
import type { Database } from "#kernel/db.ts"
import type { Job, Payload } from "#kernel/jobs/job-queue.ts"
import { channels, kindsOf } from "#channels/index.ts"
import { connectionById, decryptAccount } from "#connections/index.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { loadOutgoingMessages } from "./load-outgoing-messages.ts"

export const outboxJobs = (kit: Kit): Job[] => [
  {
    name: "copy-to-sent-folder",
    worthwhile: async (tx, payloads) => {
      const ids = await sentMails(
        tx,
        payloads.flatMap(({ subjectId }) => (typeof subjectId === "string" ? [subjectId] : [])),
      )
      return payloads.filter(({ subjectId }: Payload) => ids.has(String(subjectId)))
    },
    run: (payload) => copyToSentFolder(kit, payload as ReactionPayload),
  },
]

const copyingKinds = kindsOf(({ sentCopies }) => sentCopies)

/** Of connections that are to keep copies. */
async function sentMails(from: Database["kysely"], ids: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; connectionId: string; kind: string; settings: Record<string, unknown> }>`
    select m.id, c.id as connection_id, c.kind, c.settings from messages m join message_mails w on w.message_id = m.id
      join connections c on c.id = m.connection_id and c.kind = any(${copyingKinds}) and c.enabled and c.deleted_at is null
    where m.id = any(${ids}::text[]) and m.direction = 'out' and m.delivery_state = 'sent'`.execute(from)
  const wanted = rows.filter(({ kind, settings }) => channels[kind]?.sentCopies?.areWanted(settings))
  return new Map(wanted.map(({ id, connectionId }) => [id, connectionId]))
}

/** Done again it changes nothing: the folder is asked for the mail's id first. */
async function copyToSentFolder(kit: Kit, { subjectId }: ReactionPayload): Promise<void> {
  const found = subjectId === null ? new Map<string, string>() : await sentMails(kit.db.kysely, [subjectId])
  for (const [id, connectionId] of found) {
    const connection = await connectionById(kit.db.kysely, connectionId)
    const open = connection && (await loadOutgoingMessages(kit, connection.kind, [id])).get(id)
    if (!open) continue
    const account = decryptAccount(kit, connection)
    await channels[connection.kind]?.sentCopies?.keep(account, { ...open(), template: null })
  }
}
