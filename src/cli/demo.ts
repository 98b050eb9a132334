// hilo demo: a believable desk, made with the same verbs as a real one, and a visitor who writes while you watch.
import { join } from "node:path"
import { openStorage } from "#kernel/storage.ts"
import { randomBytes } from "node:crypto"
import { parseArgs } from "node:util"
import type { Kit } from "#kernel/answer.ts"
import { databaseNow } from "#kernel/clock.ts"
import { loadConfig } from "#kernel/config.ts"
import type { Database } from "#kernel/db.ts"
import { createLog } from "#kernel/log.ts"
import { createOutbound } from "#kernel/outbound/client.ts"
import { onStopSignal } from "#kernel/signals.ts"
import { carla, staff } from "./demo/people.ts"
import { outage } from "./demo/outage.ts"
import { opening, plan } from "./demo/plan.ts"
import { type Made, play } from "./demo/play.ts"
import { createRandom } from "./demo/random.ts"
import { readOld } from "./demo/read.ts"
import { forgetQueued, workFromNowOn } from "./demo/rules.ts"
import { settle } from "./demo/settle.ts"
import { greetFromNowOn, openShop, type Shop } from "./demo/shop.ts"
import { isReady, visit } from "./demo/visitor.ts"
import { Misuse } from "./key.ts"
import { withDatabase } from "./open.ts"

export const usage =
  "hilo demo [--tickets 300] [--seed 7] [--password PASSWORD] [--force] [--no-visitor] [--for SECONDS] [--url ADDRESS]"

type Wish = {
  tickets: number
  seed: number
  password: string
  force: boolean
  now: Date
  print: (line: string) => void
}

/** Fills a desk. Refuses one that has tickets of its own, unless it is told to go on. */
export async function fillDesk(kit: Omit<Kit, "now">, wish: Wish): Promise<{ shop: Shop; made: Made }> {
  const { db, secrets } = kit
  if (!wish.force && (await hasTickets(db))) {
    throw new Misuse(
      "This desk has tickets already. The demo would mix its stories with them; --force does so all the same.",
    )
  }
  const log = createLog("silent")
  const made: Made = { tickets: new Set(), messages: new Set() }
  const shop = await openShop(db, secrets, wish.password, opening(wish.now))
  const scenes = plan(createRandom(wish.seed), wish.tickets, wish.now)
  const progress = teller(wish.print)
  await play({ kit, shop, made, visitors: new Map(), named: new Map() }, scenes, wish.now, progress)
  await settle({ ...kit, now: () => wish.now }, log, made)
  await outage(kit, wish.now)
  await readOld(kit, shop, wish.now)
  await forgetQueued(db, made.tickets, wish.now)
  await greetFromNowOn(db, secrets, shop, await databaseNow(db))
  await workFromNowOn(db, shop, wish.now)
  const { tickets, messages } = await heldBy(db)
  wish.print(`The desk holds ${tickets} tickets with ${messages} messages.`)
  return { shop, made }
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
  let told = 0
  return (done: number, of: number) => {
    const percent = Math.floor((done / of) * 4) * 25
    if (percent === told) return
    told = percent
    print(`${percent} %`)
  }
}

export async function run(args: string[]): Promise<void> {
  const wish = wished(args)
  const config = loadConfig(process.env)
  const print = console.log
  const password = wish.password ?? randomBytes(9).toString("base64url")
  const chat = await withDatabase(async (db, secrets) => {
    const { shop } = await fillDesk(
      {
        db,
        secrets,
        graphUrl: config.whatsappApiUrl,
        outbound: createOutbound(config),
        storage: openStorage(join(config.dataFolder, "attachments"), config.s3Url),
      },
      { ...wish, password, now: await databaseNow(db), print },
    )
    return shop.doors.chat
  })
  const url = wish.url ?? config.publicUrl
  print(invitation(url, chat, password))
  if (wish["no-visitor"]) return
  await watch(url, chat, wish.for, print)
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
    throw new Misuse(`${(error as Error).message}\nUsage: ${usage}`)
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

async function watch(url: string, chat: string, seconds: number | undefined, print: Wish["print"]) {
  if (!(await isReady(url))) {
    print(`Nobody answers at ${url}: start Hilo with npm start and the same HILO_DATA, then see the inbox there.`)
    return
  }
  const stop = new AbortController()
  onStopSignal(() => stop.abort())
  const end = seconds === undefined ? null : setTimeout(() => stop.abort(), seconds * 1_000)
  print(
    `A visitor writes in the chat${seconds === undefined ? " until Ctrl-C" : ` for ${seconds} s`}. Answer, and they will answer you.`,
  )
  await visit({ url, chat, signal: stop.signal, print })
  if (end) clearTimeout(end)
}
