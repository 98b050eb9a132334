import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { Button } from "../ui/button.tsx"
import { FormDialog } from "../ui/form-dialog.tsx"
import { TextAreaField } from "../ui/form-fields.tsx"
import { type Agreement, useDecideByHand } from "./agreement-queries.ts"

type Decision = "close" | "reopen"

/** What a lead decides where the two systems do not, each with a reason. */
export function DecideByHand({ agreement: { id, splynxClosedAt } }: { agreement: Agreement }) {
  const { t } = useTexts()
  const [decision, setDecision] = useState<Decision>()
  useShortcuts({ KeyE: () => setDecision("close") })
  return (
    <div className="flex flex-wrap gap-2">
      {splynxClosedAt !== null && <Button onClick={() => setDecision("reopen")}>{t("agreement.reopen")}</Button>}
      <Button look="primary" onClick={() => setDecision("close")}>
        {t("agreement.close")}
      </Button>
      {decision && <ReasonForm id={id} decision={decision} onClose={() => setDecision(undefined)} />}
    </div>
  )
}

function ReasonForm({ id, decision, onClose }: { id: string; decision: Decision; onClose: () => void }) {
  const { t } = useTexts()
  const decide = useDecideByHand(id)
  const [reason, setReason] = useState("")
  const submit = () => decide.mutate({ decision, reason: reason.trim() }, { onSuccess: onClose })
  return (
    <FormDialog
      title={t(`agreement.${decision}`)}
      text={t(`agreement.${decision}Text`)}
      go={t(`agreement.${decision}`)}
      isReady={reason.trim() !== ""}
      isPending={decide.isPending}
      error={decide.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextAreaField
        label={t("agreement.reason")}
        hint={t("agreement.reasonHint")}
        autoFocus
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) =>
          (event.ctrlKey || event.metaKey) && event.key === "Enter" && event.currentTarget.form?.requestSubmit()
        }
      />
    </FormDialog>
  )
}
