import { post, request } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"
import { allTickets } from "../../tickets/ticket-queries.ts"
import type { Contact } from "../contact-query.ts"

const stale = [["contacts"], ...allTickets]

/** `from` is merged into `into`, which stays. */
export function useMergeContacts(done: (contact: Contact) => void) {
  const { t } = useTexts()
  const unmerge = useUnmergeContact()
  return useAct({
    run: ({ from, into }: { from: Contact; into: Contact }) =>
      post<Contact>(`/contacts/${from.id}/merge`, { into: into.id }),
    done: (contact, { from }) => {
      done(contact)
      return {
        text: t("contact.merged", { name: contact.name || t("list.unknownContact") }),
        action: { label: t("action.undo"), run: () => unmerge.mutate(from.id) },
      }
    },
    stale,
    refused: "in the form",
  })
}

export function useUnmergeContact() {
  const { t } = useTexts()
  return useAct({
    run: (id: string) => request<Contact>("DELETE", `/contacts/${id}/merge`),
    done: () => t("contact.unmerged"),
    stale,
  })
}
