import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useState, type ReactNode } from "react"
import { useTexts } from "../lib/language.tsx"
import { usePlainProblem } from "../lib/problem.ts"
import { useMe } from "../session/session.ts"
import { connectionsQuery } from "../settings/connections.ts"
import { Page } from "../settings/page.tsx"
import type { Filling } from "../templates/template-form.tsx"
import { Button } from "../ui/button.tsx"
import { Choice } from "../ui/field.tsx"
import { Empty } from "../ui/state.tsx"
import { Back } from "./back.tsx"
import { useCreateCampaign, type Campaign } from "./campaigns.ts"
import { NameField, PlanFields, submitting, usePlan } from "./plan-form.tsx"

const kinds = ["messaging", "marketing"] as const
const nothing: Filling = { template: undefined, values: [] }

/** What is said, from where and how fast. To whom and when follows on the campaign's own page. */
export function NewCampaign() {
  const { t } = useTexts()
  const { can } = useMe()
  const numbers = (useQuery(connectionsQuery).data?.items ?? []).filter(
    ({ kind, enabled }) => kind === "whatsapp" && enabled,
  )
  const [chosen, setChosen] = useState("")
  const connectionId = chosen || (numbers[0]?.id ?? "")
  if (!can.manageCampaigns) return <Empty title={t("campaigns.new")} text={t("settings.notAllowed")} />
  return (
    <>
      <Back />
      <Page title={t("campaigns.new")} intro={t("campaigns.newText")}>
        {numbers.length === 0 ? (
          <p className="text-muted">{t("campaigns.noNumber")}</p>
        ) : (
          <Form key={connectionId} connectionId={connectionId}>
            <Choice
              label={t("details.connection")}
              value={connectionId}
              onChange={(event) => setChosen(event.target.value)}
            >
              {numbers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Choice>
          </Form>
        )}
      </Page>
    </>
  )
}

function Form({ connectionId, children }: { connectionId: string; children: ReactNode }) {
  const { t } = useTexts()
  const say = usePlainProblem()
  const navigate = useNavigate()
  const create = useCreateCampaign()
  const [kind, setKind] = useState<Campaign["kind"]>("messaging")
  const plan = usePlan(nothing)
  const { planned } = plan
  const save = () => {
    if (!planned) return
    const onSuccess = ({ id }: Campaign) => void navigate({ to: "/campaigns/$id", params: { id } })
    create.mutate({ ...planned, kind, connectionId }, { onSuccess })
  }
  return (
    <form className="grid max-w-[560px] gap-4" onSubmit={submitting(save)}>
      <NameField plan={plan} error={create.error} />
      {children}
      <Choice
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
      </Choice>
      <PlanFields plan={plan} connectionId={connectionId} error={create.error} />
      {create.isError && (
        <p role="alert" className="text-red">
          {t("settings.saveFailed")} {say(create.error)}
        </p>
      )}
      <Button
        type="submit"
        look="primary"
        className="justify-self-start"
        disabled={create.isPending || planned === null}
      >
        {t("campaigns.goOn")}
      </Button>
    </form>
  )
}
