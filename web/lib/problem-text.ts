import { Problem, type FieldError } from "./api-client.ts"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import { useTexts, type TextValues } from "./language.tsx"

/** Says what happened, what is safe and what to do, in the reader's language: by the code, never by the server's words. */
export function useProblemText(): (error: unknown) => string {
  const { t, has } = useTexts()
  const sayField = useFieldWords()
  const sayWhole = (one: FieldError) => {
    const name = nameOf(one.path, has)
    return name ? `${t(name)}: ${sayField(one)}` : sayField(one)
  }
  return (error) => {
    if (!(error instanceof Problem)) return t("problem.screen")
    if (error.status === 0 || (error.status === 503 && error.code !== "channel_failed")) return t("problem.network")
    if (error.status >= 500 && error.code !== "channel_failed")
      return t("problem.unknown", { id: error.body.requestId ?? "" })
    if (namesFields.has(error.code) && error.errors.length > 0)
      return [...new Set(error.errors.map(sayWhole))].join(" · ")
    const id = `refusal.${error.code}`
    return has(id) ? t(id, spoken(error)) : t("problem.refused", { code: error.code })
  }
}

const namesFields = new Set(["invalid", "duplicate_entry"])

/** The words that a screen has for a field: a path is for programs. */
function nameOf(path: string, has: (id: string) => id is TextId): TextId | undefined {
  const parts = path.split(/[./]/).filter((part) => part && part !== "body" && !/^\d+$/.test(part))
  const ids = [parts.join("."), parts.at(-1)].flatMap((name) => [`field.ticket.${name}`, `audit.field.${name}`])
  return ids.find(has)
}

/** What a refusal names besides its code: another ticket's number, the colleague who holds it, how much they have. */
function spoken({ body, message: detail }: Problem): TextValues {
  const { number, assignee, by, load, capacity, usedBy } = body as {
    number?: string
    assignee?: { name?: string }
    by?: { name?: string }
    load?: number
    capacity?: number
    usedBy?: { name: string }[]
  }
  const name = assignee?.name ?? by?.name ?? ""
  const users = usedBy?.map((user) => user.name).join(", ") || "none"
  return { detail, users, number: number ?? "", name, load: load ?? "none", capacity: capacity ?? "" }
}

/** The server's own sentence is the more exact one, and English. */
function useFieldWords(): (wrong: FieldError) => string {
  const { t, has, language } = useTexts()
  return ({ code, message }) => {
    const id = `wrong.${code ?? ""}`
    return has(id) ? t(id) : language === "en" ? message : t("wrong.other")
  }
}

/** The message for one field of a form, if the server named it. */
export function useFieldError(error: unknown): (path: string) => string | undefined {
  const sayField = useFieldWords()
  return (path) => {
    if (!(error instanceof Problem)) return undefined
    const found = error.errors.find((one) => one.path.replace(/^(body)?[/.]/, "") === path)
    return found && sayField(found)
  }
}
