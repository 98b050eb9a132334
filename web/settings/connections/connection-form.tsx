import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { setupKinds, setupOf } from "../../channels/connection-setup-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { SelectField, InputField } from "../../ui/form-fields.tsx"
import { toast } from "../../ui/toast.tsx"
import { SimulationPanel } from "../../simulations/simulation-panel.tsx"
import { ConnectionFields } from "./connection-fields.tsx"
import { useConnectionMutations, type Connection, type ConnectionChange } from "./connection-queries.ts"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { templateOf } from "../../templates/template-field-value.ts"
import { type ConnectionFormValues, emptyForm, formOf } from "./connection-form-values.ts"

interface Props {
  connection?: Connection
  onClose: () => void
  onMade?: (connection: Connection) => void
}

function changeOf(form: ConnectionFormValues, connection?: Connection): ConnectionChange {
  const setup = setupOf(form.kind)
  const teams =
    connection && connection.teamIds.length > 1 && form.team === connection.teamIds[0]
      ? connection.teamIds
      : form.team
        ? [form.team]
        : []
  const cleared = (text: string) => text.trim() || (connection ? null : undefined)
  return JSON.parse(
    JSON.stringify({
      ...(!connection && { kind: form.kind }),
      name: form.name.trim(),
      reopenWindowMinutes: Number(form.window),
      reopenFrom: form.from,
      teamIds: teams,
      greeting: setup.hasGreeting ? cleared(form.greeting) : undefined,
      farewellText: cleared(form.farewell),
      calendarId: form.calendar || null,
      outOfHoursText: cleared(form.outOfHours),
      survey: form.survey === "on",
      surveyTemplate: connection ? templateOf(form.surveyTemplate) : undefined,
      settings: setup.settingsOf?.(form),
    }),
  ) as ConnectionChange
}

const windowOf = ({ id: connectionId }: Connection, { window, from }: ConnectionFormValues) => ({
  connectionId,
  reopenWindowMinutes: Number(window),
  reopenFrom: from,
})

export function ConnectionForm({ connection, onClose, onMade }: Props) {
  const { t } = useTexts()
  const { create, change } = useConnectionMutations("in the form")
  const [form, setForm] = useState<ConnectionFormValues>(connection ? formOf(connection) : emptyForm(setupKinds[0]!))
  const saving = connection ? change : create
  const fieldError = useFieldError(saving.error)
  const navigate = useNavigate()
  const goesOn = !connection && setupOf(form.kind).isMadeOnPage === true
  const submit = () => {
    if (goesOn) return void navigate({ to: "/settings/connections/$id", params: { id: `new-${form.kind}` } })
    const body = changeOf(form, connection)
    if (connection)
      change.mutate({ id: connection.id, ...body }, { onSuccess: () => (toast(t("action.saved")), onClose()) })
    else
      create.mutate(body, {
        onSuccess: (made) => (toast(t("connections.created", { name: made.name })), onMade?.(made)),
      })
  }
  const bind = (name: keyof ConnectionFormValues) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  })
  return (
    <FormDialog
      title={connection ? t("connections.edit", { name: connection.name }) : t("connections.new")}
      go={connection ? t("action.save") : goesOn ? t("connections.goOn") : t("action.create")}
      isPending={saving.isPending}
      error={saving.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {!connection && (
        <SelectField label={t("connections.kind")} hint={t(`connections.kindHint.${form.kind}`)} {...bind("kind")}>
          {setupKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`connections.kind.${kind}`)}
            </option>
          ))}
        </SelectField>
      )}
      {!goesOn && (
        <>
          <InputField label={t("field.name")} required maxLength={100} error={fieldError("name")} {...bind("name")} />
          <ConnectionFields connectionId={connection?.id} form={form} bind={bind} error={saving.error} />
          {connection && <SimulationPanel path="reopen-window" candidate={windowOf(connection, form)} />}
        </>
      )}
    </FormDialog>
  )
}
