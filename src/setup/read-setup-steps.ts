// Asks the data whether each first step is done; nobody has to tick anything off.
import { kindsOf } from "#channels/index.ts"
import { type Database, statement } from "#kernel/db.ts"
import { readSetting } from "#settings/index.ts"
import type { SetupSteps } from "./api-contract.ts"

type Row = Pick<SetupSteps, "channel" | "colleague" | "reply">

/** `publicUrl`: pages under it are our own. */
export async function readSetupSteps(db: Database, userId: string, publicUrl: string): Promise<SetupSteps> {
  const builtIn = kindsOf(({ firstConnection }) => firstConnection)
  // Each is asked for only where the one before it did not decide: the last ones may look through much.
  const rows = await db.run<Row>(
    statement(
      "setup-steps",
      (p) => `select
        case when (select count(*) > 1 or coalesce(bool_or(kind <> all(${p(builtIn)}::text[])), false)
            from connections where enabled and deleted_at is null) then true
          else exists (select from contact_identities where page is not null
            and not starts_with(page, ${p(`${publicUrl}/`)})) end as channel,
        exists (select from users u where u.role <> 'user' and u.disabled_at is null and u.id <> ${p(userId)}
          and (u.password_hash is not null or exists (select from password_links l where l.user_id = u.id))) as colleague,
        exists (select from tickets where first_response_at is not null) as reply`,
    ),
  )
  const [name, country, dismissed] = [
    await readSetting(db, "desk.name"),
    await readSetting(db, "desk.country"),
    await readSetting(db, "desk.setupDismissed"),
  ]
  return { desk: name !== "" && country !== null, ...rows[0]!, dismissed }
}
