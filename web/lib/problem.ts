import { Problem } from "./api.ts"
import { useTexts, type Values } from "./language.tsx"

/** Says what happened, what is safe and what to do. A sentence of the server is used when we have none of our own. */
export function usePlainProblem(): (error: unknown) => string {
  const { t, has } = useTexts()
  return (error) => {
    if (!(error instanceof Problem)) return t("problem.screen")
    if (error.status === 0 || (error.status === 503 && error.code !== "channel_failed")) return t("problem.network")
    if (error.status >= 500 && error.code !== "channel_failed")
      return t("problem.unknown", { id: error.body.requestId ?? "" })
    const id = `refusal.${error.code}`
    if (has(id)) return t(id, spoken(error))
    return error.errors.length > 0
      ? error.errors.map((one) => `${one.path}: ${one.message}`).join(" · ")
      : error.message
  }
}

/** What a refusal names besides its code: another ticket's number, the colleague who holds it, how much they have. */
function spoken({ body }: Problem): Values {
  const { number, assignee, by, load, capacity } = body as {
    number?: string
    assignee?: { name?: string }
    by?: { name?: string }
    load?: number
    capacity?: number
  }
  const name = assignee?.name ?? by?.name ?? ""
  return { number: number ?? "", name, load: load ?? "none", capacity: capacity ?? "" }
}

/** The message for one field of a form, if the server named it. */
export function useFieldError(error: unknown): (path: string) => string | undefined {
  const { t } = useTexts()
  return (path) => {
    if (!(error instanceof Problem)) return undefined
    const found = error.errors.find((one) => one.path.replace(/^(body)?[/.]/, "") === path)
    return found && error.code === "duplicate_entry" ? t("refusal.duplicate_entry") : found?.message
  }
}
