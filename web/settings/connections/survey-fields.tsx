import { useTexts } from "../../lib/language.tsx"
import { TemplateChoice } from "../../templates/template-choice.tsx"
import type { Template } from "../../templates/template-queries.ts"
import { CheckboxField } from "../../ui/form-fields.tsx"
import type { ConnectionFormValues, FieldBinding } from "./connection-form-values.ts"

interface Props {
  /** One that is there already. */
  connectionId: string | undefined
  form: ConnectionFormValues
  bind: FieldBinding
}

/** Whether customers are asked how it was, and by which template where free text no longer goes. */
export function SurveyFields({ connectionId, form, bind }: Props) {
  const { t } = useTexts()
  const { onChange } = bind("survey")
  return (
    <>
      <CheckboxField
        label={t("connections.survey")}
        hint={t("connections.surveyHint")}
        checked={form.survey === "on"}
        onChange={({ target }) => onChange({ target: { value: target.checked ? "on" : "" } })}
      />
      {form.survey === "on" && connectionId !== undefined && (
        <TemplateChoice
          connectionId={connectionId}
          label={t("connections.surveyTemplate")}
          hint={t("connections.surveyTemplateHint")}
          isFit={isFit}
          {...bind("surveyTemplate")}
        />
      )}
    </>
  )
}

/** One gap, for the link. */
const isFit = ({ canSend, placeholders, headerMedia }: Template) =>
  canSend && placeholders.length === 1 && headerMedia === null
