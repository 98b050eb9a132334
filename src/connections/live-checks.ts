// Is the connection really connected? Asks the other side now, and closes the breaker when it may send again.
import { sql } from "kysely"
import type { z } from "zod"
import { inTransaction, type Actor } from "#kernel/act.ts"
import type { Kit } from "#kernel/http/request-transaction.ts"
import { closeCircuitBreaker } from "./circuit-breaker.ts"
import type { checksAnswer } from "./contract.ts"
import { openAccount } from "./open-account.ts"
import { type ConnectionRow, existingConnection } from "./connection-store.ts"
import { classifySendFailure, callGraph, type GraphAnswer, accountOf } from "#channels/index.ts"

export type LiveCheck = z.infer<typeof checksAnswer>["checks"][number]

export async function checkConnection(kit: Kit, by: Actor, connectionId: string): Promise<LiveCheck[]> {
  const row = await existingConnection(kit.db.kysely, connectionId)
  const checks = row.kind === "whatsapp" ? await whatsappChecks(kit, row) : []
  await inTransaction(kit.db, { actor: by, now: kit.now() }, async (act) => {
    const seen = { at: act.now.toISOString(), results: checks }
    await sql`
      update connections set health = health || jsonb_build_object('checks', ${JSON.stringify(seen)}::jsonb)
      where id = ${row.id}`.execute(act.tx)
    if (checks.every(({ name, ok }) => ok || name === "webhook" || name === "templates"))
      await closeCircuitBreaker(act, row.id)
  })
  return checks
}

async function whatsappChecks(kit: Kit, row: ConnectionRow): Promise<LiveCheck[]> {
  const sender = openAccount(kit, row)
  const account = accountOf(sender)
  const { phoneNumberId, wabaId } = sender.settings
  const number = await callGraph(account, "GET", `${String(phoneNumberId)}?fields=display_phone_number,verified_name`)
  const templates =
    typeof wabaId === "string" ? await callGraph(account, "GET", `${wabaId}/message_templates?limit=1`) : null
  return [
    {
      name: "token",
      ok: number.state === "ok" || isAboutNumber(number),
      detail: isAboutNumber(number) ? "" : said(number),
    },
    { name: "number", ok: number.state === "ok", detail: number.state === "ok" ? numberOf(number.body) : said(number) },
    await webhookCheck(kit, row, sender.secrets),
    templates
      ? { name: "templates", ok: templates.state === "ok", detail: said(templates) }
      : { name: "templates", ok: false, detail: "no_waba_id" },
  ]
}

// The token was good enough to be told that the number is not ours.
const isAboutNumber = (answer: GraphAnswer) =>
  answer.state === "refused" &&
  classifySendFailure(answer).class !== "account" &&
  classifySendFailure(answer).class !== "transient"

const said = (answer: GraphAnswer) => {
  if (answer.state === "ok") return ""
  return answer.state === "refused"
    ? `${classifySendFailure(answer).reasonCode} ${answer.code ?? answer.httpStatus}`
    : answer.state
}

const numberOf = (body: Record<string, unknown>) =>
  [body["display_phone_number"], body["verified_name"]].filter((it) => typeof it === "string").join(" · ")

/** Meta's side cannot be asked whether it reaches us: what has arrived is the proof, its handshake included. */
async function webhookCheck(
  kit: Kit,
  { id, health }: ConnectionRow,
  secrets: Record<string, string>,
): Promise<LiveCheck> {
  const missing = ["appSecret", "verifyToken"].find((name) => !secrets[name])
  if (missing)
    return { name: "webhook", ok: false, detail: missing === "appSecret" ? "no_app_secret" : "no_verify_token" }
  const last = await kit.db.kysely
    .selectFrom("webhookDeliveries")
    .select("receivedAt")
    .where("connectionId", "=", id)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst()
  const [latest] = [last?.receivedAt.toISOString(), health.handshakeAt]
    .flatMap((at) => at ?? [])
    .toSorted()
    .toReversed()
  return { name: "webhook", ok: latest !== undefined, detail: latest ?? "nothing_arrived" }
}
