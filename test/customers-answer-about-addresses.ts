// What honest customers do at the portal in the random walk of access.
import { newId } from "#kernel/ids.ts"
import { tokenHash } from "#kernel/secrets.ts"
import type { Chance } from "./seeded-random.ts"
import { call, type Desk } from "./desks/test-desk.ts"

/** One who comes in by a link says of each typed address the truth. How many were not theirs. */
export async function answerAboutAddresses(desk: Desk, chance: Chance): Promise<number> {
  const { rows } = await desk.db.pool.query(
    `select u.id, i.id as identity_id from users u join contact_identities i on i.value = u.email and i.contact_id is not null
      where u.role = 'user' and u.email like '%@honest.example' and u.disabled_at is null order by u.id`,
  )
  if (rows.length === 0) return 0
  const { id, identity_id } = chance.pick(rows as { id: string; identity_id: string }[])
  await desk.db.pool.query("update contact_identities set proof = 'link' where id = $1", [identity_id])
  const as = await sessionOf(desk, id)
  const { body } = await call(desk.app, "GET", "/me/identities", undefined, as)
  let disowned = 0
  for (const one of body["items"] as { id: string; kind: string; masked: string }[]) {
    const isTheirs = one.kind === "phone" || one.masked.includes("@h")
    const path = `/me/identities/${one.id}`
    if (isTheirs) await call(desk.app, "PUT", `${path}/confirmation`, {}, as)
    else disowned += (await call(desk.app, "DELETE", path, undefined, as)).status === 204 ? 1 : 0
  }
  return disowned
}

/** Signed in: the session is written down as a used link would. */
async function sessionOf(desk: Desk, userId: string): Promise<Record<string, string>> {
  const token = `ses_${newId("t")}`
  await desk.db.pool.query(
    "insert into sessions (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $3::timestamptz + interval '1 day')",
    [tokenHash(token), userId, desk.now()],
  )
  return { cookie: `hilo_session=${token}`, origin: desk.publicUrl }
}
