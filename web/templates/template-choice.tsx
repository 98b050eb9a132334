import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../lib/language.tsx"
import { SelectField } from "../ui/form-fields.tsx"
import { templateValue } from "./template-field-value.ts"
import { templatesQuery, type Template } from "./template-queries.ts"

interface Props {
  connectionId: string
  label: string
  hint: string
  error?: string | undefined
  /** As `templateValue` gives it; the one that is set is offered whatever it is by now. */
  value: string
  onChange: (event: { target: { value: string } }) => void
  isFit: (template: Template) => boolean
}

/** Which template of a connection's. Nothing for a channel that has no templates. */
export function TemplateChoice({ connectionId, isFit, ...field }: Props) {
  const { t } = useTexts()
  const { data } = useQuery(templatesQuery(connectionId))
  const values = (data?.items ?? []).filter(isFit).map(templateValue)
  const { value } = field
  if (values.length === 0 && value === "") return null
  return (
    <SelectField {...field}>
      <option value="">{t("connections.noTemplate")}</option>
      {[...new Set([...values, ...(value ? [value] : [])])].map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </SelectField>
  )
}
