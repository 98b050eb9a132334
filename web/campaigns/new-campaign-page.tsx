import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useState, type ReactNode } from "react"
import { connectionChannels } from "../channels/channel-registry.ts"
import { useTexts } from "../lib/language.tsx"
import { useMe } from "../session/session-queries.ts"
import { connectionsQuery } from "../settings/connections/connection-queries.ts"
import { SettingsPageLayout } from "../settings/settings-page-layout.tsx"
import type { FilledTemplate } from "../templates/template-form.tsx"
import { BackLink } from "../ui/back-link.tsx"
import { Button } from "../ui/button.tsx"
import { SelectField } from "../ui/form-fields.tsx"
import { EmptyState } from "../ui/loading-empty-and-error.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { useCreateCampaign, type Campaign } from "./campaign-queries.ts"
import { NameField, PlanFields, onSubmitOf, usePlanForm } from "./campaign-form.tsx"

const templateChannels = Object.values(connectionChannels).flatMap(({ name, startByTemplate }) =>
  startByTemplate ? [name] : [],
)

const kinds = ["messaging", "marketing"] as const
const nothing: FilledTemplate = { template: undefined, values: [] }

/** What is said, from where and how fast. To whom and when follows on the campaign's own page. */
export function NewCampaignPage() {
  const { t } = useTexts()
  const { can } = useMe()
  const numbers = (useQuery(connectionsQuery).data?.items ?? []).filter(
    ({ kind, enabled }) => enabled && connectionChannels[kind].startByTemplate,
  )
  const [chosen, setChosen] = useState("")
  const connectionId = chosen || (numbers[0]?.id ?? "")
  if (!can.manageCampaigns) return <EmptyState title={t("campaigns.new")} text={t("settings.notAllowed")} />
  return (
    <>
      <BackLink to="/campaigns">{t("nav.campaigns")}</BackLink>
      <SettingsPageLayout title={t("campaigns.new")} intro={t("campaigns.newText")}>
        {numbers.length === 0 ? (
          <p className="text-muted">
            {t("campaigns.noNumber", { channel: templateChannels.map((name) => t(name)).join(" / ") })}
          </p>
        ) : (
          <Form key={connectionId} connectionId={connectionId}>
            <SelectField
              label={t("details.connection")}
              value={connectionId}
              onChange={(event) => setChosen(event.target.value)}
            >
              {numbers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
          </Form>
        )}
      </SettingsPageLayout>
    </>
  )
}

function Form({ connectionId, children }: { connectionId: string; children: ReactNode }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const create = useCreateCampaign()
  const [kind, setKind] = useState<Campaign["kind"]>("messaging")
  const plan = usePlanForm(connectionId, nothing)
  const { planned } = plan
  const save = () => {
    if (!planned) return
    const onSuccess = ({ id }: Campaign) => void navigate({ to: "/campaigns/$id", params: { id } })
    create.mutate({ ...planned, kind, connectionId }, { onSuccess })
  }
  return (
    <form className="grid max-w-[560px] gap-4" onSubmit={onSubmitOf(save)}>
      <NameField plan={plan} error={create.error} />
      {children}
      <SelectField
        label={t("campaigns.kind")}
        hint={t(`campaigns.kindHint.${kind}`)}
        value={kind}
        onChange={({ target }) => setKind(target.value as Campaign["kind"])}
      >
        {kinds.map((one) => (
          <option key={one} value={one}>
            {t(`campaigns.kind.${one}`)}
          </option>
        ))}
      </SelectField>
      <PlanFields plan={plan} connectionId={connectionId} error={create.error} />
      <ProblemLine error={create.error} about={t("settings.saveFailed")} />
      <Button
        type="submit"
        look="primary"
        className="justify-self-start"
        disabled={create.isPending || planned === null}
      >
        {t("campaigns.continue")}
      </Button>
    </form>
  )
}
