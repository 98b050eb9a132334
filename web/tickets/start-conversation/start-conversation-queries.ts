import { queryOptions } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import type { z } from "zod"
import type { Message as Stored } from "#messages/api-contract.ts"
import type { startBody, StartConnection } from "#replies/start-conversation/api-contract.ts"
import { get, postIdempotent, queryString } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"
import { useMe } from "../../session/session-queries.ts"
import { draftsQuery } from "../composer/drafts.ts"
import { giveBackRecipients } from "../composer/mail/chosen-recipients.ts"
import { giveBackWords } from "../composer/mail/give-back-words.ts"
import { type Role } from "../composer/mail/recipients.ts"

export type { StartConnection }

type Message = Json<Stored>

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
  const { t } = useTexts()
  const navigate = useNavigate()
  const undo = useTakeBack()
  return useAct({
    run: (conversation: NewConversation) => postIdempotent<Message>("/conversations", conversation),
    isUndoable: ({ subject }) => subject !== undefined,
    done: (message) => {
      done()
      const { ticketId, delivery, createdAt } = message
      void navigate({ to: "/tickets/$ref", params: { ref: ticketId }, search: { view: "all" } })
      if (!delivery.undoUntil) return undefined
      const lastsMs = Date.parse(delivery.undoUntil) - Date.parse(createdAt)
      const run = () => undo.mutate(message)
      return { text: t("composer.sending"), action: { label: t("action.undo"), isUndo: true, run, lastsMs } }
    },
    stale: [["tickets"], ["contacts"], ["conversations"]],
    refused: "in the form",
  })
}

/** A mail that has not left. Its words and recipients are given back on the ticket that it began, unless files went with them. */
function useTakeBack() {
  const { id: userId } = useMe()
  return useAct({
    run: async ({ id, ticketId }: Message) => {
      await postIdempotent(`/tickets/${ticketId}/messages/${id}/undo`)
      return get<{ number: string }>(`/tickets/${ticketId}`)
    },
    done: ({ number }, { content, attachments, recipients = [] }, client) => {
      if (attachments.length > 0) return
      giveBackWords(userId, number, content, client.getQueryData(draftsQuery(number).queryKey)?.reply)
      const line = (wanted: Role) =>
        recipients.flatMap(({ role, name, address }) => (role === wanted ? [{ name, address }] : []))
      giveBackRecipients(userId, number, { to: line("to"), cc: line("cc"), bcc: line("bcc"), from: null, quote: false })
    },
    stale: [["ticket"], ["tickets"]],
  })
}
