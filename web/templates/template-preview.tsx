import type { ChannelMarks } from "../../src/markdown/index.ts"
import { useTexts } from "../lib/language.tsx"
import { parseFormattedText } from "../tickets/messages/parse-formatted-text.ts"
import { FormattedText } from "../tickets/messages/formatted-text.tsx"

/** As the customer reads it. */
export function TemplatePreview({ text, marks }: { text: string; marks: ChannelMarks }) {
  const { t } = useTexts()
  if (!text) return null
  return (
    <section
      aria-label={t("composer.preview")}
      className="min-w-0 self-start rounded border border-accent-soft bg-accent-soft px-3 py-2"
    >
      <p dir="auto" className="break-words whitespace-pre-wrap">
        <FormattedText spans={parseFormattedText(text, marks)} />
      </p>
    </section>
  )
}
