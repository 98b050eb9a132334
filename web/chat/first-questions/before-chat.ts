// What visitors are asked before they write, in place of the box to write in. What they answer goes with their first message.
import type { ChatMessageIn } from "../../../src/channels/webchat/api-contract.ts"
import type { PrefixedStorage } from "../../lib/prefixed-storage.ts"
import type { FirstQuestions } from "./first-questions.ts"
import { looksLikeEmail } from "../looks-like-email.ts"
import { element, t } from "../page-setup.ts"

export type Answers = NonNullable<ChatMessageIn["answers"]>
type QuestionField = { key: string; label: string; isRequired: boolean; control: HTMLInputElement | HTMLSelectElement }

export const readAnswers = (memory: PrefixedStorage): Answers => JSON.parse(memory.read("answers") ?? "[]") as Answers

/** The function that is returned shows the questions, or the box again when there are none. */
export function startBeforeChat(memory: PrefixedStorage, done: (said: { name?: string; email?: string }) => void) {
  const form = element<HTMLFormElement>("before")
  let shown = ""
  let asked: QuestionField[] = []
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const wrong = asked.filter((one) => !check(one))
    if (wrong[0]) return wrong[0].control.focus()
    finish()
  })
  return function update(questions: FirstQuestions | null) {
    element("composer").hidden = questions !== null
    form.hidden = questions === null
    const as = JSON.stringify(questions)
    if (as === shown) return
    shown = as
    if (questions) asked = draw(form, questions, memory)
  }

  function finish() {
    const value = (key: string) => asked.find((one) => one.key === key)?.control.value.trim()
    const [name, email] = [value("name"), value("email")]
    const answers = asked.flatMap(({ key, control }) =>
      key.startsWith("q.") && control.value.trim() !== "" ? [{ id: key.slice(2), text: control.value.trim() }] : [],
    )
    if (answers.length > 0) memory.write("answers", JSON.stringify(answers))
    memory.write("started", "1")
    done({ ...(name && { name }), ...(email && { email }) })
  }
}

function draw(form: HTMLFormElement, { name, email, questions, isClosed }: FirstQuestions, memory: PrefixedStorage) {
  const [title, go] = [document.createElement("h2"), document.createElement("button")]
  title.textContent = t(isClosed ? "chat.closedForm" : "chat.startIntro")
  go.className = "main"
  go.textContent = t("chat.start")
  const asked: QuestionField[] = [
    ...(name === "off" ? [] : [ask("name", t("chat.name"), name === "required")]),
    ...(email === "off" ? [] : [ask("email", t("chat.email"), email === "required")]),
    ...questions.map(({ id, label, required, options }) => ask(`q.${id}`, label, required, options)),
  ]
  for (const { key, control } of asked) if (!key.startsWith("q.")) control.value = memory.read(key) ?? ""
  form.replaceChildren(title, ...asked.map(field), go)
  return asked
}

function ask(key: string, label: string, isRequired: boolean, options: string[] | null = null): QuestionField {
  const control = options ? choice(options) : document.createElement("input")
  control.id = `before-${key}`
  control.required = isRequired
  control.setAttribute("aria-describedby", `${control.id}-wrong`)
  if (control instanceof HTMLInputElement) {
    control.maxLength = key === "email" ? 254 : key === "name" ? 200 : 500
    control.dir = "auto"
    if (key === "email") control.type = "email"
    if (key === "email" || key === "name") control.autocomplete = key
  }
  return { key, label, isRequired, control }
}

function choice(options: string[]): HTMLSelectElement {
  const made = document.createElement("select")
  for (const [value, text] of [["", t("chat.choose")], ...options.map((one) => [one, one])] as [string, string][])
    made.append(new Option(text, value))
  return made
}

function field({ label, isRequired, control }: QuestionField): HTMLElement {
  const [row, name, wrong] = [
    document.createElement("div"),
    document.createElement("label"),
    document.createElement("p"),
  ]
  name.htmlFor = control.id
  name.textContent = isRequired ? label : t("chat.optional").replace("{label}", label)
  wrong.id = `${control.id}-wrong`
  wrong.className = "wrong"
  row.append(name, control, wrong)
  return row
}

/** False when it is missing or no e-mail, which is said beside it. */
function check({ key, isRequired, control }: QuestionField): boolean {
  const value = control.value.trim()
  const isEmail = key !== "email" || value === "" || looksLikeEmail(value)
  const problem = isRequired && value === "" ? t("chat.mustAnswer") : isEmail ? "" : t("chat.emailWrong")
  element(`${control.id}-wrong`).textContent = problem
  control.setAttribute("aria-invalid", String(problem !== ""))
  return problem === ""
}
