import { contrastRatio, hexColour, minimumContrast, readableOn } from "#channels/webchat/look/api-contract.ts"
import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { Button } from "../../../ui/button.tsx"
import { InputField } from "../../../ui/form-fields.tsx"
import type { ChatFields } from "./chat-form-values.ts"

/** The chat's colour and that of the text on it, of which is said how well it is read. */
export function ColourFields({ form, change, error }: ChatFields) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <>
      <ColourField
        label={t("webChat.color")}
        hint={t("webChat.colorHint")}
        value={form.color}
        error={fieldError("settings.color")}
        onChange={(color) => change({ color })}
      />
      {form.color && (
        <ColourField
          label={t("webChat.textColor")}
          hint={t("webChat.textColorHint")}
          value={form.textColor}
          error={fieldError("settings.textColor")}
          onChange={(textColor) => change({ textColor })}
        />
      )}
      <Contrast form={form} change={change} error={error} />
    </>
  )
}

function Contrast({ form: { color, textColor }, change }: ChatFields) {
  const { t, language } = useTexts()
  if (!hexColour.test(color) || (textColor && !hexColour.test(textColor))) return null
  const ratio = Math.floor(contrastRatio(color, textColor || readableOn(color)) * 10) / 10
  const shown = new Intl.NumberFormat(language, { minimumFractionDigits: 1 }).format(ratio)
  const isReadable = contrastRatio(color, textColor || readableOn(color)) >= minimumContrast
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 text-sm">
      <span
        className="rounded px-2 py-1 font-strong"
        style={{ background: color, color: textColor || readableOn(color) }}
      >
        {t("webChat.sample")}
      </span>
      <span className={isReadable ? "text-muted" : "text-red"}>
        {t(isReadable ? "webChat.contrastGood" : "webChat.contrastBad", { ratio: shown })}
      </span>
      {!isReadable && (
        <Button size="sm" onClick={() => change({ textColor: readableOn(color) })}>
          {t("webChat.contrastCorrect")}
        </Button>
      )}
    </div>
  )
}

interface Props {
  label: string
  hint: string
  value: string
  error: string | undefined
  onChange: (colour: string) => void
}

/** Written as #0f766e, or picked. */
function ColourField({ label, hint, value, error, onChange }: Props) {
  const { t } = useTexts()
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 grow">
        <InputField
          label={label}
          hint={hint}
          aside={t("field.optional")}
          error={error}
          value={value}
          maxLength={7}
          pattern="#[0-9a-fA-F]{6}"
          placeholder="#0f766e"
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => onChange(target.value.trim())}
        />
      </div>
      <input
        type="color"
        aria-label={t("webChat.pick", { what: label })}
        className="mt-6 h-9 w-12 shrink-0 cursor-pointer rounded border border-edge bg-raised p-1 max-md:h-11"
        value={hexColour.test(value) ? value : "#0f766e"}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
