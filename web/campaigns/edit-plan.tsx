import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../lib/language.tsx"
import { FormDialog } from "../settings/form.tsx"
import type { Filling } from "../templates/template-form.tsx"
import { templatesQuery, type Template } from "../templates/templates.ts"
import { useCampaignActs, type Campaign } from "./campaigns.ts"
import { NameField, PlanFields, usePlan } from "./plan-form.tsx"

interface Props {
  campaign: Campaign
  onClose: () => void
}

/** Changes what a campaign says while nothing runs by it. From which number and to whom stays. */
export function EditPlan(props: Props) {
  const { data } = useQuery(templatesQuery(props.campaign.connectionId))
  return data ? <Form {...props} filled={filledOf(props.campaign, data.items)} /> : null
}

function filledOf({ template }: Campaign, items: Template[]): Filling {
  const known = items.find(({ name, language }) => name === template?.name && language === template.language)
  return { template: known, values: known?.placeholders.map((_, place) => template?.parameters[place] ?? "") ?? [] }
}

function Form({ campaign, onClose, filled }: Props & { filled: Filling }) {
  const { t } = useTexts()
  const { plan: save } = useCampaignActs(campaign.id)
  const plan = usePlan(filled, campaign)
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
