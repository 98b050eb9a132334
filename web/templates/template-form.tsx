import { useQuery } from "@tanstack/react-query"
import { post } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { SelectField, InputField } from "../ui/form-fields.tsx"
import { Skeleton, LoadingState } from "../ui/loading-empty-and-error.tsx"
import { useDebounced } from "../ui/use-debounced.ts"
import { oneLine } from "./value-to-one-line.ts"
import { templatesQuery, type Template, type TemplateUse } from "./template-queries.ts"

export interface FilledTemplate {
  template: Template | undefined
  values: string[]
}

interface Props {
  connectionId: string
  filling: FilledTemplate
  onChange: (filling: FilledTemplate) => void
  /** What is said of a value that is the same for everybody; campaigns say where else it may come from. */
  hint?: string
  /** The recipient wants no marketing: marketing templates cannot be chosen. */
  refusesMarketing?: boolean
}

/** Which template, and what stands in its gaps. */
export function TemplateForm({ connectionId, filling, onChange, hint, refusesMarketing = false }: Props) {
  const { t } = useTexts()
  const { data } = useQuery(templatesQuery(connectionId))
  if (!data)
    return (
      <LoadingState>
        <Skeleton className="h-9" />
      </LoadingState>
    )
  const items = data.items.filter(({ status }) => status === "APPROVED")
  if (!items.some(({ canSend }) => canSend)) return <p className="text-muted">{t("templates.nothingToSend")}</p>
  const { template, values } = filling
  const isUnwanted = ({ category }: Template) => refusesMarketing && category === "MARKETING"
  const choose = (key: string) => {
    const chosen = items.find((one) => keyOf(one) === key)
    onChange({ template: chosen, values: chosen?.placeholders.map(() => "") ?? [] })
  }
  return (
    <>
      <SelectField
        label={t("templates.template")}
        value={template ? keyOf(template) : ""}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{t("templates.choose")}</option>
        {items.map((one) => (
          <option key={keyOf(one)} value={keyOf(one)} disabled={!one.canSend || isUnwanted(one)}>
            {one.name} · {one.language}
            {isUnwanted(one) && ` · ${t("templates.unwanted")}`}
            {one.unfillablePart !== null && ` · ${t("templates.unfillable", { part: one.unfillablePart })}`}
          </option>
        ))}
      </SelectField>
      {template?.placeholders.map(({ part, label, index }, place) => (
        <InputField
          key={`${keyOf(template)} ${place}`}
          label={t(`templates.part.${part}`, { label })}
          {...(hint && index === undefined && { hint })}
          required
          maxLength={1024}
          value={values[place] ?? ""}
          onChange={(event) => onChange({ template, values: values.with(place, oneLine(event.target.value)) })}
        />
      ))}
    </>
  )
}

const keyOf = ({ name, language }: Template) => `${name} ${language}`

export const templateUseOf = ({ template, values }: FilledTemplate): TemplateUse | null =>
  template
    ? { name: template.name, language: template.language, parameters: values.map((value) => value.trim()) }
    : null

export const isCompletelyFilled = ({ template, values }: FilledTemplate) =>
  template !== undefined && values.every((value) => value.trim() !== "")

/** The text as the customer will read it; with gaps as long as values are missing. */
export function useTemplateText(connectionId: string, filling: FilledTemplate): string {
  const use = useDebounced(isCompletelyFilled(filling) ? templateUseOf(filling) : null)
  const preview = useQuery({
    queryKey: ["connection", connectionId, "templates", "preview", use],
    queryFn: () => post<{ text: string }>(`/connections/${connectionId}/templates/preview`, use),
    enabled: use !== null && use.parameters.length > 0,
    placeholderData: (before) => before,
    retry: false,
  })
  if (!filling.template) return ""
  return isCompletelyFilled(filling) && filling.values.length > 0
    ? (preview.data?.text ?? filling.template.text)
    : filling.template.text
}
