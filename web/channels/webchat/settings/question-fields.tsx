import { Trash2 } from "lucide-react"
import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { Button } from "../../../ui/button.tsx"
import { CheckboxField, InputField, TextAreaField } from "../../../ui/form-fields.tsx"
import type { QuestionForm } from "./chat-form-values.ts"

interface Props {
  number: number
  question: QuestionForm
  wrong: { error: unknown; path: string }
  onChange: (part: Partial<QuestionForm>) => void
  onRemove: () => void
}

export function QuestionFields({ number, question, wrong, onChange, onRemove }: Props) {
  const { t } = useTexts()
  const fieldError = useFieldError(wrong.error)
  return (
    <fieldset className="grid gap-2 rounded border border-line p-3">
      <legend className="px-1 text-sm font-strong">{t("webChat.question", { number })}</legend>
      <InputField
        label={t("webChat.questionText")}
        maxLength={120}
        error={fieldError(`${wrong.path}.label`)}
        value={question.label}
        onChange={({ target }) => onChange({ label: target.value })}
      />
      <TextAreaField
        label={t("webChat.options")}
        hint={t("webChat.optionsHint")}
        aside={t("field.optional")}
        rows={2}
        error={fieldError(`${wrong.path}.options`)}
        value={question.options}
        onChange={({ target }) => onChange({ options: target.value })}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <CheckboxField
          label={t("webChat.asked.required")}
          checked={question.required}
          onChange={({ target }) => onChange({ required: target.checked })}
        />
        <Button look="quiet" size="sm" onClick={onRemove} aria-label={t("webChat.removeQuestion", { number })}>
          <Trash2 aria-hidden />
          {t("webChat.logoRemove")}
        </Button>
      </div>
    </fieldset>
  )
}
