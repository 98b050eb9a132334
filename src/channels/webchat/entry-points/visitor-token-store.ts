// A visitor is a browser: the holder of its token is that visitor, and the token opens nothing but their own chat.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { newId, newSecret } from "#kernel/ids.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"
import { existingConnection } from "#connections/index.ts"
import type { ChatVisitor } from "../api-contract.ts"

const seenEveryMs = 3_600_000
const unusedDays = 180

/** Makes a visitor of an enabled chat. The token is shown this once; only its hash is kept. */
export async function admitVisitor(act: Act, connectionId: string): Promise<ChatVisitor> {
  const connection = await existingConnection(act.tx, connectionId)
  if (connection.kind !== "webchat") throw notFound("chat")
  if (!connection.enabled) throw new Refusal("conflict", "connection_disabled")
  const visitor = { token: newSecret("vis_"), visitorId: newId("vst") }
  await act.tx
    .insertInto("chatVisitors")
    .values({
      tokenHash: tokenHash(visitor.token),
      connectionId,
      visitorId: visitor.visitorId,
      createdAt: act.now,
      lastSeenAt: act.now,
    })
    .execute()
  return visitor
}

/** Whose token it is on this connection; null when nobody's, or nobody used it for 180 days. `authorization` is the header's or the handshake's text. */
export async function visitorOf(kit: Kit, connectionId: string, authorization: unknown): Promise<string | null> {
  const token = /^(?:Bearer )?(vis_[\w-]{20,100})$/i.exec(String(authorization))?.[1]
  if (!token) return null
  const hash = tokenHash(token)
  const visitor = await kit.db.kysely
    .selectFrom("chatVisitors")
    .select(["visitorId", "lastSeenAt"])
    .where("tokenHash", "=", hash)
    .where("connectionId", "=", connectionId)
    .where("lastSeenAt", ">", new Date(kit.now().getTime() - unusedDays * 86_400_000))
    .executeTakeFirst()
  if (visitor && kit.now().getTime() - visitor.lastSeenAt.getTime() > seenEveryMs) {
    await kit.db.kysely
      .updateTable("chatVisitors")
      .set({ lastSeenAt: kit.now() })
      .where("tokenHash", "=", hash)
      .execute()
  }
  return visitor?.visitorId ?? null
}

/** Tokens that are over. The contact behind them stays, with its tickets. */
export const purgeVisitors: Purge = (act) =>
  purgeRows(act, "chatVisitors", sql`last_seen_at < now() - make_interval(days => ${unusedDays})`)
