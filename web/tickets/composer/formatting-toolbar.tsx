import { Bold, Code, Italic, Link, List, Quote, type LucideIcon } from "lucide-react"
import { Toolbar } from "radix-ui"
import type { RefObject } from "react"
import { useTexts } from "../../lib/language.tsx"
import { applyFormat, type Format } from "./markdown-formatting.ts"

const tools: [Format, LucideIcon][] = [
  ["bold", Bold],
  ["italic", Italic],
  ["list", List],
  ["link", Link],
  ["quote", Quote],
  ["code", Code],
]

interface Props {
  area: RefObject<HTMLTextAreaElement | null>
  text: string
  write: (text: string) => void
}

export function FormattingToolbar({ area, text, write }: Props) {
  const { t } = useTexts()
  const apply = (format: Format) => {
    const field = area.current
    if (!field) return
    const edit = applyFormat({ text, from: field.selectionStart, to: field.selectionEnd }, format)
    write(edit.text)
    requestAnimationFrame(() => {
      field.focus()
      field.setSelectionRange(edit.from, edit.to)
    })
  }
  return (
    <Toolbar.Root aria-label={t("composer.tools")} className="ml-2 hidden items-center @min-[480px]:flex short:hidden">
      {tools.map(([format, Icon]) => (
        <Toolbar.Button
          key={format}
          aria-label={t(`composer.${format}`)}
          title={t(`composer.${format}`)}
          onClick={() => apply(format)}
          className="flex size-7 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
        >
          <Icon className="size-4" aria-hidden />
        </Toolbar.Button>
      ))}
    </Toolbar.Root>
  )
}
