// A mail in: read and received as one that was fetched, at the scene's own time.
import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import { inTransaction, system, transact } from "#kernel/act.ts"
import type { ChannelAccount } from "#channels/index.ts"
import { ownId } from "#channels/email/compose-mail.ts"
import { type DeliveredMail, largestMailBytes } from "#channels/email/delivered-mail.ts"
import { decryptAccount, existingConnection } from "#connections/index.ts"
import { processDeliveries, storeFileDeliveries } from "#incoming-webhooks/index.ts"
import { loadRequest } from "#incoming-webhooks/process-webhook-element.ts"
import { receiveMessage } from "#intake/index.ts"
import { applyBounces } from "#messages/index.ts"
import type { ActOfKind, SceneContext, SceneProgress } from "../scene-context.ts"
import { composeBounce, composeSceneMail } from "./compose-scene-mail.ts"
import { mailboxAddress } from "./mail-server.ts"

export async function receiveSceneMail(stage: SceneContext, playing: SceneProgress, doing: ActOfKind<"mail">) {
  const { mail, answers, at } = doing
  const account = await accountOf(stage)
  const ours = answers === "ours" ? await lastSent(stage, playing, account) : null
  const before = [...playing.mailIds, ...(ours === null ? [] : [ours])]
  const id = mailIdOf(mail.from.address, mail.subject, at)
  const raw = composeSceneMail(mail, { id, at, to: mailboxAddress, answers: answers === undefined ? [] : before })
  await receive(stage, playing, { raw, at, account })
  playing.mailIds.push(id)
}

/** Our last answer comes back: its recipient is not there. */
export async function receiveSceneBounce(
  stage: SceneContext,
  playing: SceneProgress,
  { at, recipient }: ActOfKind<"bounce">,
) {
  const account = await accountOf(stage)
  const originalId = await lastSent(stage, playing, account)
  if (originalId === null) return
  const id = mailIdOf(recipient, "bounce", at)
  await receive(stage, playing, {
    raw: composeBounce({ id, at, to: mailboxAddress }, { recipient, originalId }),
    at,
    account,
  })
}

const triesUntilQuarantined = 5
const longestPauseMs = 60_000

/** A mail that nobody is the sender of is tried like any other, and quarantined. */
export async function quarantineSceneMail({ kit, shop }: SceneContext, doing: ActOfKind<"quarantine">) {
  const { at, subject, text } = doing
  const from = { name: "", address: "" }
  const raw = composeSceneMail(
    { from, subject, text },
    { id: mailIdOf("", subject, at), at, to: mailboxAddress, answers: [] },
  )
  const { body, sha256 } = await stored(kit, raw.replace(/^From: .*$/m, "From: (sin remitente)"), at)
  const connectionId = shop.connections.mail
  const delivery = { connectionId, key: `demo ${sha256}`, body: JSON.stringify(body), fileSha256: sha256, now: at }
  await transact(kit.db, (tx) => storeFileDeliveries(tx, [delivery]))
  for (let n = 0; n < triesUntilQuarantined; n++)
    await processDeliveries({ ...kit, now: () => new Date(at.getTime() + n * longestPauseMs) }, "fetched")
}

const mailIdOf = (...parts: (string | Date)[]) =>
  `${createHash("sha256").update(parts.map(String).join("\n")).digest("hex").slice(0, 20)}@mail.example.net`

const accountOf = async ({ kit, shop }: SceneContext): Promise<ChannelAccount> =>
  decryptAccount({ ...kit, now: () => new Date() }, await existingConnection(kit.db.kysely, shop.connections.mail))

type Received = { raw: string; at: Date; account: ChannelAccount }

async function receive(stage: SceneContext, playing: SceneProgress, { raw, at, account }: Received): Promise<void> {
  const kit = { ...stage.kit, now: () => at }
  const { body } = await stored(kit, raw, at)
  const request = await loadRequest(kit, body, account, [account], { now: at })
  if (request.type === "message") {
    const { ticket, message } = await receiveMessage(kit, system, request.inbound)
    if (ticket) stage.made.tickets.add((playing.ticketId = ticket.id))
    if (message) stage.made.messages.add((playing.lastHeard = message.id))
  } else if (request.type === "bounce") {
    await inTransaction(kit.db, { actor: system, now: at }, (act) => applyBounces(act, request.bounces))
  }
  // It lies in the mailbox too; who reads that knows it already.
  stage.mail.deliver(raw, at)
}

async function stored({ storage }: Pick<SceneContext["kit"], "storage">, raw: string, receivedAt: Date) {
  const { sha256, size } = await storage.put(
    Readable.from([Buffer.from(raw.replaceAll("\n", "\r\n"))]),
    largestMailBytes,
  )
  const body: DeliveredMail = {
    folder: "INBOX",
    uidValidity: 1,
    uid: 1,
    receivedAt,
    size,
    sha256,
    kept: "whole",
    isSilent: false,
  }
  return { body, sha256 }
}

/** The Message-ID of our last answer on the ticket. */
async function lastSent(
  { kit }: SceneContext,
  { ticketId }: SceneProgress,
  account: ChannelAccount,
): Promise<string | null> {
  const row = await kit.db.kysely
    .selectFrom("messages")
    .select("id")
    .where("ticketId", "=", ticketId)
    .where("direction", "=", "out")
    .where("isInternal", "=", false)
    .orderBy("position", "desc")
    .executeTakeFirst()
  return row ? ownId(account, row.id) : null
}
