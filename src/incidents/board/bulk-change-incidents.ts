// One change of many incidents: each in a transaction of its own, so that one that refuses stops no other.
import type { Act } from "#kernel/act.ts"
import { invalidField, notFound } from "#kernel/errors.ts"
import type { BulkGroup } from "#kernel/http/one-change-or-many.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Principal } from "#people/index.ts"
import { containsPersonalData } from "#privacy/index.ts"
import {
  assignByHand,
  type BulkAnswer,
  changeEach,
  changeStatus,
  lockTicket,
  lockVisible,
  type Status,
  type TicketRow,
} from "#tickets/index.ts"
import type { BulkIncidentChange } from "./api-contract.ts"
import { guiasOf } from "./board-store.ts"
import { stepsTo } from "./incident-steps.ts"

/**
 * A result for each incident asked for, in that order. `report` gets what failed on our side.
 * Refuses (400) the whole when the resolution names a person, unless it is a tracking number of these incidents that reads so.
 */
export async function changeIncidents(
  kit: Kit,
  who: Principal,
  groups: BulkGroup<BulkIncidentChange>[],
  report: (error: unknown) => void,
): Promise<BulkAnswer> {
  const resolved = groups.filter(({ change }) => change.resolution !== undefined)
  const refs = resolved.flatMap((group) => group.refs)
  const guias = refs.length > 0 ? await guiasOf(kit.db, who, refs) : []
  for (const { change, path } of resolved)
    if (containsPersonalData(change.resolution ?? "", { guias }))
      throw invalidField(
        `${path}.resolution`,
        "must not hold telephone numbers or other personal data",
        "personal_data",
      )
  return changeEach(kit, who, groups, (act, ref, { change }) => changeOne(act, who, ref, change), report)
}

async function changeOne(act: Act, who: Principal, ref: string, change: BulkIncidentChange): Promise<TicketRow> {
  const found = await lockVisible(act, who, ref)
  if (found.kind !== "incident") throw notFound("incident")
  const { assignment, status, resolution } = change
  const assigned = assignment ? await assignByHand(act, who, found, assignment) : found
  return status === undefined ? assigned : moveTo(act, who, assigned, { status, resolution })
}

async function moveTo(
  act: Act,
  who: Principal,
  incident: TicketRow,
  { status, resolution }: { status: Status; resolution: string | undefined },
): Promise<TicketRow> {
  const steps = stepsTo(incident.status, status)
  // Without a way the step itself is refused, and what stands there already stays.
  for (const step of steps.length > 0 ? steps : [status])
    await changeStatus(act, who, await lockTicket(act, incident.id), {
      status: step,
      ...(step === status && { resolution }),
    })
  return lockTicket(act, incident.id)
}
