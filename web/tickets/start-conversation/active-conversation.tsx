import { useNavigate } from "@tanstack/react-router"
import { Problem } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { closeStartConversation } from "./open-start-conversation.ts"
import type { StartConnection } from "./start-conversation-queries.ts"

interface NumberedTicket {
  number: string
}

/** The conversation that a refusal names: somebody was faster, or it could not be known before. */
export function activeConversationOf(error: unknown): NumberedTicket | undefined {
  if (!(error instanceof Problem) || error.code !== "thread_busy") return undefined
  const { number } = error.body
  return typeof number === "string" ? { number } : undefined
}

/** What is begun in the dialog is kept. */
function useOpenTicket() {
  const navigate = useNavigate()
  return (number: string) => {
    closeStartConversation()
    void navigate({ to: "/tickets/$ref", params: { ref: number }, search: { view: "all" } })
  }
}

/** With one active conversation there is no other: it is offered. */
export function ActiveConversation({ ticket: { number } }: { ticket: NumberedTicket }) {
  const { t } = useTexts()
  const open = useOpenTicket()
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 rounded border border-line bg-blue-soft p-3">
      <p className="min-w-0 grow basis-48">{t("conversation.active", { number })}</p>
      <Button look="primary" onClick={() => open(number)}>
        {t("conversation.open", { number })}
      </Button>
    </div>
  )
}

/** By mail another one begins beside them. */
export function ActiveTickets({ tickets }: { tickets: StartConnection["activeTickets"] }) {
  const { t } = useTexts()
  const open = useOpenTicket()
  if (tickets.length === 0) return null
  return (
    <div role="status" className="rounded border border-line bg-blue-soft p-3">
      <p>{t("conversation.beside")}</p>
      <ul className="mt-1">
        {tickets.map(({ id, number, subject }) => (
          <li key={id} className="min-w-0">
            <button
              type="button"
              className="min-h-6 max-w-full text-start font-strong underline underline-offset-2 [overflow-wrap:anywhere] max-md:min-h-9"
              onClick={() => open(number)}
            >
              <span className="tabular-nums">{number}</span> <span dir="auto">{subject}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
