// hilo demo: a believable desk, made with the same verbs as a real one, and a visitor who writes while you watch.
import { openAttachmentStorage } from "#kernel/storage/file-storage.ts"
import { randomBytes } from "node:crypto"
import { parseArgs } from "node:util"
import type { Kit } from "#kernel/kit.ts"
import { databaseNow } from "#kernel/database/database-clock.ts"
import { inTransaction, system } from "#kernel/act.ts"
import { loadConfig } from "#kernel/config.ts"
import { changeConnection } from "#connections/index.ts"
import { verifyConnection } from "#connections/verify-connection.ts"
import type { Database } from "#kernel/db.ts"
import { createLog } from "#kernel/log.ts"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { onStopSignal } from "#kernel/stop-signal.ts"
import { carla, staff } from "#demo/staff-and-customers.ts"
import { automationAsOf } from "#demo/automation-as-of.ts"
import { playAgreementsDay } from "#demo/play-agreements-day.ts"
import { seedIncidents } from "#demo/seed-incidents.ts"
import { firstSceneStart, scheduleScenes } from "#demo/build-three-months-of-scenes.ts"
import { playScenes } from "#demo/play-scenes.ts"
import { type CreatedIds } from "#demo/scene-context.ts"
import { createSeededRandom } from "#demo/seeded-random.ts"
import { markOldNotificationsRead } from "#demo/mark-old-notifications-read.ts"
import { dequeueTickets, seedRulesAndPresence } from "#demo/seed-rules-and-presence.ts"
import { slaPoliciesAsOf } from "#demo/seed-sla-policies.ts"
import { skipPastReactions } from "#demo/skip-past-reactions.ts"
import { answerAsCustomers } from "#demo/mail/answer-as-customers.ts"
import { type DemoMailServer, startDemoMailServer } from "#demo/mail/mail-server.ts"
import { enableGreeting, seedWorkspace } from "#demo/seed-workspace.ts"
import { type Workspace } from "#demo/seeded-workspace-type.ts"
import { isServerReady, chatAsVisitors } from "#demo/chat-visitor.ts"
import { UsageError } from "./cli-deps-and-usage-error.ts"
import { withDatabase } from "./with-database.ts"

export const usage =
  "hilo demo [--tickets 300] [--seed 7] [--password PASSWORD] [--force] [--no-visitor] [--for SECONDS] [--url ADDRESS]"

type Wish = {
  tickets: number
  seed: number
  password: string
  force: boolean
  now: Date
  print: (line: string) => void
  mail: DemoMailServer
}

/** Fills a desk. Refuses one that has tickets of its own, unless asked to go on. Where it fails its mailbox is switched off again. */
export async function fillDesk(kit: Omit<Kit, "now">, wish: Wish): Promise<{ shop: Workspace; made: CreatedIds }> {
  const { db, secrets } = kit
  if (!wish.force && (await hasTickets(db))) {
    throw new UsageError(
      "This desk has tickets already. The demo would mix its stories with them; --force does so all the same.",
    )
  }
  const shop = await seedWorkspace(db, secrets, {
    password: wish.password,
    now: firstSceneStart(wish.now),
    mail: wish.mail,
  })
  await verifyConnection({ ...kit, now: () => firstSceneStart(wish.now) }, system, shop.connections.mail)
  try {
    return { shop, made: await playMonths(kit, shop, wish) }
  } catch (error) {
    await switchOff(db, secrets, shop.connections.mail)
    throw error
  }
}

async function playMonths(kit: Omit<Kit, "now">, shop: Workspace, wish: Wish): Promise<CreatedIds> {
  const { db, secrets } = kit
  const log = createLog("silent")
  const made: CreatedIds = { tickets: new Set(), messages: new Set() }
  const scenes = scheduleScenes(createSeededRandom(wish.seed), wish.tickets, wish.now)
  const followDeadlines = slaPoliciesAsOf(db, shop, wish.now)
  const followAgreements = await playAgreementsDay(kit, made, wish.now)
  const followRules = automationAsOf(kit, shop, wish.now)
  const followDay = async (until: Date) => {
    await followRules(until)
    await followDeadlines(until)
    await followAgreements(until)
  }
  const between = { onAct: teller(wish.print), before: followDay }
  await playScenes(
    { kit, shop, made, visitors: new Map(), named: new Map(), mail: wish.mail },
    scenes,
    wish.now,
    between,
  )
  await followDay(wish.now)
  await skipPastReactions({ ...kit, now: () => wish.now }, log, made)
  await seedIncidents(kit, wish.now)
  await markOldNotificationsRead(kit, shop, wish.now)
  await dequeueTickets(db, made.tickets, wish.now)
  await enableGreeting(db, secrets, shop, await databaseNow(db))
  await seedRulesAndPresence(db, shop, wish.now)
  const { tickets, messages } = await heldBy(db)
  wish.print(`The desk holds ${tickets} tickets with ${messages} messages.`)
  return made
}

