import { useState } from "react"
import type { BulkResultRow } from "../../inbox/bulk/bulk-change.ts"
import { useTexts } from "../../lib/language.tsx"
import { useProblemText } from "../../lib/problem-text.ts"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { TextAreaField } from "../../ui/form-fields.tsx"
import type { SelectableIncident } from "../incident-queries.ts"
import { useBulkIncidentChange } from "./bulk-incident-change.ts"

export interface EndRequest {
  to: "resolved" | "closed"
  incidents: SelectableIncident[]
}

interface Props extends EndRequest {
  onDone: (rows: BulkResultRow[]) => void
  onClose: () => void
}

/** Ends many incidents with the same words about what was done. */
export function EndManyDialog({ to, incidents, onDone, onClose }: Props) {
  const { t } = useTexts()
  const say = useProblemText()
  const [text, setText] = useState("")
  const done = (rows: BulkResultRow[]) => {
    onClose()
    onDone(rows)
  }
  const { mutate, isPending, error } = useBulkIncidentChange(done, "in the form")
  const count = incidents.length
  const notStarted = incidents.filter(({ status }) => status === "open").length
  const explained =
    to === "closed" ? t("incident.closedForGood") : notStarted > 0 && t("incident.startedFirst", { count: notStarted })
  const resolution = text.trim()
  return (
    <FormDialog
      title={t(to === "resolved" ? "incident.resolveMany" : "incident.closeMany", { count })}
      text={explained || undefined}
      go={t(`incident.step.${to}`)}
      isPending={isPending}
      onSubmit={() => mutate({ incidents, change: { status: to, ...(resolution && { resolution }) } })}
      onClose={onClose}
    >
      <TextAreaField
        label={t("incident.notesForAll")}
        hint={t("incident.noPersons")}
        error={error ? say(error) : undefined}
        autoFocus
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </FormDialog>
  )
}
