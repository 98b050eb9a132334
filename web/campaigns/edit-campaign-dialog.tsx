import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../lib/language.tsx"
import { FormDialog } from "../ui/form-dialog.tsx"
import type { FilledTemplate } from "../templates/template-form.tsx"
import { templatesQuery, type Template } from "../templates/template-queries.ts"
import { useCampaignMutations, type Campaign } from "./campaign-queries.ts"
import { NameField, PlanFields, usePlanForm } from "./campaign-form.tsx"

interface Props {
  campaign: Campaign
  onClose: () => void
}

/** Changes what a campaign says while nothing runs by it. From which number and to whom stays. */
export function EditPlanDialog(props: Props) {
  const { data } = useQuery(templatesQuery(props.campaign.connectionId))
  return data ? <Form {...props} filled={filledOf(props.campaign, data.items)} /> : null
}

function filledOf({ template }: Campaign, items: Template[]): FilledTemplate {
  const known = items.find(({ name, language }) => name === template?.name && language === template.language)
  return { template: known, values: known?.placeholders.map((_, place) => template?.parameters[place] ?? "") ?? [] }
}

function Form({ campaign, onClose, filled }: Props & { filled: FilledTemplate }) {
  const { t } = useTexts()
  const { plan: save } = useCampaignMutations(campaign.id)
  const plan = usePlanForm(campaign.connectionId, filled, campaign)
  const { planned } = plan
  return (
    <FormDialog
      title={t("campaigns.editPlan")}
      go={t("action.save")}
      isPending={save.isPending || planned === null}
      error={save.error}
      onSubmit={() => planned && save.mutate(planned, { onSuccess: onClose })}
      onClose={onClose}
    >
      <NameField plan={plan} error={save.error} />
      <PlanFields plan={plan} connectionId={campaign.connectionId} error={save.error} />
    </FormDialog>
  )
}
