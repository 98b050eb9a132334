// What waits in a mailbox becomes messages: how fast, in how much memory; and how soon a mail that comes is on a screen.
import { setTimeout as wait } from "node:timers/promises"
import { io } from "socket.io-client"
import { figuresOf, type LoadFigures } from "../closed-loop-load.ts"
import { type BenchPostgres, queryRows } from "../postgres-for-bench.ts"
import { cpuSecondsOf, megabytesOf } from "../server-process.ts"
import { largestMail, mailOfConversation } from "./generated-mails.ts"
import { type MailboxServer, startMailboxServer } from "./server-with-mailbox.ts"

export type MailScale = { waiting: number; arrivals: number }

export type ReceivedMails = {
  mails: number
  perSecond: number
  megabytes: number
  /** Milliseconds of the processor for each. */
  processor: { hilo: number; postgres: number }
  largest: { megabytes: number; seconds: number; extraMegabytes: number }
  screen: LoadFigures
}

export async function benchReceivedMails(
  ground: BenchPostgres,
  { waiting, arrivals }: MailScale,
): Promise<ReceivedMails> {
  const place = await startMailboxServer(ground, "mail")
  try {
    const began = performance.now()
    const used = () => [cpuSecondsOf(place.server.pid), cpuSecondsOf(ground.postgresPid)] as const
    const before = used()
    place.imap.add(Array.from({ length: waiting }, (_, n) => mailOfConversation(n)))
    const megabytes = await mostMegabytesUntil(place, waiting)
    const perSecond = waiting / ((performance.now() - began) / 1_000)
    const [hilo, postgres] = used().map((seconds, at) => ((seconds - before[at]!) * 1_000) / waiting)
    const processor = { hilo: hilo!, postgres: postgres! }
    const screen = await arrivalsOnScreen(place, arrivals)
    return { mails: waiting, perSecond, megabytes, processor, screen, largest: await receiveLargest(ground) }
  } finally {
    await place.close()
  }
}

/** The most memory that the server held until so many mails were received. */
async function mostMegabytesUntil({ server, received }: MailboxServer, count: number): Promise<number> {
  let most = megabytesOf(server.pid)
  const look = setInterval(() => (most = Math.max(most, megabytesOf(server.pid))), 20)
  while ((await received()) < count) await wait(100)
  clearInterval(look)
  return most
}

/** On a server that has received some mails: what one of 35 MB needs besides. */
async function receiveLargest(ground: BenchPostgres): Promise<ReceivedMails["largest"]> {
  const place = await startMailboxServer(ground, "mail_largest")
  try {
    const usual = 300
    place.imap.add(Array.from({ length: usual }, (_, n) => mailOfConversation(n)))
    const before = await mostMegabytesUntil(place, usual)
    const began = performance.now()
    const mail = largestMail()
    place.imap.add([mail])
    const most = await mostMegabytesUntil(place, usual + 1)
    const seconds = (performance.now() - began) / 1_000
    return { megabytes: mail.bytes.length / 1e6, seconds, extraMegabytes: Math.max(0, most - before) }
  } finally {
    await place.close()
  }
}

/** Milliseconds from a mail's arrival in the mailbox to the event at a screen. */
async function arrivalsOnScreen({ imap, server, keys, databaseUrl }: MailboxServer, count: number) {
  const heard = new Map<string, number>()
  const options = { path: "/socket", auth: { token: keys.admin }, transports: ["websocket"], forceNew: true }
  const socket = io(server.base, options)
  socket.on("message", ({ action, messageId }: { action: string; messageId: string }) => {
    if (action === "create") heard.set(messageId, performance.now())
  })
  await new Promise<void>((done, fail) => {
    socket.once("ready", () => done())
    socket.once("connect_error", fail)
  })
  const arrived = new Map<string, number>()
  for (let n = 0; n < count; n++) {
    const mail = mailOfConversation(n, "screen")
    arrived.set(mail.id, performance.now())
    imap.add([mail])
    await wait(200)
  }
  await wait(3_000)
  socket.disconnect()
  const rows = await queryRows<{ id: string; mailId: string }>(
    databaseUrl,
    `select message_id as id, mail_id as "mailId" from message_mails where mail_id like 'screen%'`,
  )
  const delays = rows.flatMap(({ id, mailId }) => {
    const at = heard.get(id)
    return at === undefined ? [] : [at - arrived.get(mailId)!]
  })
  return figuresOf(delays, count / 5, count - delays.length)
}
