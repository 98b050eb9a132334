// Saved replies and macros while one writes: find, look at what it would do, then put it in.
import { MessageSquareQuote, Zap } from "lucide-react"
import { useState, type KeyboardEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import { usePlainProblem } from "../lib/problem.ts"
import type { Mode } from "../tickets/drafts.ts"
import type { Ticket } from "../tickets/ticket.ts"
import { Button } from "../ui/button.tsx"
import { cx } from "../ui/cx.ts"
import { Dialog } from "../ui/dialog.tsx"
import { Field } from "../ui/field.tsx"
import { MacroPreview } from "./macro-preview.tsx"
import { type Choice, useApply, useChoices, usePreview } from "./use-macros.ts"

interface Props {
  ticket: Ticket
  mode: Mode
  onInsert: (content: string) => void
  /** Applied, with nothing to put in. */
  onDone: () => void
  onClose: () => void
}

export function InsertMenu({ onClose, ...props }: Props) {
  const { t } = useTexts()
  const [chosen, setChosen] = useState<Choice>()
  if (chosen) return <Chosen choice={chosen} onClose={onClose} {...props} />
  return (
    <Dialog open onClose={onClose} title={t("macros.insert")}>
      <Finder mode={props.mode} onChoose={setChosen} />
    </Dialog>
  )
}

function Finder({ mode, onChoose }: { mode: Mode; onChoose: (choice: Choice) => void }) {
  const { t } = useTexts()
  const [typed, setTyped] = useState("")
  const [at, setAt] = useState(0)
  const choices = useChoices(typed, mode)
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
      <Field
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
            onClick={() => onChoose(choice)}
            className={cx("flex min-h-10 cursor-pointer items-center gap-2 rounded px-2", i === here && "bg-chosen")}
          >
            {choice.type === "macro" ? (
              <Zap className="size-4 shrink-0" aria-label={t("settings.macros")} />
            ) : (
              <MessageSquareQuote className="size-4 shrink-0" aria-label={t("settings.replies")} />
            )}
            <span className="min-w-0 truncate">{choice.item.name}</span>
          </li>
        ))}
      </ul>
      <p role="status" className="text-muted">
        {choices.length === 0 && t("macros.nothing")}
      </p>
    </div>
  )
}

function Chosen({ choice, ticket, onInsert, onDone, onClose }: Props & { choice: Choice }) {
  const { t } = useTexts()
  const say = usePlainProblem()
  const preview = usePreview(choice, ticket)
  const apply = useApply(ticket)
  const isRefused = preview.data?.actions.some(({ refused }) => refused !== null) ?? true
  const put = () => {
    if (preview.data?.reply) onInsert(preview.data.reply.content)
    else onDone()
  }
  const go = () => {
    if (choice.type === "reply" || preview.data?.actions.length === 0) put()
    else apply.mutateAsync(choice.item).then(put, () => {})
  }
  const error = preview.error ?? apply.error
  return (
    <Dialog
      open
      onClose={onClose}
      title={choice.item.name}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" autoFocus disabled={isRefused || apply.isPending} onClick={go}>
            {t("macros.apply")}
          </Button>
        </>
      }
    >
      {preview.data && <MacroPreview preview={preview.data} />}
      {error && (
        <p role="alert" className="text-red">
          {say(error)}
        </p>
      )}
    </Dialog>
  )
}
