import { Eye, PenLine } from "lucide-react"
import type { ReactNode } from "react"
import type { ChannelFeatures } from "../../channels/channel-features-type.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { LoadedLater } from "../../ui/lazy-part.tsx"

const markdownPreview = async () => (await import("./markdown-preview.tsx")).MarkdownPreview

interface HeadProps {
  modes: ReactNode
  isPreviewing: boolean
  onSwitch: () => void
  children: ReactNode
}

/** As what one writes, the tools, and the way to the preview and back. */
export function ComposerHead({ modes, isPreviewing, onSwitch, children }: HeadProps) {
  const { t } = useTexts()
  const Icon = isPreviewing ? PenLine : Eye
  return (
    <div className="mb-1.5 flex items-center gap-1 short:order-1 short:mb-1 short:grow">
      {modes}
      {!isPreviewing && children}
      <Button look="quiet" size="sm" className="ml-auto short:px-1.5" onClick={onSwitch}>
        <Icon aria-hidden className="hidden short:block" />
        <span className="short:sr-only">{isPreviewing ? t("composer.write") : t("composer.preview")}</span>
      </Button>
    </div>
  )
}

interface PreviewProps {
  text: string
  /** None of a note. */
  channel: ChannelFeatures | undefined
  onFailed: () => void
}

export function Previewed({ text, channel, onFailed }: PreviewProps) {
  const { t } = useTexts()
  if (text.trim()) return <LoadedLater load={markdownPreview} props={{ text, channel }} onFailed={onFailed} />
  return <p className="h-full rounded border border-line px-3 py-2 text-muted">{t("composer.nothing")}</p>
}
