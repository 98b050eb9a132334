import { MessageSquareQuote, Zap } from "lucide-react"
import { useState, type KeyboardEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import { classNames } from "../ui/class-names.ts"
import { InputField } from "../ui/form-fields.tsx"
import { type MacroChoice, useMacroChoices } from "./macro-queries.ts"

/** Saved replies and macros by name, with the arrows and Enter. */
export function MacroSearch({ mode, onChoose }: { mode: Mode; onChoose: (choice: MacroChoice) => void }) {
  const { t } = useTexts()
  const [typed, setTyped] = useState("")
  const [at, setAt] = useState(0)
  const choices = useMacroChoices(typed, mode)
  const here = Math.min(at, choices.length - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    if (step !== 0 && choices.length > 0) setAt((here + step + choices.length) % choices.length)
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
        aria-activedescendant={choices[here] && `insert-${choices[here].item.id}`}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
      />
      <ul id="insertions" role="listbox" aria-label={t("macros.insert")} className="max-h-[40vh] overflow-y-auto">
        {choices.map((choice, i) => (
          <li
            key={choice.item.id}
            id={`insert-${choice.item.id}`}
            role="option"
            aria-selected={i === here}
            ref={(element) => {
              if (i === here) element?.scrollIntoView({ block: "nearest" })
            }}
            onClick={() => onChoose(choice)}
            className={classNames(
              "flex min-h-10 cursor-pointer items-center gap-2 rounded px-2",
              i === here && "bg-chosen",
            )}
          >
            <Line choice={choice} />
          </li>
        ))}
      </ul>
      <p role="status" className="text-muted">
        {choices.length === 0 && t("macros.nothing")}
      </p>
    </div>
  )
}

function Line({ choice: { type, item } }: { choice: MacroChoice }) {
  const { t } = useTexts()
  const Icon = type === "macro" ? Zap : MessageSquareQuote
  return (
    <>
      <Icon
        className="size-4 shrink-0 text-muted"
        role="img"
        aria-label={t(type === "macro" ? "macros.one" : "replies.one")}
      />
      <span className="min-w-0 truncate">{item.name}</span>
    </>
  )
}
