// A contact as the API returns it, and how it is called on the screen.
import { queryOptions, useQuery } from "@tanstack/react-query"
import type { Contact as Stored } from "#contacts/contract.ts"
import { get } from "../lib/api-client.ts"
import type { Json } from "../lib/json.ts"
import { fetchPart } from "../tickets/ticket-parts.ts"
import { readableAddress } from "./readable-address.ts"
import { type NamedByContact, useContactName } from "./contact-name.ts"

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

/** How the other side of a ticket is called: by name, else by the first address that people can read. */
export function useContactNameOf(ticket: NamedByContact & { number: string }): string {
  const { contact, number } = ticket
  const plainName = useContactName()(ticket)
  const isNameless = contact?.name === ""
  const found = useQuery({ ...contactQuery(contact?.id ?? "", number), enabled: isNameless }).data
  return (isNameless && readableAddress(found?.identities ?? [])) || plainName
}
