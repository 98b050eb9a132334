import { useState, type KeyboardEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import { InputField } from "../ui/form-fields.tsx"
import { choiceId, MacroChoiceList, stepAlong } from "./macro-choice-list.tsx"
import { useMacroChoices } from "./macro-queries.ts"
import type { MacroChoice } from "./macro-types-and-variables.ts"

/** Saved replies and macros by name and text, with the arrows and Enter. */
export function MacroSearch({ mode, onChoose }: { mode: Mode; onChoose: (choice: MacroChoice) => void }) {
  const { t } = useTexts()
  const [typed, setTyped] = useState("")
  const [at, setAt] = useState(0)
  const { choices, isComing } = useMacroChoices(typed, mode)
  const here = Math.min(at, choices.length - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    const to = stepAlong(event.key, here, choices.length)
    if (to !== undefined) setAt(to)
    else if (event.key === "Enter" && choices[here]) onChoose(choices[here])
    else return
    event.preventDefault()
  }
  return (
    <div className="grid gap-3">
      <InputField
        label={t("macros.find")}
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="insertions"
        aria-activedescendant={choices[here] && choiceId("insertions", here)}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
      />
      <MacroChoiceList id="insertions" choices={choices} at={here} onChoose={onChoose} />
      <p role="status" className="text-muted">
        {choices.length === 0 && !isComing && t("macros.nothing")}
      </p>
    </div>
  )
}
