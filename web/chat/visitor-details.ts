// Who the visitor says they are: it goes with their messages, and by itself when it is said later.
import type { PrefixedStorage } from "../lib/prefixed-storage.ts"
import { looksLikeEmail } from "./looks-like-email.ts"
import { element, t } from "./page-setup.ts"

type Details = { name?: string; email?: string }

/** `said` is called when they have written it and gone on. */
export function startVisitorDetails(memory: PrefixedStorage, said: () => void) {
  const fields = [element<HTMLInputElement>("name"), element<HTMLInputElement>("email")]
  for (const field of fields) {
    field.value = memory.read(field.name) ?? ""
    field.addEventListener("input", () => memory.write(field.name, field.value.trim()))
    field.addEventListener("change", () => sayEmail() && said())
  }

  return {
    whoWrites: (): Details => {
      const [name, email] = fields.map((field) => field.value.trim())
      return { ...(name && { name }), ...(email && sayEmail() && { email }) }
    },
    /** They have said it elsewhere on the page. */
    fillIn(details: Details) {
      for (const field of fields) {
        const value = details[field.name as keyof Details]
        if (value === undefined) continue
        field.value = value
        memory.write(field.name, value)
      }
    },
  }
}

function sayEmail(): boolean {
  const email = element<HTMLInputElement>("email")
  const good = email.value.trim() === "" || looksLikeEmail(email.value.trim())
  element("email-wrong").textContent = good ? "" : t("chat.emailWrong")
  email.setAttribute("aria-invalid", String(!good))
  return good
}
