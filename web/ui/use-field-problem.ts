// What is wrong with a field, in words of ours beside it instead of the browser's bubble. The browser still judges (required, type,
// min …); its `invalid` event is answered here. Of several wrong fields of a form the first has the focus, also when the server
// found them.
import { useEffect, useRef, useState, type SyntheticEvent } from "react"
import { useTexts, type Translate } from "../lib/language.tsx"

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** `error`: what the form knows of the field, as what the server said. `id`: the field's own. */
export function useFieldProblem(id: string, error: string | undefined) {
  const { t } = useTexts()
  const [own, setOwn] = useState<string>()
  const element = useRef<Field>(null)
  const check = () => setOwn(element.current?.validity.valid === false ? wordsOf(element.current, t) : undefined)
  // A value also changes without its reader typing.
  useEffect(() => {
    if (own !== undefined) check()
  })
  useEffect(() => {
    const field = document.getElementById(id) as Field | null
    if (error !== undefined && field?.form && submitted.has(field.form)) focusIfFirst(field)
  }, [id, error])
  const onInvalid = (event: SyntheticEvent<Field>) => {
    event.preventDefault()
    element.current = event.currentTarget
    check()
    focusIfFirst(event.currentTarget)
  }
  const onInput = () => {
    if (own !== undefined) check()
  }
  return { problem: own ?? error, handlers: { onInvalid, onInput } }
}

function focusIfFirst(field: Field) {
  const isWrong = (one: Element) => one.ariaInvalid === "true" || ("validity" in one && !(one as Field).validity.valid)
  if ([...(field.form?.elements ?? [field])].find(isWrong) === field) field.focus()
}

// Forms that were sent and not touched since: only then does an answer move the focus, never under somebody's hands.
const submitted = new WeakSet<EventTarget>()
globalThis.document?.addEventListener("submit", ({ target }) => target && submitted.add(target), true)
globalThis.document?.addEventListener(
  "input",
  ({ target }) => {
    const { form } = target as Field
    if (form) submitted.delete(form)
  },
  true,
)

function wordsOf(field: Field, t: Translate): string {
  const { valueMissing, badInput, typeMismatch, tooShort, rangeUnderflow, rangeOverflow, stepMismatch } = field.validity
  const { min, max } = field as HTMLInputElement
  if (badInput) return t("wrong.incomplete")
  if (valueMissing) return t("wrong.required")
  if (typeMismatch) return t(field.type === "email" ? "wrong.email" : "wrong.address")
  if (tooShort) return t("wrong.too_short")
  if (rangeUnderflow) return t("wrong.atLeast", { min })
  if (rangeOverflow) return t("wrong.atMost", { max })
  return t(stepMismatch ? "wrong.step" : "wrong.other")
}
