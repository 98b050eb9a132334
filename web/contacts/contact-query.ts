import { queryOptions } from "@tanstack/react-query"
import type { Contact as Stored } from "#contacts/api-contract.ts"
import { get } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"
import { fetchPart } from "../tickets/combine-ticket-part-requests.ts"

export type Contact = Json<Stored>

/** `ofTicket`: the ticket whose customer this is, asked for together with it. */
export const contactQuery = (id: string, ofTicket?: string) =>
  queryOptions({
    queryKey: ["contacts", id],
    queryFn: () => {
      const alone = () => get<Contact>(`/contacts/${id}`)
      return ofTicket === undefined ? alone() : fetchPart(ofTicket, "contact", alone)
    },
    staleTime: 60_000,
  })
