import { type FormEvent, useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { Problem } from "../../../lib/api-client.ts"
import { useFieldError } from "../../../lib/problem-text.ts"
import { useStaffAndTeams } from "../../../people/user-and-team-queries.ts"
import { type Connection, useConnectionMutations } from "../../../settings/connections/connection-queries.ts"
import { Button } from "../../../ui/button.tsx"
import { CheckboxGroup, InputField, SelectField, TextAreaField } from "../../../ui/form-fields.tsx"
import { ProblemLine } from "../../../ui/problem-line.tsx"
import { toast } from "../../../ui/toast.tsx"
import { detailsChangeOf, detailsFormOf } from "./mailbox-details-form.ts"

/** Whose mail it takes besides, where tickets go, and what stands under answers. */
export function MailboxDetails({ connection }: { connection: Connection }) {
  const { t } = useTexts()
  const { teams } = useStaffAndTeams()
  const { change: saving } = useConnectionMutations("in the form")
  const [form, setForm] = useState(() => detailsFormOf(connection))
  const fieldError = useFieldError(saving.error)
  const bind = (name: Name) => ({
    value: form[name],
    onChange: ({ target }: { target: { value: string } }) => setForm({ ...form, [name]: target.value }),
  })
  const save = (event: FormEvent) => {
    event.preventDefault()
    const onSuccess = () => toast(t("action.saved"))
    saving.mutate({ id: connection.id, ...detailsChangeOf(form, connection) }, { onSuccess })
  }
  return (
    <form onSubmit={save} className="mt-8 grid gap-4 border-t border-line pt-6">
      <h3 className="text-lg font-strong">{t("mailbox.details")}</h3>
      <Texts {...{ bind }} error={saving.error} />
      {teams.length > 0 && (
        <div>
          <CheckboxGroup
            legend={t("mailbox.teams")}
            choices={teams}
            chosen={form.teamIds}
            onChange={(teamIds) => setForm({ ...form, teamIds })}
            error={fieldError("teamIds")}
            className="grid max-h-48 grid-cols-2 overflow-y-auto max-md:grid-cols-1"
          />
          <p className="text-xs text-faint">{t("mailbox.teamsHint")}</p>
        </div>
      )}
      <Window {...{ bind }} error={saving.error} />
      <ProblemLine error={saving.error} about={t("settings.saveFailed")} />
      <div>
        <Button type="submit" look="primary" disabled={saving.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  )
}

type Name = "aliases" | "signature" | "windowDays" | "from"
type FieldsProps = {
  bind: (name: Name) => { value: string; onChange: (event: { target: { value: string } }) => void }
  error: unknown
}

function Texts({ bind, error }: FieldsProps) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <>
      <TextAreaField
        label={t("mailbox.aliases")}
        aside={t("field.optional")}
        hint={t("mailbox.aliasesHint")}
        rows={2}
        spellCheck={false}
        error={fieldError("settings.aliases") ?? fieldError(firstAlias(error))}
        {...bind("aliases")}
      />
      <TextAreaField
        label={t("mailbox.signature")}
        aside={t("field.optional")}
        hint={t("mailbox.signatureHint")}
        maxLength={2_000}
        error={fieldError("settings.signature")}
        {...bind("signature")}
      />
    </>
  )
}

function Window({ bind, error }: FieldsProps) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
      <InputField
        label={t("mailbox.window")}
        hint={t("mailbox.windowHint")}
        type="number"
        min={0}
        max={365}
        step="any"
        required
        error={fieldError("reopenWindowMinutes")}
        {...bind("windowDays")}
      />
      <SelectField label={t("connections.from")} {...bind("from")}>
        <option value="closure">{t("connections.from.closure")}</option>
        <option value="activity">{t("connections.from.activity")}</option>
      </SelectField>
    </div>
  )
}

/** The path of the address that the server refused: it counts them. */
const firstAlias = (error: unknown) =>
  (error instanceof Problem ? error.errors : []).find(({ path }) => path.startsWith("settings.aliases."))?.path ?? ""
