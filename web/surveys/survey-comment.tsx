import { useQuery } from "@tanstack/react-query"
import { surveysQuery } from "./survey-queries.ts"

/** What the customer wrote with their score; nothing when they wrote nothing. */
export function SurveyComment({ ticketRef, surveyId }: { ticketRef: string; surveyId: string }) {
  const { data } = useQuery(surveysQuery(ticketRef))
  const comment = data?.items.find(({ id }) => id === surveyId)?.comment
  if (!comment) return null
  return (
    <q dir="auto" className="block basis-full break-words whitespace-pre-wrap text-ink">
      {comment}
    </q>
  )
}
