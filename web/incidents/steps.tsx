import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useShortcuts } from "../lib/shortcuts.ts"
import { FormDialog } from "../settings/form.tsx"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { toast } from "../ui/toast.tsx"
import { useIncidentActs, useRefusal } from "./acts.ts"

const steps = ["in_progress", "resolved", "closed"] as const
type Step = (typeof steps)[number]

/** What may be done next, as the server said; ending asks what was done. */
export function Steps({ number, status, can }: { number: string; status: string; can: string[] }) {
  const { t } = useTexts()
  const { step } = useIncidentActs(number)
  const refusal = useRefusal()
  const [ending, setEnding] = useState<"resolved" | "closed">()
  const allowed = steps.filter((one) => can.includes(one))
  const go = (to: Step) =>
    to === "in_progress"
      ? step.mutate({ status: to }, { onError: (error) => toast(refusal(error) ?? "") })
      : setEnding(to)
  const first = allowed[0]
  useShortcuts({ KeyE: first && (() => go(first)) })
  return (
    <>
      <div className="flex flex-wrap gap-2">
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
  const { step } = useIncidentActs(number)
  const refusal = useRefusal()
  const [text, setText] = useState("")
  return (
    <FormDialog
      title={t(to === "resolved" ? "incident.resolveTitle" : "incident.closeTitle")}
      go={t(`incident.step.${to}`)}
      isPending={step.isPending}
      error={null}
      onSubmit={() => step.mutate({ status: to, resolution: text.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextField
        label={t("incident.resolutionLabel")}
        hint={t("incident.noPersons")}
        error={refusal(step.error)}
        autoFocus
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </FormDialog>
  )
}
