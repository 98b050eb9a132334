// Sees to it that admins are notified of a mailbox that is in trouble, once, and once when it is well again. Any number of servers look; the row of
// the mailbox says whether it was said.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { connectionsTopic } from "#connections/index.ts"
import { recordBatch } from "#event-log/index.ts"

const pollMs = 15_000
/** A provider that is away for some minutes is nobody's business (minutes). */
const patienceMinutes = 10
/** What goes on is one flood. */
const floodHours = 24

type Alert = { connectionId: string; alert: "failing" | "well" | "flooded"; code: string | null }

export function startMailboxAlerts(kit: Kit, log: Log): PollingLoop {
  const step = async () => {
    await alertOfMailboxes(kit)
    return false
  }
  return startPollingLoop(kit.db, log, { name: "mailbox-alerts", step, pollMs, topics: [connectionsTopic] })
}

/** Records what admins are to be notified of, once, whichever server looks. */
export async function alertOfMailboxes(kit: Pick<Kit, "db" | "now">): Promise<void> {
  await inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const alerts = [...(await troubleAlerts(act)), ...(await floodAlerts(act))]
    await recordBatch(
      act,
      "connection.alerted",
      alerts.map(({ connectionId, alert, code }) => ({ subjectId: connectionId, data: { alert, code } })),
    )
  })
}

/** Trouble to read or to send. One that was switched off gives no alert that it is well. */
async function troubleAlerts(act: Act): Promise<Alert[]> {
  const { rows } = await sql<Omit<Alert, "alert"> & { alert: Alert["alert"] | "off" }>`
    with troubles as materialized (
      select m.connection_id, m.alerted_at, c.enabled and c.deleted_at is null as is_on,
        least(m.failing_since, (c.health #>> '{breaker,since}')::timestamptz) as since,
        coalesce('imap_' || m.failure, 'smtp_' || (c.health #>> '{breaker,reason}')) as code
      from mailboxes m join connections c on c.id = m.connection_id
    ), due as materialized (
      select *, case
        when not is_on and alerted_at is not null then 'off'
        when is_on and alerted_at is null and since <= ${act.now}::timestamptz - make_interval(mins => ${patienceMinutes}) then 'failing'
        when is_on and alerted_at is not null and since is null then 'well'
      end as alert from troubles
    )
    update mailboxes m set alerted_at = case when due.alert = 'failing' then ${act.now}::timestamptz end
    from due where m.connection_id = due.connection_id and due.alert is not null and m.alerted_at is not distinct from due.alerted_at
    returning m.connection_id, due.alert, due.code`.execute(act.tx)
  return rows.flatMap(({ connectionId, alert, code }) => (alert === "off" ? [] : { connectionId, alert, code }))
}

/** Mails were quarantined because one address sends too many: once a day, as long as that goes on. */
async function floodAlerts(act: Act): Promise<Alert[]> {
  const { rows } = await sql<{ connectionId: string }>`
    update mailboxes m set flood_alerted_at = ${act.now}
    where coalesce(m.flood_alerted_at, '-infinity') <= ${act.now}::timestamptz - make_interval(hours => ${floodHours})
      and exists (select from failed_deliveries f where f.connection_id = m.connection_id and f.cause = 'mail_flood'
        and f.replayed_at is null and f.created_at > coalesce(m.flood_alerted_at, '-infinity'))
    returning m.connection_id`.execute(act.tx)
  return rows.map(({ connectionId }) => ({ connectionId, alert: "flooded", code: null }))
}
