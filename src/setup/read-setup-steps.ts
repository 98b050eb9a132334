// Asks the data whether each first step is done; nobody has to tick anything off.
import { kindsOf } from "#channels/index.ts"
import { type Database, statement } from "#kernel/db.ts"
import { readSetting } from "#settings/index.ts"
import type { SetupSteps } from "./api-contract.ts"

/** So many of the newest tickets are looked at for an answer: a desk that is used has one among them. */
const lookedAt = 1_000

type Row = Pick<SetupSteps, "channel" | "colleague" | "reply">

/** `publicUrl`: pages under it are our own. */
export async function readSetupSteps(db: Database, userId: string, publicUrl: string): Promise<SetupSteps> {
  const builtIn = kindsOf(({ firstConnection }) => firstConnection)
  // Addresses under ours are one stretch of their index, and what is elsewhere lies before or behind it.
  const [ours, behindOurs] = [`${publicUrl}/`, `${publicUrl}0`]
  const rows = await db.run<Row>(
    statement(
      "setup-steps",
      (p) => `select
        case when (select count(*) > 1 or coalesce(bool_or(kind <> all(${p(builtIn)}::text[])), false)
            from connections where enabled and deleted_at is null) then true
          else exists (select from contact_identities where page collate "C" < ${p(ours)})
            or exists (select from contact_identities where page collate "C" >= ${p(behindOurs)}) end as channel,
        exists (select from users u where u.role <> 'user' and u.disabled_at is null and u.id <> ${p(userId)}
          and (u.password_hash is not null or exists (select from password_links l where l.user_id = u.id))) as colleague,
        exists (select from (select first_response_at from tickets order by created_at desc, id desc limit ${lookedAt}) t
          where t.first_response_at is not null) as reply`,
    ),
  )
  const [name, country, dismissed] = [
    await readSetting(db, "desk.name"),
    await readSetting(db, "desk.country"),
    await readSetting(db, "desk.setupDismissed"),
  ]
  return { desk: name !== "" && country !== null, ...rows[0]!, dismissed }
}
