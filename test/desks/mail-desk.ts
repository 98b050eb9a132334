// A desk with mailboxes: real IMAP and SMTP servers, and one look at a mailbox at a time.
import assert from "node:assert/strict"
import { createLog } from "#kernel/log.ts"
import { contactRoutes } from "#contacts/index.ts"
import { connectionById, connectionRoutes, signInRoutes } from "#connections/index.ts"
import { failedDeliveryRoutes, processDeliveries } from "#incoming-webhooks/index.ts"
import { peopleRoutes } from "#people/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { lockTicket, ticketRoutes, transition } from "#tickets/index.ts"
import { followMailbox } from "#channels/email/entry-points/follow-mailbox.ts"
import { mailboxHealthRoutes } from "#channels/email/entry-points/mailbox-health-routes.ts"
import { leaseMs, takeLease } from "#channels/email/entry-points/mailbox-store.ts"
import { folderOf, mailboxOf } from "#channels/email/settings.ts"
import { createOutbox } from "../../src/outbox/send-queued.ts"
import { imapPassword, imapUser, startImapServer } from "../fakes/imap-server.ts"
import { rawMail, type TestMail } from "../fakes/raw-mail.ts"
import { startSubmissionServer } from "../fakes/submission-server.ts"
import { acting, type Client, type Desk, member, openDesk } from "./test-desk.ts"

const undoMs = 10_000

export async function openMailDesk() {
  const desk = await openDesk((app, kit) => {
    peopleRoutes(app, kit)
    connectionRoutes(app, kit)
    contactRoutes(app, kit)
    signInRoutes(app, kit)
    failedDeliveryRoutes(app, kit)
    replyRoutes(app, kit)
    ticketRoutes(app, kit)
    mailboxHealthRoutes(app, kit)
  })
  const ana = await member(desk, { name: "Ana", email: "ana@example.com", role: "admin" })
  const closeTicket = (id: string) =>
    acting(desk, async (act) => transition(act, await lockTicket(act, id), { to: "closed" }))
  return { desk, ana, rows: rowsOf(desk), openMailbox: mailboxOpener(desk, ana), closeTicket }
}

const rowsOf =
  ({ db }: Desk) =>
  async (sql: string, ...values: unknown[]) =>
    (await db.pool.query(sql, values)).rows

/** Connects a mailbox of its own servers through the API. */
const mailboxOpener =
  (desk: Desk, ana: Client) =>
  async (address = imapUser, more: object = {}) => {
    const rows = rowsOf(desk)
    const [imap, smtp] = [await startImapServer(), await startSubmissionServer(imapPassword)]
    const serverAt = (port: number) => ({ host: "127.0.0.1", security: "none", user: imapUser, port })
    const servers = { imap: serverAt(imap.port), smtp: serverAt(smtp.port) }
    const settings = { address, ...servers, auth: "password", password: imapPassword, ...more }
    const { status, body } = await ana.call("POST", "/connections", { kind: "email", name: address, settings })
    assert.equal(status, 201, JSON.stringify(body))
    const id = String(body["id"])
    // As after its verification, which has tests of its own. What is delivered at once was there before.
    const verifiedAt = new Date(desk.now().getTime() + 1_000)
    const proved = { verification: { at: verifiedAt.toISOString(), learnt: { plusAddress: true }, failure: null } }
    await rows("update connections set enabled = true, health = $2 where id = $1", id, JSON.stringify(proved))
    const look = lookerAt(desk, id)
    const process = async () => {
      while ((await processDeliveries(desk)) > 0);
    }
    return {
      ...imap,
      smtp,
      id,
      look,
      process,
      /** Fetches and processes what came. */
      fetch: () => look().then(process),
      send: senderOf(desk),
      /** A mail that came now, or at that time. */
      receive: (mail: TestMail, at: Date = desk.now()) => imap.deliver(rawMail(mail), at),
      tickets: () => rows(ticketsOfConnection, id),
    }
  }

const ticketsOfConnection = `select t.id, t.number, t.status, t.subject, t.message_count as count, t.unread_messages as unread,
    c.name as contact
  from tickets t join contacts c on c.id = t.contact_id where t.connection_id = $1 order by t.created_at, t.id`

/**
 * Looks once, as the loop does again and again: until there is nothing new. `meanwhile` happens once the lease is taken; `canEnd` is given
 * what ends it, as a server that is stopped does.
 */
const lookerAt =
  (desk: Desk, id: string) => async (meanwhile?: () => Promise<unknown>, canEnd?: (end: () => void) => void) => {
    const rows = rowsOf(desk)
    const connection = (await connectionById(desk.db.kysely, id))!
    const folder = folderOf(mailboxOf(connection))
    const taken = await takeLease(desk.db, { connectionId: id, folder, now: desk.now() })
    assert.ok(taken, "somebody else reads the mailbox")
    const { mailbox, ...lease } = taken
    await meanwhile?.()
    const stop = new AbortController()
    canEnd?.(() => stop.abort())
    await rows("update mailboxes set checked_at = null where connection_id = $1", id)
    const following = followMailbox({ kit: desk, connection, lease, mailbox, signal: stop.signal })
    // It waits for mail once all is fetched.
    const checked = "select from mailboxes where connection_id = $1 and checked_at is not null"
    const ended = following.then(() => true)
    // It may fail while the database is asked; what with is thrown below.
    ended.catch(() => {})
    try {
      while ((await rows(checked, id)).length === 0)
        if (await Promise.race([ended, new Promise<false>((go) => setImmediate(go, false))])) break
      stop.abort()
      await following
    } finally {
      // As for a server that died.
      desk.clock.pass(leaseMs)
    }
  }

/** Sends until nothing is due, once nothing can be taken back any more. */
function senderOf(desk: Desk) {
  const outbox = createOutbox({ kit: desk, log: createLog("silent") })
  return async () => {
    desk.clock.pass(undoMs)
    do await outbox.idle()
    while (await outbox.step())
    await outbox.idle()
  }
}
