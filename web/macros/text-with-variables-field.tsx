import { useRef } from "react"
import { useTexts } from "../lib/language.tsx"
import { TextAreaField } from "../ui/form-fields.tsx"
import { variableNames } from "./macro-types-and-variables.ts"

interface Props {
  label: string
  hint?: string
  value: string
  required: boolean
  error: string | undefined
  onChange: (text: string) => void
}

/** A text with the variables at hand; choosing one puts it where the cursor is. */
export function TextWithVariablesField({ onChange, value, ...props }: Props) {
  const { t } = useTexts()
  const area = useRef<HTMLTextAreaElement>(null)
  const put = (name: string) => {
    const { selectionStart: from = value.length, selectionEnd: to = value.length } = area.current ?? {}
    const text = `{{${name}}}`
    onChange(value.slice(0, from) + text + value.slice(to))
    area.current?.focus()
  }
  return (
    <div className="grid gap-2">
      <TextAreaField
        ref={area}
        rows={6}
        maxLength={20_000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...props}
      />
      <div role="group" aria-label={t("macros.variables")} className="flex flex-wrap gap-1">
        {variableNames.map((name) => (
          <button
            key={name}
            type="button"
            onClick={() => put(name)}
            className="rounded bg-accent-soft px-1.5 py-1 text-xs text-accent-strong hover:bg-hover"
          >
            {`{{${name}}}`}
          </button>
        ))}
      </div>
    </div>
  )
}
