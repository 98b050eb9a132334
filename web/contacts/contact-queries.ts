// A contact as the API tells it, and how it is called on the screen.
import { queryOptions, useQuery } from "@tanstack/react-query"
import { get } from "../lib/api-client.ts"
import { readableAddress, type Identity } from "./readable-address.ts"
import { type NamedByContact, useContactName } from "./contact-name.ts"

export interface Contact {
  id: string
  name: string
  tier: string | null
  language: string | null
  identities: Identity[]
  customFields: Record<string, unknown>
  blocked: boolean
  isGroup: boolean
  /** Only what the reader typed of it is shown. */
  isPartial: boolean
}

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ["contacts", id],
    queryFn: ({ signal }) => get<Contact>(`/contacts/${id}`, signal),
    staleTime: 60_000,
  })

/** How the other side of a ticket is called: by name, else by the first address that people can read. */
export function useContactNameOf(ticket: NamedByContact): string {
  const { contact } = ticket
  const plainName = useContactName()(ticket)
  const isNameless = contact?.name === ""
  const found = useQuery({ ...contactQuery(contact?.id ?? ""), enabled: isNameless }).data
  return (isNameless && readableAddress(found?.identities ?? [])) || plainName
}
