import { useState, type FormEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import type { ListedTicket } from "../tickets/ticket.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Check, Field } from "../ui/field.tsx"
import type { BulkChange } from "./undoing.ts"

interface Props {
  tickets: ListedTicket[]
  change: (to: BulkChange) => void
  onClose: () => void
}

/** Adds what is written, takes away what is ticked off. */
export function BulkTags({ tickets, change, onClose }: Props) {
  const { t } = useTexts()
  const [text, setText] = useState("")
  const [gone, setGone] = useState<string[]>([])
  const there = [...new Set(tickets.flatMap((one) => one.tags))].toSorted()
  const add = text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean)
  const save = (event: FormEvent) => {
    event.preventDefault()
    change({ tags: { add, remove: gone } })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("bulk.tags")}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" type="submit" form="bulk-tags" disabled={add.length + gone.length === 0}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <form id="bulk-tags" onSubmit={save} className="grid gap-4">
        <Field
          label={t("bulk.addTags")}
          hint={t("bulk.addTagsHint")}
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {there.length > 0 && (
          <fieldset>
            <legend className="mb-1 text-sm font-strong">{t("bulk.removeTags")}</legend>
            {there.map((tag) => (
              <Check
                key={tag}
                label={tag}
                checked={gone.includes(tag)}
                onChange={({ target }) => setGone(target.checked ? [...gone, tag] : gone.filter((one) => one !== tag))}
              />
            ))}
          </fieldset>
        )}
      </form>
    </Dialog>
  )
}
