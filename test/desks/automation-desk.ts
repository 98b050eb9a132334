// A desk on which rules act: what follows from its log is done by hand, each job twice, until nothing is left.
import assert from "node:assert/strict"
import { automationRoutes, automationJobs, automationRuleNamesOf } from "#automation/index.ts"
import { recordDueWaits } from "#automation/record-due-waits.ts"
import { contactRoutes } from "#contacts/index.ts"
import { dispatchOnce, type ReactionPayload, sequenceAll } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { createLog } from "#kernel/log.ts"
import { macroRoutes } from "#macros/index.ts"
import { peopleRoutes } from "#people/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { castOf } from "../desk-users.ts"
import { type Client, type Desk, openDesk } from "./test-desk.ts"

export const created = { trigger: { type: "ticket_created" } }
export const received = { trigger: { type: "message_received" } }
export const stepped = { trigger: { type: "status_changed" } }
export const says = (value: string) => [{ field: "message", operator: "contains", value }]
export const tag = (...value: string[]) => ({ type: "addTags", value })
export const log = createLog("silent")

type Entry = { action: string; details: Record<string, unknown>; why?: { code: string; because: string } }
type TicketFields = Record<"team" | "assignee", { id: string } | null> & {
  tags: string[]
  priority: string
  status: string
}

export async function openAutomationDesk() {
  const desk = await openDesk((app, kit) => {
    peopleRoutes(app, { ...kit, authentication: kit.authentication, publicUrl: kit.publicUrl })
    contactRoutes(app, kit)
    ticketRoutes(app, kit, { names: automationRuleNamesOf })
    macroRoutes(app, kit)
    replyRoutes(app, kit)
    automationRoutes(app, kit)
  })
  const cast = await castOf(desk)
  let people = 0
  const newPhone = () => `+5730060${String(++people).padStart(5, "0")}`
  const newTicket = async (text = "hola", who = newPhone()) => (await cast.source.says(who, { text })).ticket!.id
  return {
    ...cast,
    desk,
    newPhone,
    newTicket,
    ...storyOf(cast.root),
    ...rulesOf(desk, cast.root),
    ...reactionsOf(desk),
  }
}

/** What tickets show of what rules did. */
function storyOf(root: Client) {
  const story = async (id: string) =>
    ((await root.call("GET", `/tickets/${id}/timeline`)).body as { items: Entry[] }).items
  return {
    story,
    shown: async (id: string) => {
      const { tags, priority, status, team, assignee } = (await root.call("GET", `/tickets/${id}`)).body as TicketFields
      return { tags, priority, status, team: team?.id, assignee: assignee?.id }
    },
    refused: async (id: string) =>
      (await story(id)).flatMap(({ action, why }) => (action === "automation.refused" ? why!.code.slice(19) : [])),
    applied: async (id: string) => (await story(id)).filter(({ action }) => action === "automation.applied").length,
  }
}

function rulesOf(desk: Desk, root: Client) {
  const rows = async <Row = Record<string, unknown>>(sql: string, ...values: unknown[]) =>
    (await desk.db.pool.query(sql, values)).rows as Row[]
  const made = async (path: string, body: object) => {
    const answer = await root.call("POST", path, body)
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return String(answer.body["id"])
  }
  return {
    rows,
    made,
    /** These rules alone, in this order. */
    rulesAre: async (...bodies: object[]): Promise<string[]> => {
      await rows("delete from automation_rules")
      const ids: string[] = []
      for (const [nth, body] of bodies.entries())
        ids.push(await made("/automation-rules", { name: `Regla ${nth + 1}`, priority: nth, ...body }))
      return ids
    },
  }
}

function reactionsOf(desk: Desk) {
  const job = automationJobs(desk)[0]!
  const due: ReactionPayload[] = []
  const queue = {
    enqueue: async (tx: Act["tx"], name: string, payloads: ReactionPayload[]) => {
      if (name === job.name) due.push(...((await job.worthwhile!(tx, payloads)) as ReactionPayload[]))
    },
    deadLetter: async () => assert.fail("a chain was cut"),
  }
  /** Each job twice, as after a server that died before it said so. Gives how many there were. */
  const followed = async (): Promise<number> => {
    let jobs = 0
    for (let isMore = true; isMore;) {
      await sequenceAll(desk.db)
      isMore = await dispatchOnce(desk.db, log, queue)
      const taken = due.splice(0)
      for (const payload of [...taken, ...taken]) await job.run(payload)
      jobs += taken.length
      isMore ||= taken.length > 0
    }
    return jobs
  }
  return {
    job,
    followed,
    pass: (minutes: number) => desk.clock.pass(minutes * 60_000),
    /** Two servers look at once for what is due. */
    waited: async () => {
      do await Promise.all([recordDueWaits(desk), recordDueWaits(desk)])
      while (await recordDueWaits(desk))
      await followed()
    },
  }
}
