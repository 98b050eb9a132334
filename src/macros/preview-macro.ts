// What a macro would do to a ticket: it is done, looked at, and undone with its transaction. So the same verbs judge it.
import { type Act, inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Principal } from "#people/index.ts"
import { lockVisible, refuseMerged, showTicket, type Ticket } from "#tickets/index.ts"
import { applyAction, tryAction } from "./apply-action.ts"
import type { ActionType, MacroPreview } from "./api-contract.ts"
import { existingMacro } from "./macro-store.ts"
import { fillForTicket } from "./fill-placeholders-for-ticket.ts"

class PreviewRollback extends Error {
  readonly preview: MacroPreview
  constructor(preview: MacroPreview) {
    super("a preview leaves nothing behind")
    this.preview = preview
  }
}

export async function previewMacro(kit: Kit, who: Principal, macroId: string, ref: string): Promise<MacroPreview> {
  try {
    return await inTransaction(kit.db, { actor: who, now: kit.now() }, async (act) => {
      throw new PreviewRollback(await look(act, who, macroId, ref))
    })
  } catch (error) {
    if (error instanceof PreviewRollback) return error.preview
    throw error
  }
}

async function look(act: Act, who: Principal, macroId: string, ref: string): Promise<MacroPreview> {
  const macro = await existingMacro(act.tx, who, macroId)
  const ticket = await lockVisible(act, who, ref)
  refuseMerged(ticket)
  const { id } = ticket
  let before = await showTicket(act, who, id)
  const { reply } = macro
  const filled = reply && { ...(await fillForTicket(act.tx, who, before, reply.content)), isInternal: reply.isInternal }
  const actions: MacroPreview["actions"] = []
  for (const action of macro.actions) {
    const refusal = await tryAction(act, () => applyAction(act, who, id, action))
    const after = await showTicket(act, who, id)
    const [old, now] = [fieldOf(before, action.type), fieldOf(after, action.type)]
    const refused = refusal && { code: refusal.code, detail: refusal.message }
    actions.push({ type: action.type, old, new: now, refused })
    before = after
  }
  return { reply: filled, actions }
}

function fieldOf(ticket: Ticket, type: ActionType): unknown {
  switch (type) {
    case "status":
      return ticket.status
    case "assign":
      return ticket.assignee
    case "team":
      return ticket.team
    case "priority":
      return ticket.priority
    case "addTags":
    case "removeTags":
      return ticket.tags
    case "snooze":
      return ticket.snoozedUntil
    case "categories":
      return ticket.categories
  }
}
