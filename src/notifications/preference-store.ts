import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { type Database, statement } from "#kernel/db.ts"
import {
  defaultPreferences,
  notificationKinds,
  type NotificationPreferences,
  type PreferencesChange,
} from "./api-contract.ts"

type Row = { kinds: Partial<NotificationPreferences["kinds"]>; quietFrom: string | null; quietTo: string | null }

/** With the time zone in which their quiet hours are written. */
export async function preferencesOf(db: Database, userId: string) {
  const rows = await db.run<Row & { timezone: string }>(
    statement(
      "notification-preferences",
      (p) => `select coalesce(n.kinds, '{}') as kinds, n.quiet_from as "quietFrom", n.quiet_to as "quietTo", u.timezone
        from users u left join notification_preferences n on n.user_id = u.id where u.id = ${p(userId)}`,
    ),
  )
  const { kinds = {}, quietFrom = null, quietTo = null, timezone = "UTC" } = rows[0] ?? {}
  const chosen = notificationKinds.map((kind) => [kind, { ...defaultPreferences[kind], ...kinds[kind] }] as const)
  const preferences: NotificationPreferences = {
    kinds: Object.fromEntries(chosen) as NotificationPreferences["kinds"],
    quietHours: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
  }
  return { preferences, timezone }
}

/** What is left out stays. */
export async function savePreferences(act: Act, userId: string, { kinds = {}, quietHours }: PreferencesChange) {
  const keepsHours = quietHours === undefined
  await sql`
    insert into notification_preferences as n (user_id, kinds, quiet_from, quiet_to)
    values (${userId}, ${JSON.stringify(kinds)}::jsonb, ${quietHours?.from ?? null}, ${quietHours?.to ?? null})
    on conflict (user_id) do update set kinds = n.kinds || excluded.kinds,
      quiet_from = case when ${keepsHours} then n.quiet_from else excluded.quiet_from end,
      quiet_to = case when ${keepsHours} then n.quiet_to else excluded.quiet_to end`.execute(act.tx)
}
