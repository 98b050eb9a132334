// An answer that was taken back before it left has answered nobody.
import type { Act } from "#kernel/act.ts"
import { firstAnswerAt } from "../merge/merge-records.ts"
import type { TicketRow } from "../ticket-row.ts"
import { markFirstResponse } from "../message-effects-on-ticket.ts"
import { recountWaiting } from "./waiting-since.ts"

/** The customer waits as before it, and what was the first answer at `sentAt` is none. Deadlines count the writing. */
export async function takeBackAnswer(
  act: Act,
  { id, firstResponseAt }: Pick<TicketRow, "id" | "firstResponseAt">,
  sentAt: Date,
): Promise<void> {
  if (firstResponseAt?.getTime() === sentAt.getTime())
    await act.tx
      .updateTable("tickets")
      .set({ firstResponseAt: await firstAnswerAt(act, id) })
      .where("id", "=", id)
      .execute()
  await recountWaiting(act, [id])
}

/** It leaves after all: it answers what its customer had written before it. */
export async function giveBackAnswer(act: Act, ticketId: string): Promise<void> {
  await markFirstResponse(act, ticketId)
  await recountWaiting(act, [ticketId])
}
