import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useState, type FormEvent, type ReactNode } from "react"
import { useTexts } from "../lib/language.tsx"
import { useFieldError, usePlainProblem } from "../lib/problem.ts"
import { useMe } from "../session/session.ts"
import { connectionsQuery } from "../settings/connections.ts"
import { Page } from "../settings/page.tsx"
import { isFilled, TemplateForm, templateUse, useTemplateText, type Filling } from "../templates/template-form.tsx"
import { TemplatePreview } from "../templates/template-preview.tsx"
import { Button } from "../ui/button.tsx"
import { Choice, Field } from "../ui/field.tsx"
import { Empty } from "../ui/state.tsx"
import { Back } from "./back.tsx"
import { useCreateCampaign, type Campaign } from "./campaigns.ts"

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

function useForm(connectionId: string) {
  const navigate = useNavigate()
  const create = useCreateCampaign()
  const [form, setForm] = useState({ name: "", kind: "messaging", pace: "" })
  const [filling, setFilling] = useState(nothing)
  const template = templateUse(filling)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!template || !isFilled(filling)) return
    const { name, pace } = form
    const kind = form.kind as Campaign["kind"]
    const body = { name: name.trim(), kind, connectionId, template, pacePerMinute: pace ? Number(pace) : null }
    create.mutate(body, { onSuccess: ({ id }) => void navigate({ to: "/campaigns/$id", params: { id } }) })
  }
  const bind = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  })
  return { create, save, bind, kind: form.kind as Campaign["kind"], filling, setFilling }
}

function Form({ connectionId, children }: { connectionId: string; children: ReactNode }) {
  const { t } = useTexts()
  const say = usePlainProblem()
  const { create, save, bind, kind, filling, setFilling } = useForm(connectionId)
  const fieldError = useFieldError(create.error)
  const text = useTemplateText(connectionId, filling)
  return (
    <form className="grid max-w-[560px] gap-4" onSubmit={save}>
      <Field
        label={t("field.name")}
        hint={t("campaigns.nameHint")}
        required
        maxLength={200}
        error={fieldError("name")}
        {...bind("name")}
      />
      {children}
      <Choice label={t("campaigns.kind")} hint={t(`campaigns.kindHint.${kind}`)} {...bind("kind")}>
        {kinds.map((one) => (
          <option key={one} value={one}>
            {t(`campaigns.kind.${one}`)}
          </option>
        ))}
      </Choice>
      <TemplateForm
        connectionId={connectionId}
        filling={filling}
        onChange={setFilling}
        hint={t("campaigns.valueHint")}
        withoutFile
      />
      <TemplatePreview text={text} />
      <Field
        label={t("campaigns.pace")}
        aside={t("field.optional")}
        hint={t("campaigns.paceHint")}
        type="number"
        min={1}
        max={4800}
        error={fieldError("pacePerMinute")}
        {...bind("pace")}
      />
      {create.isError && (
        <p role="alert" className="text-red">
          {t("settings.saveFailed")} {say(create.error)}
        </p>
      )}
      <Button
        type="submit"
        look="primary"
        className="justify-self-start"
        disabled={create.isPending || !isFilled(filling)}
      >
        {t("campaigns.goOn")}
      </Button>
    </form>
  )
}
