// One change to many tickets: each by the same verbs and in a transaction of its own, so that one that refuses stops no other.
import { type Act, inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { type Refusal, statusOf } from "#kernel/errors.ts"
import { toRefusal } from "#kernel/http/send-problem.ts"
import type { Principal } from "#people/index.ts"
import { assignByHand } from "../assignment/assign-by-hand.ts"
import type { BulkAnswer, BulkChange } from "./api-contract.ts"
import type { BulkGroup } from "#kernel/http/one-change-or-many.ts"
import { changeStatus } from "../lifecycle/change-status-by-hand.ts"
import { snooze, unsnooze } from "../lifecycle/snooze.ts"
import { lockTicket, lockVisible } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"
import { tagsAfter } from "../fields/tags.ts"
import { updateFields } from "../fields/update-ticket-fields.ts"

type Row = BulkAnswer["items"][number]

/** A result for each ticket asked for, in that order. `report` gets what failed on our side. */
export const changeInBulk = (
  kit: Kit,
  who: Principal,
  groups: BulkGroup<BulkChange>[],
  report: (error: unknown) => void,
): Promise<BulkAnswer> => changeEach(kit, who, groups, (act, ref, group) => changeOne(act, who, ref, group), report)

/** The same for any change of one ticket, which is named by its reference and given back as it is after it. */
export async function changeEach<Change>(
  kit: Kit,
  who: Principal,
  groups: BulkGroup<Change>[],
  apply: (act: Act, ref: string, group: BulkGroup<Change>) => Promise<TicketRow>,
  report: (error: unknown) => void,
): Promise<BulkAnswer> {
  const items: Row[] = []
  for (const { ref, group } of groups.flatMap((group) => group.refs.map((ref) => ({ ref, group })))) {
    try {
      const work = (act: Act) => apply(act, ref, group)
      const { id, number, status, version } = await inTransaction(kit.db, { actor: who, now: kit.now() }, work)
      items.push({ ref, ok: true, ticket: { id, number, status, version }, problem: null })
    } catch (error) {
      const refusal = toRefusal(error, { query: {} })
      if (refusal.kind === "internal") report(error)
      items.push({ ref, ok: false, ticket: null, problem: problemOf(refusal) })
    }
  }
  const changed = items.filter((item) => item.ok).length
  return { items, changed, failed: items.length - changed }
}

const problemOf = (refusal: Refusal) => ({
  ...refusal.extra.more,
  ...(refusal.extra.errors && { errors: refusal.extra.errors }),
  status: statusOf[refusal.kind],
  code: refusal.code,
  detail: refusal.message,
})

async function changeOne(act: Act, who: Principal, ref: string, group: BulkGroup<BulkChange>): Promise<TicketRow> {
  const found = await lockVisible(act, who, ref)
  const { priority, tags, assignment, status, resolution, snooze: putOff } = group.change
  await updateFields(act, found, {
    priority,
    ...(tags && { tags: tagsAfter(found.tags, tags, `${group.path}.tags.add`) }),
  })
  if (assignment) await assignByHand(act, who, await lockTicket(act, found.id), assignment)
  if (status !== undefined) await changeStatus(act, who, await lockTicket(act, found.id), { status, resolution })
  if (putOff === null) await unsnooze(act, await lockTicket(act, found.id))
  if (putOff) await snooze(act, await lockTicket(act, found.id), putOff.until)
  return lockTicket(act, found.id)
}
