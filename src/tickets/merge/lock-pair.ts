import type { Act } from "#kernel/act.ts"
import type { Principal } from "#people/index.ts"
import { idVisible, lockInOrder, refuseUnseen } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"

/** Locks two tickets, as the caller may see them; one they may not see is not there. */
export async function lockPair(act: Act, who: Principal, a: string, b: string): Promise<[TicketRow, TicketRow]> {
  const [first, second] = [await idVisible(act, who, a), await idVisible(act, who, b)]
  const locked = await lockInOrder(act, [first, second])
  for (const ticket of locked.values()) refuseUnseen(who, ticket)
  return [locked.get(first)!, locked.get(second)!]
}
