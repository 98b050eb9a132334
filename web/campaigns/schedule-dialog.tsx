import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { FormDialog } from "../ui/form-dialog.tsx"
import { InputField } from "../ui/form-fields.tsx"
import { useCampaignMutations, type CampaignWithProgress } from "./campaign-queries.ts"

/** A time of this computer's own clock; the field knows no other zone, so that is said beside it. */
export function ScheduleDialog({ campaign, onClose }: { campaign: CampaignWithProgress; onClose: () => void }) {
  const { t } = useTexts()
  const { schedule } = useCampaignMutations(campaign.id)
  const [at, setAt] = useState("")
  return (
    <FormDialog
      title={t("campaigns.schedule")}
      go={t("campaigns.schedule")}
      isPending={schedule.isPending}
      error={schedule.error}
      onSubmit={() => schedule.mutate(new Date(at).toISOString(), { onSuccess: onClose })}
      onClose={onClose}
    >
      <InputField
        label={t("campaigns.scheduledFor")}
        hint={t("campaigns.zone", { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone })}
        type="datetime-local"
        required
        value={at}
        onChange={(event) => setAt(event.target.value)}
      />
    </FormDialog>
  )
}
