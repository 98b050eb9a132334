// Where the visitor writes: Enter sends, Shift+Enter breaks the line, what is half written survives a reload.
import type { ChatMessageIn } from "../../src/connections/webchat/contract.ts"
import type { Memory } from "../lib/memory.ts"
import { newClientId } from "./outbox.ts"
import { element, t } from "./page.ts"

const longest = 10_000

export function startComposer(memory: Memory, send: (message: ChatMessageIn) => void) {
  const form = element<HTMLFormElement>("composer")
  const text = element<HTMLTextAreaElement>("text")
  const fields = [element<HTMLInputElement>("name"), element<HTMLInputElement>("email")]
  text.value = memory.read("draft") ?? ""
  for (const field of fields) {
    field.value = memory.read(field.name) ?? ""
    field.addEventListener("input", () => memory.write(field.name, field.value.trim()))
    field.addEventListener("change", () => sayEmail())
  }
  text.addEventListener("input", () => {
    memory.write("draft", text.value)
    fit()
  })
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return
    event.preventDefault()
    form.requestSubmit()
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    submit()
  })
  fit()

  function submit() {
    const words = text.value.trim()
    if (!words || text.value.length > longest) return text.focus()
    send({ clientId: newClientId(), text: words, ...whoWrites() })
    text.value = ""
    memory.erase("draft")
    fit()
    text.focus()
  }

  function whoWrites(): { name?: string; email?: string } {
    const [name, email] = fields.map((field) => field.value.trim())
    return { ...(name && { name }), ...(email && sayEmail() && { email }) }
  }

  function sayEmail(): boolean {
    const email = element<HTMLInputElement>("email")
    const good = email.value.trim() === "" || looksLikeEmail(email.value.trim())
    element("email-wrong").textContent = good ? "" : t("chat.emailWrong")
    email.setAttribute("aria-invalid", String(!good))
    return good
  }

  function fit() {
    text.style.height = "auto"
    text.style.height = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`
    const over = text.value.length - longest
    element("too-long").textContent = over > 0 ? t("chat.tooLong").replace("{over}", String(over)) : ""
    element<HTMLButtonElement>("send").disabled = over > 0 || text.value.trim() === ""
  }
}

/** The server asks the same of an address; a doubtful one is simply not sent along. */
function looksLikeEmail(text: string): boolean {
  return /^[A-Za-z0-9_'+.-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}$/.test(text)
}
