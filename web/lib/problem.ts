import { Problem } from "./api.ts"
import { useTexts } from "./language.tsx"

/** Says what happened, what is safe and what to do. A sentence of the server is used when we have none of our own. */
export function usePlainProblem(): (error: unknown) => string {
  const { t } = useTexts()
  return (error) => {
    if (!(error instanceof Problem)) return t("problem.screen")
    if (error.status === 0 || error.status === 503) return t("problem.network")
    if (error.status === 403) return t("problem.forbidden")
    if (error.status === 404) return t("problem.notFound")
    if (error.status === 412) return t("problem.stale")
    if (error.code === "duplicate_entry") return t("problem.duplicate")
    if (error.status >= 500) return t("problem.unknown", { id: error.requestId })
    return error.errors.length > 0
      ? error.errors.map((one) => `${one.path}: ${one.message}`).join(" · ")
      : error.message
  }
}

/** The message for one field of a form, if the server named it. */
export function useFieldError(error: unknown): (path: string) => string | undefined {
  const { t } = useTexts()
  return (path) => {
    if (!(error instanceof Problem)) return undefined
    const found = error.errors.find((one) => one.path.replace(/^(body)?[/.]/, "") === path)
    return found && error.code === "duplicate_entry" ? t("problem.duplicate") : found?.message
  }
}
