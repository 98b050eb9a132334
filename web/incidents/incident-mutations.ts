import { useMutation, useQueryClient } from "@tanstack/react-query"
import { postIdempotent, Problem, put } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import type { Ticket } from "../tickets/ticket.ts"

/** What a person does to an incident. Nothing is shown before the server has agreed: it may refuse the words. */
export function useIncidentMutations(number: string) {
  const client = useQueryClient()
  const onSuccess = async () => {
    void client.invalidateQueries({ queryKey: ["tickets"] })
    await client.invalidateQueries({ queryKey: ["ticket", number] })
  }
  return {
    step: useMutation({
      mutationFn: ({ status, resolution }: { status: string; resolution?: string }) =>
        put<Ticket>(`/tickets/${number}/status`, { status, ...(resolution && { resolution }) }),
      onSuccess,
    }),
    note: useMutation({
      mutationFn: (content: string) => postIdempotent(`/tickets/${number}/messages`, { content, isInternal: true }),
      onSuccess,
    }),
  }
}

/** A refusal in words; that a text holds something of a person is said as what it is. */
export function useRefusalText(): (error: unknown) => string | undefined {
  const { t } = useTexts()
  const say = useProblemText()
  return (error) => {
    if (!error) return undefined
    const isPersonal = error instanceof Problem && error.errors.some(({ message }) => /personal data/.test(message))
    return isPersonal ? t("incident.personal") : say(error)
  }
}
