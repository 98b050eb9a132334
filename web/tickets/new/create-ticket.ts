import type { z } from "zod"
import type { newTicketBody } from "#tickets/api-contract.ts"
import { postIdempotent } from "../../lib/api-client.ts"
import { useAct } from "../../lib/use-act-on-server.ts"
import type { Ticket } from "../ticket.ts"

export type NewTicket = z.input<typeof newTicketBody>

export const useCreateTicket = () =>
  useAct({
    run: (ticket: NewTicket) => postIdempotent<Ticket>("/tickets", ticket),
    stale: [["tickets"]],
    refused: "in the form",
  })
