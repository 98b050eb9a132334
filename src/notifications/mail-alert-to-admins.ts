// The alert of a connection by mail, where the desk has a mail server of its own: it also reaches who is not signed in.
import { sql } from "kysely"
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { queueMail } from "#kernel/mail/mail-queue.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { formatText } from "#texts/format-text.ts"
import { languageOrDefault } from "#texts/languages-and-text-ids.ts"
import { adminsSql } from "./notify-admins-of-connections.ts"

type Way = { publicUrl: string; mailIsSet: boolean }
type Alert = { alert: "failing" | "well" | "flooded"; connectionId: string; name: string; at: Date }

// The same server may be the one that is away: what leaves much later would be no news.
const newsForMs = 3_600_000

export function alertJobs(kit: Kit, way: Way): Job[] {
  return [
    {
      name: "mail-alert-to-admins",
      run: async (payload) => {
        if (way.mailIsSet) await mailAlert(kit, way, (payload as ReactionPayload).eventId)
      },
    },
  ]
}

async function mailAlert(kit: Kit, { publicUrl }: Pick<Way, "publicUrl">, eventId: number): Promise<void> {
  await inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const found = await sql<Alert>`
      select e.data ->> 'alert' as alert, c.id as connection_id, c.name, e.at from events e join connections c on c.id = e.subject_id
      where e.id = ${eventId} and c.deleted_at is null`.execute(act.tx)
    const [alert] = found.rows
    if (!alert) return
    const { name, connectionId, at } = alert
    const admins = await sql<{ id: string; email: string; language: string }>`${adminsSql}`.execute(act.tx)
    for (const { id, email, language: tag } of admins.rows) {
      const language = languageOrDefault(tag)
      const link = `${publicUrl}/settings/connections/${connectionId}`
      await queueMail(act, kit.secrets, {
        to: email,
        subject: formatText(language, `mail.alert.${alert.alert}.subject`, { name }),
        text: `${formatText(language, `mail.alert.${alert.alert}.text`, { name })}\n\n${link}`,
        endsAt: new Date(at.getTime() + newsForMs).toISOString(),
        once: `alert_${eventId}_${id}`,
      })
    }
  })
}
