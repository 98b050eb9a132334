import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../lib/language.tsx"
import { useMe } from "../session/session-queries.ts"
import { LoadedLater } from "../ui/lazy-part.tsx"
import { EmptyState } from "../ui/loading-empty-and-error.tsx"
import { type DoneSteps, setupStepsQuery } from "./setup-steps-query.ts"

const firstStepsList = async () => (await import("./first-steps-list.tsx")).FirstStepsList

/** What to do first on a new desk, beside the inbox. */
export const FirstSteps = ({ done }: { done: DoneSteps }) => (
  <LoadedLater load={firstStepsList} props={{ done }} onFailed={() => undefined} />
)

/** Beside the list when no ticket is chosen. */
export function NoTicketSelected() {
  const { t } = useTexts()
  const done = useFirstSteps()
  if (done === undefined) return null
  return done ? (
    <FirstSteps done={done} />
  ) : (
    <EmptyState title={t("inbox.choose.title")} text={t("inbox.choose.text")} />
  )
}

/** What is done of a new desk's first steps; null when all are, or the reader cannot do them, or the desk wants no more of them. */
export function useFirstSteps(): DoneSteps | null | undefined {
  const { can } = useMe()
  const isTheirs = can.manageSettings === true
  const { data, isError } = useQuery({ ...setupStepsQuery, enabled: isTheirs })
  if (!isTheirs || isError) return null
  if (!data) return undefined
  const { dismissed, ...done } = data
  return dismissed || Object.values(done).every(Boolean) ? null : done
}
