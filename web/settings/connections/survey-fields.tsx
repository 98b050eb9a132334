import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { templatesQuery, type Template } from "../../templates/template-queries.ts"
import { CheckboxField, SelectField } from "../../ui/form-fields.tsx"
import { type ConnectionFormValues, type FieldBinding, templateValue } from "./connection-form-values.ts"

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
      {form.survey === "on" && connectionId !== undefined && <SurveyTemplate {...{ connectionId, form, bind }} />}
    </>
  )
}

/** One gap, for the link. */
const isFit = ({ canSend, placeholders, headerMedia }: Template) =>
  canSend && placeholders.length === 1 && headerMedia === null

/** Nothing for a channel that has no templates. */
function SurveyTemplate({ connectionId, form, bind }: Props & { connectionId: string }) {
  const { t } = useTexts()
  const { data } = useQuery(templatesQuery(connectionId))
  const values = (data?.items ?? []).filter(isFit).map(templateValue)
  const chosen = form.surveyTemplate
  if (values.length === 0 && chosen === "") return null
  return (
    <SelectField
      label={t("connections.surveyTemplate")}
      hint={t("connections.surveyTemplateHint")}
      {...bind("surveyTemplate")}
    >
      <option value="">{t("connections.noTemplate")}</option>
      {[...new Set([...values, ...(chosen ? [chosen] : [])])].map((value) => (
        <option key={value} value={value}>
          {value}
        </option>
      ))}
    </SelectField>
  )
}
