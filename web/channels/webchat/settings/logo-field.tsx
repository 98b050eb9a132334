import { ImagePlus, Trash2 } from "lucide-react"
import { useId, useRef, useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { Button } from "../../../ui/button.tsx"
import type { ChatFields } from "./chat-form-values.ts"
import { toLogo } from "./picture-to-logo.ts"

/** A picture of the desk's, made small enough here. */
export function LogoField({ form, change, error }: ChatFields) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  const [isUnreadable, setUnreadable] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const choose = async (file: File | undefined) => {
    if (!file) return
    const logo = await toLogo(file).catch(() => null)
    setUnreadable(logo === null)
    if (logo !== null) change({ logo })
  }
  const wrong = isUnreadable ? t("webChat.logoUnreadable") : fieldError("settings.logo")
  return (
    <div role="group" aria-labelledby={id} className="grid gap-1">
      <span id={id} className="text-sm font-strong">
        {t("webChat.logo")}
      </span>
      <div className="flex flex-wrap items-center gap-2">
        {form.logo && <img src={form.logo} alt="" className="size-9 rounded border border-line object-contain" />}
        <Button onClick={() => input.current?.click()}>
          <ImagePlus aria-hidden />
          {t(form.logo ? "webChat.logoReplace" : "webChat.logoChoose")}
        </Button>
        {form.logo && (
          <Button look="quiet" onClick={() => change({ logo: "" })}>
            <Trash2 aria-hidden />
            {t("webChat.logoRemove")}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          accept="image/*"
          aria-label={t("webChat.logo")}
          className="hidden"
          onChange={({ target }) => {
            void choose(target.files?.[0])
            target.value = ""
          }}
        />
      </div>
      <p className={wrong ? "text-xs text-red" : "text-xs text-faint"} role={wrong ? "alert" : undefined}>
        {wrong ?? t("webChat.logoHint")}
      </p>
    </div>
  )
}
