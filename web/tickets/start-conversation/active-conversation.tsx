import { useNavigate } from "@tanstack/react-router"
import { Problem } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { closeStartConversation } from "./open-start-conversation.ts"

interface NumberedTicket {
  number: string
}

/** The conversation that a refusal names: somebody was faster, or it could not be known before. */
export function activeConversationOf(error: unknown): NumberedTicket | undefined {
  if (!(error instanceof Problem) || error.code !== "thread_busy") return undefined
  const { number } = error.body
  return typeof number === "string" ? { number } : undefined
}

/** With one active conversation there is no other: it is offered. */
export function ActiveConversation({ ticket: { number } }: { ticket: NumberedTicket }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const open = () => {
    closeStartConversation()
    void navigate({ to: "/tickets/$ref", params: { ref: number }, search: { view: "all" } })
  }
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 rounded border border-line bg-blue-soft p-3">
      <p className="min-w-0 grow basis-48">{t("conversation.active", { number })}</p>
      <Button look="primary" onClick={open}>
        {t("conversation.open", { number })}
      </Button>
    </div>
  )
}
