import { useMutation, useQueryClient } from "@tanstack/react-query"
import { postOnce, Problem, put } from "../lib/api.ts"
import { useTexts } from "../lib/language.tsx"
import { usePlainProblem } from "../lib/problem.ts"
import type { Ticket } from "../tickets/ticket.ts"

/** What a person does to an incident. Nothing is shown before the server has agreed: it may refuse the words. */
export function useIncidentActs(number: string) {
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
      mutationFn: (content: string) => postOnce(`/tickets/${number}/messages`, { content, isInternal: true }),
      onSuccess,
    }),
  }
}

/** A refusal in words; that a text holds something of a person is said as what it is. */
export function useRefusal(): (error: unknown) => string | undefined {
  const { t } = useTexts()
  const say = usePlainProblem()
  return (error) => {
    if (!error) return undefined
    const isPersonal = error instanceof Problem && error.errors.some(({ message }) => /personal data/.test(message))
    return isPersonal ? t("incident.personal") : say(error)
  }
}
