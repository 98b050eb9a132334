import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { FormDialog } from "../settings/form.tsx"
import { Field } from "../ui/field.tsx"
import { useCampaignActs, type CampaignWithProgress } from "./campaigns.ts"

/** A time of this computer's own clock; the field knows no other zone, so that is said beside it. */
export function Schedule({ campaign, onClose }: { campaign: CampaignWithProgress; onClose: () => void }) {
  const { t } = useTexts()
  const { schedule } = useCampaignActs(campaign.id)
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
      <Field
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
