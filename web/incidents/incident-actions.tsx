import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { FormDialog } from "../ui/form-dialog.tsx"
import { Button } from "../ui/button.tsx"
import { TextAreaField } from "../ui/form-fields.tsx"
import { useMe } from "../session/session-queries.ts"
import type { Ticket } from "../tickets/ticket.ts"
import { useIncidentMutations } from "./incident-mutations.ts"

const steps = ["in_progress", "resolved", "closed"] as const
type Step = (typeof steps)[number]

type Changeable = Pick<Ticket, "number" | "status" | "assignee" | "can">

/** What may be done next, as the server said: what nobody has is taken, and ending asks what was done. */
export function IncidentActions({ ticket: { number, status, assignee, can } }: { ticket: Changeable }) {
  const { t } = useTexts()
  const me = useMe()
  const { step, take } = useIncidentMutations(number)
  const [ending, setEnding] = useState<"resolved" | "closed">()
  const allowed = steps.filter((one) => can.includes(one))
  const go = (to: Step) => (to === "in_progress" ? step.mutate({ status: to }) : setEnding(to))
  const first = allowed[0]
  const claim = assignee === null && can.includes("assign") && !take.isPending && (() => take.mutate(me.id))
  useShortcuts({ KeyE: first && (() => go(first)), KeyI: claim })
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {claim && <Button onClick={claim}>{t("incident.take")}</Button>}
        {allowed.map((to) => (
          <Button key={to} look={to === first ? "primary" : "plain"} disabled={step.isPending} onClick={() => go(to)}>
            {to === "in_progress" && status !== "open" ? t("incident.step.again") : t(`incident.step.${to}`)}
          </Button>
        ))}
      </div>
      {ending && <Ending number={number} to={ending} onClose={() => setEnding(undefined)} />}
    </>
  )
}

function Ending({ number, to, onClose }: { number: string; to: "resolved" | "closed"; onClose: () => void }) {
  const { t } = useTexts()
  const { step } = useIncidentMutations(number, "in the form")
  const say = useProblemText()
  const [text, setText] = useState("")
  return (
    <FormDialog
      title={t(to === "resolved" ? "incident.resolveTitle" : "incident.closeTitle")}
      go={t(`incident.step.${to}`)}
      isPending={step.isPending}
      onSubmit={() => step.mutate({ status: to, resolution: text.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextAreaField
        label={t("incident.resolutionLabel")}
        hint={t("incident.noPersons")}
        error={step.error ? say(step.error) : undefined}
        autoFocus
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </FormDialog>
  )
}
