import { MessageSquareQuote, Zap } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { classNames } from "../ui/class-names.ts"
import { textOf } from "./macro-queries.ts"
import type { MacroChoice } from "./macro-types-and-variables.ts"
import { firstLine } from "./match-choices.ts"

interface Props {
  id: string
  choices: MacroChoice[]
  /** The one that Enter takes. */
  at: number
  onChoose: (choice: MacroChoice) => void
}

/** A field above or below it has the focus: it names the chosen line by `choiceId`. */
export function MacroChoiceList({ id, choices, at, onChoose }: Props) {
  const { t } = useTexts()
  return (
    <ul id={id} role="listbox" aria-label={t("macros.insert")} className="max-h-[40vh] overflow-y-auto">
      {choices.map((choice, index) => (
        <li
          key={choice.item.id}
          id={choiceId(id, index)}
          role="option"
          aria-selected={index === at}
          ref={(element) => {
            if (index === at) element?.scrollIntoView({ block: "nearest" })
          }}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(choice)}
          className={classNames(
            "flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 max-md:min-h-10",
            index === at ? "bg-chosen" : "hover:bg-hover",
          )}
        >
          <Line choice={choice} />
        </li>
      ))}
    </ul>
  )
}

export const choiceId = (id: string, index: number) => `${id}-${index}`

/** How the arrows move along it. */
export function stepAlong(key: string, at: number, count: number): number | undefined {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  return step && count > 0 ? (at + step + count) % count : undefined
}

function Line({ choice }: { choice: MacroChoice }) {
  const { t } = useTexts()
  const isMacro = choice.type === "macro"
  const Icon = isMacro ? Zap : MessageSquareQuote
  return (
    <>
      <Icon className="size-4 shrink-0 text-muted" role="img" aria-label={t(isMacro ? "macros.one" : "replies.one")} />
      <span dir="auto" className="max-w-[60%] shrink-0 truncate">
        {choice.item.name}
      </span>
      <span dir="auto" className="min-w-0 truncate text-sm text-muted">
        {firstLine(textOf(choice)) || t("macros.actionCount", { count: isMacro ? choice.item.actions.length : 0 })}
      </span>
    </>
  )
}
