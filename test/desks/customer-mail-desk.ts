// A desk whose customers are mailed: what staff say, and what then arrives in a mailbox.
import { contactRoutes } from "#contacts/index.ts"
import { fileRoutes } from "#files/index.ts"
import { contactMergeRoutes } from "#intake/index.ts"
import { createLog } from "#kernel/log.ts"
import { sendDueMails } from "#kernel/mail/mail-queue.ts"
import { recordCustomerEmails, sendCustomerEmails } from "#notifications/record-and-send-customer-emails.ts"
import { createTeam } from "#people/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { sequenceAll } from "#event-log/index.ts"
import { mayReadFile, ticketRoutes } from "#tickets/index.ts"
import { startSmtpServer } from "../fakes/smtp-server.ts"
import { acting, member, openDesk } from "./test-desk.ts"

const log = createLog("silent")

export async function openCustomerMailDesk() {
  const desk = await openDesk((app, kit) => {
    ticketRoutes(app, kit)
    contactRoutes(app, kit)
    contactMergeRoutes(app, kit)
    replyRoutes(app, kit)
    fileRoutes(app, kit, mayReadFile)
  }, "https://hilo.test")
  const box = await startSmtpServer(desk.publicUrl)
  const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "admin" })
  await acting(desk, (act) => createTeam(act, { name: "Soporte", isDefault: true, memberIds: [ana.userId] }))
  const say = (ref: string, content: string, more: object = {}) =>
    ana.call("POST", `/tickets/${ref}/messages`, { content, ...more })
  const read = async () => {
    await sequenceAll(desk.db)
    while (await recordCustomerEmails(desk));
    while (await sendCustomerEmails(desk, desk.publicUrl));
  }
  /** What arrives once every batch was sent. */
  const arrives = async () => {
    await read()
    desk.clock.pass(60_000)
    await read()
    while (await sendDueMails(desk, log, { post: box.post, writers: {} }));
    return box.take()
  }
  return { desk, box, ana, say, read, arrives }
}
