// Stored hooks become openings and closures, one transaction each, in the order in which they came. One that fails keeps no other
// waiting: an opening may come after its closure anyway.
import { sql } from "kysely"
import { type Act, system, transact } from "#kernel/act.ts"
import { isContention, isMachineFault, Refusal } from "#kernel/errors.ts"
import { startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Log } from "#kernel/log.ts"
import { readSetting } from "#settings/index.ts"
import type { Timer } from "#timers/index.ts"
import { openAgreement } from "../open-agreement.ts"
import { recordClosure } from "../record-closure.ts"
import type { RunCounts } from "../runs/run-counts.ts"
import { syncWorkTickets } from "../sync/sync-work-tickets.ts"
import type { HookContent } from "../systems/system-hook.ts"
import { registeredHooks } from "./registered-hooks.ts"
import {
  type ClaimedHook,
  claimNextHook,
  finishHook,
  hooksTopic,
  postponeHook,
  takeHints,
} from "./system-hook-store.ts"

export const hooksTimer: Timer = {
  topic: hooksTopic,
  dueSql: "select min(next_at) from system_hooks where state = 'stored'",
}

/** Two loops: about what a work system hints at it is asked, which may take long. */
export const startHookProcessing = (kit: Kit, log: Log) => [
  startPollingLoop(kit.db, log, { name: hooksTopic, step: () => processStoredHook(kit) }),
  startPollingLoop(kit.db, log, { name: "system-hints", step: () => processHints(kit, log), topics: [hooksTopic] }),
]

/** Before it is decided what the systems have said. */
export async function processAllStoredHooks(kit: Kit): Promise<void> {
  while (await processStoredHook(kit));
}

/** Processes the next stored hook; true when there may be more. */
async function processStoredHook(kit: Kit): Promise<boolean> {
  const claimed: ClaimedHook[] = []
  try {
    await transact(kit.db, async (tx) => {
      // One at a time on all servers, as they came: an opening and its closure must see each other, and who is about to decide
      // waits for what somebody else is processing.
      await sql`select pg_advisory_xact_lock(hashtextextended('system hooks', 0))`.execute(tx)
      const act: Act = { tx, actor: system, now: kit.now() }
      for (const hook of await claimNextHook(act)) {
        claimed.push(hook)
        await finishHook(act, hook.id, await apply(act, hook))
      }
    })
  } catch (error) {
    if (claimed.length === 0 || isMachineFault(error) || isContention(error)) throw error
    for (const hook of claimed) await postponeHook(kit, hook, reasonOf(error))
  }
  // Most looks find nothing, and have recorded no event.
  if (claimed.length > 0) kit.db.wakes.wake("log")
  return claimed.length > 0
}

/** What went wrong, without any of the words that were sent. */
const reasonOf = (error: unknown) => (error instanceof Refusal ? error.code : (error as Error).name)

/** What became of it. */
async function apply(act: Act, { id: hookId, systemId, receivedAt, ...hook }: ClaimedHook): Promise<string> {
  const content = contentOf(hook)
  const from = { systemId, receivedAt, hookId }
  switch (content.type) {
    case "opening": {
      if (!isWanted(content.motive, await readSetting(act, "WEBHOOK_MOTIVO_PERMITIDO"))) return "filtered"
      const { isNew } = await openAgreement(act, { ...from, ...content })
      return isNew ? "opened" : "joined"
    }
    case "closure":
      return (await recordClosure(act, { ...from, ...content })).because
    default:
      return "ignored"
  }
}

function contentOf({ path, body }: Pick<ClaimedHook, "path" | "body">): HookContent {
  const [, hook] = registeredHooks().find(([, one]) => one.path === path)!
  return hook.read(body)
}

const folded = (motive: string) => motive.trim().toLowerCase()

/** An empty setting lets all pass. */
const isWanted = (motive: string | null, wanted: string) =>
  folded(wanted) === "" || folded(motive ?? "") === folded(wanted)

const hintsAtOnce = 100

/** Asks the work systems about the tickets that they hinted at; true when there may be more. What fails here the next sync finds. */
async function processHints(kit: Kit, log: Log): Promise<boolean> {
  const hints = await takeHints(kit, hintsAtOnce)
  for (const [systemId, some] of Map.groupBy(hints, (hint) => hint.systemId)) {
    const contents = some.map(contentOf)
    const numbers = new Set(contents.flatMap((content) => (content.type === "changed" ? content.numbers : [])))
    if (numbers.size > 0) await syncWorkTickets(kit, systemId, [...numbers], uncounted(log))
  }
  return hints.length === hintsAtOnce
}

const uncounted = (log: Log): RunCounts => ({
  checked: 0,
  acted: 0,
  attempt: async (work) => {
    await work().catch((error: unknown) => log.warn({ err: error }, "a hint could not be followed"))
  },
  goOn: async () => {},
})
