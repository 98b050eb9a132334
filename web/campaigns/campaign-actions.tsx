import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { FormDialog } from "../ui/form-dialog.tsx"
import { Button } from "../ui/button.tsx"
import { useCampaignMutations, type CampaignWithProgress } from "./campaign-queries.ts"
import { EditPlanDialog } from "./edit-campaign-dialog.tsx"
import { ScheduleDialog } from "./schedule-dialog.tsx"
import { nextStatuses, acceptsRecipients } from "./status-transitions.ts"

/** What can be done with a campaign now. What cannot be undone is asked twice. */
export function CampaignActions({ campaign }: { campaign: CampaignWithProgress }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { id, status, progress } = campaign
  const { step, stepAtOnce, remove } = useCampaignMutations(id)
  const [asking, setAsking] = useState<"running" | "cancelled" | "scheduled" | "plan">()
  const close = () => setAsking(undefined)
  const may = nextStatuses(status, progress.total)
  const begin = status === "paused" ? "resume" : "start"
  const destroy = () => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/campaigns" }) })
  const isEmptyDraft = status === "draft" && progress.total === 0
  const mayPlan = acceptsRecipients(status)
  if (may.length === 0 && !mayPlan) return null
  return (
    <div className="flex flex-wrap gap-2">
      {may.includes("running") && (
        <Button
          look="primary"
          onClick={() => (status === "paused" ? stepAtOnce.mutate("running") : setAsking("running"))}
        >
          {t(`campaigns.${begin}`)}
        </Button>
      )}
      {may.includes("scheduled") && <Button onClick={() => setAsking("scheduled")}>{t("campaigns.schedule")}</Button>}
      {mayPlan && <Button onClick={() => setAsking("plan")}>{t("campaigns.editPlan")}</Button>}
      {may.includes("paused") && <Button onClick={() => stepAtOnce.mutate("paused")}>{t("campaigns.pause")}</Button>}
      {may.includes("cancelled") && (
        <Button look="danger" onClick={() => setAsking("cancelled")}>
          {t("campaigns.cancel")}
        </Button>
      )}
      {isEmptyDraft && (
        <Button look="danger" onClick={destroy}>
          {t("action.delete")}
        </Button>
      )}
      {asking === "plan" && <EditPlanDialog campaign={campaign} onClose={close} />}
      {asking === "scheduled" && <ScheduleDialog campaign={campaign} onClose={close} />}
      {(asking === "running" || asking === "cancelled") && (
        <FormDialog
          title={t(`campaigns.ask.${asking}`, { name: campaign.name })}
          text={t(`campaigns.askText.${asking}`, { count: progress.waiting + progress.queued })}
          go={t(asking === "running" ? "campaigns.start" : "campaigns.cancel")}
          isPending={step.isPending}
          error={step.error}
          onSubmit={() => step.mutate(asking, { onSuccess: close })}
          onClose={close}
        />
      )}
    </div>
  )
}