async function hasTickets(db: Database): Promise<boolean> {
  return (await db.kysely.selectFrom("tickets").select("id").limit(1).executeTakeFirst()) !== undefined
}

// Counted, not added up: incidents, merges and splits make and take some on the way.
async function heldBy(db: Database) {
  const { rows } = await db.pool.query<{ tickets: string; messages: string }>(
    "select (select count(*) from tickets) as tickets, (select count(*) from messages) as messages",
  )
  return rows[0]!
}

function teller(print: Wish["print"]) {
  let printed = 0
  return (done: number, of: number) => {
    const percent = Math.floor((done / of) * 4) * 25
    if (percent === printed) return
    printed = percent
    print(`${percent} %`)
  }
}

export async function run(args: string[]): Promise<void> {
  const wish = wished(args)
  const mail = await startDemoMailServer()
  try {
    await fillAndWatch(wish, mail)
  } finally {
    await mail.close()
  }
}

async function fillAndWatch(wish: ReturnType<typeof wished>, mail: DemoMailServer): Promise<void> {
  const config = loadConfig(process.env)
  const print = console.log
  const password = wish.password ?? randomBytes(9).toString("base64url")
  const { chat, mail: mailbox } = await withDatabase(async (db, secrets) => {
    const { shop } = await fillDesk(
      {
        db,
        secrets,
        channelApis: config.channelApis,
        outbound: createOutbound(config),
        storage: openAttachmentStorage(config),
      },
      { ...wish, password, now: await databaseNow(db), print, mail },
    )
    return shop.connections
  })
  const url = wish.url ?? config.publicUrl
  print(invitation(url, chat, password))
  try {
    if (!wish["no-visitor"]) await watch({ url, chat, seconds: wish.for, print, mail })
  } finally {
    // Its servers end with this process.
    await withDatabase((db, secrets) => switchOff(db, secrets, mailbox))
  }
}

async function switchOff(db: Database, secrets: Kit["secrets"], id: string): Promise<void> {
  await inTransaction(db, { actor: system, now: await databaseNow(db) }, (act) =>
    changeConnection(act, secrets, id, { enabled: false }),
  )
}

function wished(args: string[]) {
  const text = { type: "string" } as const
  const flag = { type: "boolean", default: false } as const
  const options = {
    tickets: { ...text, default: "300" },
    seed: { ...text, default: "7" },
    password: text,
    force: flag,
    "no-visitor": flag,
    for: text,
    url: text,
  } as const
  try {
    const { values } = parseArgs({ args, options })
    if (values.password !== undefined && values.password.length < 10)
      throw new Error("--password must have at least 10 characters")
    const { tickets, seed, for: seconds } = values
    return {
      ...values,
      tickets: whole("tickets", tickets),
      seed: whole("seed", seed),
      for: seconds === undefined ? undefined : whole("for", seconds),
    }
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nUsage: ${usage}`)
  }
}

function whole(name: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`--${name} must be a whole number`)
  return Number(text)
}

function invitation(url: string, chat: string, password: string): string {
  const people = [...Object.values(staff), carla].map(({ email, role }) => `  ${email.padEnd(20)} ${role}`)
  return [
    `\nThe inbox:   ${url}/`,
    `The chat:    ${url}/chat/${chat}`,
    `\nSign in with one of these and the password  ${password}`,
    ...people,
    "(Who was here before keeps the password they had.)\n",
  ].join("\n")
}

type Watching = {
  url: string
  chat: string
  seconds: number | undefined
  print: Wish["print"]
  mail: DemoMailServer
}

async function watch({ url, chat, seconds, print, mail }: Watching) {
  if (!(await isServerReady(url))) {
    print(`Nobody answers at ${url}: start Hilo with npm start and the same HILO_DATA, then see the inbox there.`)
    return
  }
  const stop = new AbortController()
  onStopSignal(() => stop.abort())
  const end = seconds === undefined ? null : setTimeout(() => stop.abort(), seconds * 1_000)
  print(
    `A visitor writes in the chat, and another by mail, ${seconds === undefined ? "until Ctrl-C" : `for ${seconds} s`}. Answer, and they will answer you.`,
  )
  answerAsCustomers(mail, print, stop.signal)
  await chatAsVisitors({ url, chat, signal: stop.signal, print })
  if (end) clearTimeout(end)
}
