// Six hours between Splynx and Gestión Real, played with the jobs of every day: what both close, what is forgotten in one of them, and
// one that is forgotten again and again.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { openAgreement } from "#agreements/open-agreement.ts"
import { recordClosure } from "#agreements/record-closure.ts"
import { settleAll } from "#agreements/reopening/settle-due-agreements.ts"
import { syncAllTickets } from "#agreements/sync/sync-work-tickets.ts"
import { linkSystem } from "#agreements/systems/change-linked-systems.ts"
import { systemsInUse } from "#agreements/systems/linked-system-store.ts"
import type { CreatedIds } from "./scene-context.ts"
import { createSplynxInMemory } from "./splynx-in-memory.ts"

type DayAct = "open" | "look" | "work closed" | "record closed"
type DayEvent = { minutesAgo: number; number: number; does: DayAct }

const motives = ["Sin servicio", "Lentitud", "Cambio de domicilio", "Router sin señal"]
const firstNumber = 30_101
const lookEveryMinutes = 10

/** For each ticket, how many minutes before now what happens. People close it in Splynx (`work closed`) and in Gestión Real (`record closed`). */
const stories: [minutesAgo: number, does: DayAct][][] = [
  [
    [340, "open"],
    [260, "record closed"],
    [240, "work closed"],
  ],
  [
    [330, "open"],
    [200, "work closed"],
    [150, "work closed"],
    [148, "record closed"],
  ],
  [
    [320, "open"],
    [280, "work closed"],
    [220, "work closed"],
    [120, "work closed"],
  ],
  [
    [180, "open"],
    [30, "record closed"],
  ],
  [
    [90, "open"],
    [4, "work closed"],
  ],
  [[60, "open"]],
  // Of a ticket that was opened there before the two were linked.
  [[25, "record closed"]],
]

/** Gives what plays the day up to an instant. Its tickets are added to those that were made. */
export async function playAgreementsDay(
  kit: Omit<Kit, "now">,
  made: CreatedIds,
  now: Date,
): Promise<(until: Date) => Promise<void>> {
  // A desk that is linked already has days of its own.
  if ((await systemsInUse(kit.db.kysely)).length > 0) return async () => {}
  const splynx = createSplynxInMemory()
  const events = eventsOfDay()
  let at = instant(now, events[0]!.minutesAgo)
  const own: Kit = { ...kit, outbound: splynx.outbound, now: () => at }
  const acting = <T>(work: (act: Act) => Promise<T>) => inTransaction(kit.db, { actor: system, now: at }, work)
  const recordId = await acting((act) => linkSystems(act, own))
  const perform = async ({ number, does }: DayEvent) => {
    const company = number % 3 === 0 ? "Red Norte" : "Fibra Sur"
    const said = { systemId: recordId, number: String(number), company, receivedAt: at, hookId: number }
    const motive = motives[number % motives.length]!
    if (does === "open") {
      splynx.closed.set(workNumber(number), false)
      const opening = { ...said, openedAt: at, motive, customerNumber: "77", workNumber: workNumber(number) }
      made.tickets.add((await acting((act) => openAgreement(act, opening))).ticketId)
    }
    if (does === "work closed") splynx.closed.set(workNumber(number), true)
    if (does === "record closed") await acting((act) => recordClosure(act, { ...said, closedAt: at, motive }))
    if (does === "look") await look(own)
  }
  return async (until) => {
    for (let next = events[0]; next && instant(now, next.minutesAgo) <= until; next = events[0]) {
      at = instant(now, next.minutesAgo)
      await perform(next)
      events.shift()
    }
  }
}

const instant = (now: Date, minutesAgo: number) => new Date(now.getTime() - minutesAgo * 60_000)
const workNumber = (number: number) => String(number - 25_000)

/** In the order of time; the jobs run between them. */
function eventsOfDay(): DayEvent[] {
  const happening = stories.flatMap((story, n) =>
    story.map(([minutesAgo, does]) => ({ minutesAgo, number: firstNumber + n, does })),
  )
  const first = Math.max(...happening.map(({ minutesAgo }) => minutesAgo))
  const looks = Array.from({ length: Math.floor(first / lookEveryMinutes) }, (_, n) => {
    return { minutesAgo: first - (n + 1) * lookEveryMinutes, number: 0, does: "look" as const }
  })
  return [...happening, ...looks].toSorted((a, b) => b.minutesAgo - a.minutesAgo)
}

async function look(kit: Kit): Promise<void> {
  const counts = {
    checked: 0,
    acted: 0,
    attempt: async (part: () => Promise<unknown>) => void (await part()),
    goOn: async () => {},
  }
  await syncAllTickets(kit, { always: true }, counts)
  await settleAll(kit, { always: true }, counts)
}

/** Nobody answers at this address, once the day is over. */
async function linkSystems(act: Act, kit: Kit): Promise<string> {
  const baseUrl = "https://splynx.example.com"
  const access = { auth: "basic", key: "key of the demo", secret: "secret of the demo", requestsPerSecond: 1_000 }
  await linkSystem(act, kit, { kind: "splynx", name: "Splynx", settings: { baseUrl, ...access } })
  return linkSystem(act, kit, { kind: "gestionreal", name: "Gestión Real", settings: { bearer: "bearer of the demo" } })
}
