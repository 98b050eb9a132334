import { queryOptions } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import type { z } from "zod"
import type { startBody, StartConnection } from "#replies/start-conversation/api-contract.ts"
import { get, postIdempotent, queryString } from "../../lib/api-client.ts"
import { useAct } from "../../lib/use-act-on-server.ts"

export type { StartConnection }

export type NewConversation = z.input<typeof startBody>

/** A contact who is known, or the kinds of addresses that are being typed for one. */
export type ContactOrAddressKinds = { contactId: string } | { reach: string[] }

export const startConnectionsQuery = (reached: ContactOrAddressKinds) =>
  queryOptions({
    queryKey: ["conversations", "connections", reached],
    queryFn: ({ signal }) =>
      get<{ items: StartConnection[] }>(`/conversations/connections${queryString(reached)}`, signal),
    enabled: "contactId" in reached || reached.reach.length > 0,
    // What was active when it was last asked says nothing of now.
    gcTime: 0,
  })

export function useStartConversation(done: () => void) {
  const navigate = useNavigate()
  return useAct({
    run: (conversation: NewConversation) => postIdempotent<{ ticketId: string }>("/conversations", conversation),
    done: ({ ticketId }) => {
      done()
      void navigate({ to: "/tickets/$ref", params: { ref: ticketId }, search: { view: "all" } })
    },
    stale: [["tickets"], ["contacts"], ["conversations"]],
    refused: "in the form",
  })
}
