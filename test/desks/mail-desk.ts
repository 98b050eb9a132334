// A desk with a mailbox: a real IMAP server that gets mails, and one look at it at a time.
import assert from "node:assert/strict"
import { connectionById, connectionRoutes } from "#connections/index.ts"
import { failedDeliveryRoutes, processDeliveries } from "#incoming-webhooks/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { followMailbox } from "#channels/email/entry-points/follow-mailbox.ts"
import { leaseMs, takeLease } from "#channels/email/entry-points/mailbox-store.ts"
import { folderOf, mailboxOf } from "#channels/email/settings.ts"
import { createLog } from "#kernel/log.ts"
import { createOutbox } from "../../src/outbox/send-queued.ts"
import { startSubmissionServer } from "../fakes/submission-server.ts"
import { imapPassword, imapUser, startImapServer } from "../fakes/imap-server.ts"
import { lockTicket, transition } from "#tickets/index.ts"
import { acting, member, openDesk } from "./test-desk.ts"

export async function openMailDesk() {
  const desk = await openDesk((app, kit) => {
    connectionRoutes(app, kit)
    failedDeliveryRoutes(app, kit)
    replyRoutes(app, kit)
  })
  const ana = await member(desk, { name: "Ana", email: "ana@example.com", role: "admin" })
  const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows

  /** A mailbox of its own server, connected through the API. */
  const openMailbox = async (address = imapUser, more: object = {}) => {
    const [imap, smtp] = [await startImapServer(), await startSubmissionServer(imapPassword)]
    const local = { host: "127.0.0.1", security: "none", user: imapUser }
    const settings = {
      ...{ address, imap: { ...local, port: imap.port }, smtp: { ...local, port: smtp.port }, auth: "password" },
      password: imapPassword,
      ...more,
    }
    const { status, body } = await ana.call("POST", "/connections", { kind: "email", name: address, settings })
    assert.equal(status, 201, JSON.stringify(body))
    const id = String(body["id"])
    // As after its verification, which has tests of its own.
    const proved = { verification: { at: desk.now().toISOString(), learnt: { plusAddress: true }, failure: null } }
    await rows("update connections set enabled = true, health = $2 where id = $1", id, JSON.stringify(proved))

    /** Looks once, as the loop does again and again: until there is nothing new. */
    const look = async () => {
      const connection = (await connectionById(desk.db.kysely, id))!
      const folder = folderOf(mailboxOf(connection))
      const taken = await takeLease(desk.db, { connectionId: id, folder, now: desk.now() })
      assert.ok(taken, "somebody else reads the mailbox")
      const { mailbox, ...lease } = taken
      const stop = new AbortController()
      // It waits for mail once all is fetched.
      const checked = `select from mailboxes where connection_id = $1 and checked_at is not null`
      await rows("update mailboxes set checked_at = null where connection_id = $1", id)
      const following = followMailbox({ kit: desk, connection, lease, mailbox, signal: stop.signal })
      const ended = following.then(() => true)
      while ((await rows(checked, id)).length === 0)
        if (await Promise.race([ended, new Promise<false>((go) => setImmediate(go, false))])) break
      stop.abort()
      await following
      desk.clock.pass(leaseMs)
    }
    const process = async () => {
      while ((await processDeliveries(desk)) > 0);
    }
    const outbox = createOutbox({ kit: desk, log: createLog("silent") })
    return {
      ...imap,
      smtp,
      id,
      /** Sends until nothing is due. */
      send: async () => {
        do await outbox.idle()
        while (await outbox.step())
        await outbox.idle()
      },
      look,
      process,
      /** Fetches and processes what came. */
      fetch: async () => {
        await look()
        await process()
      },
      /** A mail that came now. */
      receive: (mail: TestMail) => imap.deliver(rawMail(mail), desk.now()),
      tickets: () =>
        rows(
          `select t.id, t.number, t.status, t.subject, t.message_count as count, t.unread_messages as unread, c.name as contact
          from tickets t join contacts c on c.id = t.contact_id where t.connection_id = $1 order by t.created_at, t.id`,
          id,
        ),
    }
  }
  const closeTicket = (id: string) =>
    acting(desk, async (act) => transition(act, await lockTicket(act, id), { to: "closed" }))
  return { desk, ana, rows, openMailbox, closeTicket }
}

export type TestMail = {
  id?: string | null
  from?: string
  to?: string
  cc?: string
  subject?: string
  text?: string
  inReplyTo?: string
  references?: readonly string[]
  headers?: Record<string, string>
}

export function rawMail({ id = null, from = "Carla <carla@example.org>", to = imapUser, ...mail }: TestMail): string {
  const headers = {
    From: from,
    To: to,
    ...(mail.cc !== undefined && { Cc: mail.cc }),
    Subject: mail.subject ?? "Sin luz",
    Date: "Sun, 22 Nov 2026 09:00:00 +0000",
    ...(id !== null && { "Message-ID": `<${id}>` }),
    ...(mail.inReplyTo !== undefined && { "In-Reply-To": `<${mail.inReplyTo}>` }),
    ...(mail.references && { References: mail.references.map((one) => `<${one}>`).join("\n ") }),
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    ...mail.headers,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [...lines, "", mail.text ?? "No hay luz en mi calle", ""].join("\n")
}
