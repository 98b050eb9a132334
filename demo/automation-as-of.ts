// Rules that acted in the last week of the stories, and one that names what is gone since.
import { sql } from "kysely"
import { type Act, inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { RuleFields } from "#automation/api-contract.ts"
import { createRule } from "#automation/change-automation-rules.ts"
import { automationJobs } from "#automation/index.ts"
import { recordDueWaits } from "#automation/record-due-waits.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { createReply, deleteReply } from "#macros/change-saved-replies.ts"
import type { Workspace } from "./seeded-workspace-type.ts"

const weekMs = 7 * 86_400_000
/** Who waits is looked for at least as often, though nothing happens. */
const lookEveryMs = 10 * 60_000
const always = { enabled: true, stop: false }

const rules = ({ connections }: Workspace, goneReplyId: string): RuleFields[] => [
  {
    ...always,
    name: "Nombra su pedido → alta y etiqueta",
    priority: 10,
    trigger: { type: "message_received" },
    conditions: [{ field: "message", operator: "matches", value: "(pedido|order) (fue )?(el )?#\\d+" }],
    actions: [
      { type: "priority", value: "high" },
      { type: "addTags", value: ["con-pedido"] },
    ],
  },
  {
    ...always,
    name: "Mayoristas primero",
    priority: 20,
    trigger: { type: "ticket_created" },
    conditions: [{ field: "connectionId", operator: "equals", value: connections.wholesale }],
    actions: [{ type: "note", value: "Cliente mayorista: responder antes que a los demás." }],
  },
  {
    ...always,
    name: "Cuatro horas sin respuesta",
    priority: 30,
    trigger: { type: "waiting", waitsFor: "us", minutes: 240 },
    conditions: [{ field: "priority", operator: "lt", value: "urgent" }],
    actions: [{ type: "addTags", value: ["espera-larga"] }],
  },
  {
    ...always,
    name: "Promoción de octubre",
    priority: 40,
    trigger: { type: "message_received" },
    conditions: [{ field: "message", operator: "contains", value: "promo octubre" }],
    actions: [{ type: "reply", value: goneReplyId }],
  },
]

/** What the rules do until an instant, as if they had been made a week ago. */
export function automationAsOf(kit: Omit<Kit, "now">, shop: Workspace, now: Date): (until: Date) => Promise<void> {
  const begin = new Date(now.getTime() - weekMs)
  let [lastId, looked] = [-1, begin.getTime()]
  return async (until) => {
    if (until < begin) return
    if (lastId < 0) {
      await seedRules(kit, shop, begin)
      lastId = await newestEvent(kit)
      return
    }
    for (; looked <= until.getTime(); looked += lookEveryMs) {
      const at = new Date(looked)
      while (await recordDueWaits({ ...kit, now: () => at }));
    }
    lastId = await runRules(kit, lastId)
  }
}

async function seedRules({ db }: Pick<Kit, "db">, shop: Workspace, now: Date): Promise<void> {
  const { alma } = shop.people
  await inTransaction(db, { actor: alma, now }, async (act) => {
    if (await hasRules(act)) return
    const content = "La promoción de octubre está en nuestra página."
    const reply = await createReply(act, alma, { name: "Promoción de octubre", content, visibility: "all" })
    for (const rule of rules(shop, reply)) await createRule(act, rule)
    await deleteReply(act, alma, reply)
  })
}

const hasRules = async (act: Act) =>
  (await act.tx.selectFrom("automationRules").select("id").limit(1).executeTakeFirst()) !== undefined

async function newestEvent({ db }: Pick<Kit, "db">): Promise<number> {
  const { rows } = await sql<{ id: number }>`select coalesce(max(id), 0) as id from events`.execute(db.kysely)
  return rows[0]!.id
}

/** Each a second after what led to it. Returns up to which event rules were asked. */
async function runRules(kit: Omit<Kit, "now">, after: number): Promise<number> {
  const { rows } = await sql<ReactionPayload & { at: Date }>`
    select id as event_id, depth, ticket_id, subject_id, at from events where id > ${after} order by id`.execute(
    kit.db.kysely,
  )
  for (const { at, ...payload } of rows) {
    const [job] = automationJobs({ ...kit, now: () => new Date(at.getTime() + 1_000) })
    const due = await kit.db.kysely.transaction().execute((tx) => job!.worthwhile!(tx, [payload]))
    if (due.length > 0) await job!.run(payload)
  }
  return rows.at(-1)?.eventId ?? after
}
