import { Zap } from "lucide-react"
import type { ReactNode } from "react"
import type { ChannelFeatures } from "../../channels/channel-features-type.ts"
import { AttachButton } from "../../files/attach-button-and-upload-list.tsx"
import type { Uploads } from "../../files/use-uploads.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { Tooltip } from "../../ui/tooltip.tsx"
import type { DraftSaving } from "./drafts.ts"
import { LengthCounter, ReplyTimeLeft } from "./reply-time-left-and-length.tsx"
import type { useReplyWindow } from "./reply-window-query.ts"

interface Props {
  window: ReturnType<typeof useReplyWindow>
  most: number
  uploads: Uploads
  longest: number | null
  length: number
  /** None of a note. */
  channel: ChannelFeatures | undefined
  saving: DraftSaving
  onMacros: (() => void) | undefined
  children: ReactNode
}

export function ComposerFoot({ most, uploads, longest, length, window, channel, saving, onMacros, children }: Props) {
  return (
    <div className="mt-2 flex items-center gap-2">
      {most > 0 && <AttachButton uploads={uploads} hasKeys />}
      {onMacros && <MacroButton onClick={onMacros} />}
      <SavedWord saving={saving} />
      {channel && <Left window={window} channel={channel} />}
      <LengthCounter length={length} longest={longest} />
      <kbd className="shrink-0 font-sans text-xs text-muted max-md:hidden">Ctrl ⏎</kbd>
      {children}
    </div>
  )
}

function MacroButton({ onClick }: { onClick: () => void }) {
  const { t } = useTexts()
  return (
    <Tooltip text={t("macros.insert")} keys="/">
      <Button look="quiet" size="icon" aria-label={t("macros.insert")} onClick={onClick}>
        <Zap />
      </Button>
    </Tooltip>
  )
}

function Left({ window, channel }: Pick<Props, "window"> & { channel: ChannelFeatures }) {
  if (!window?.closesAt || window.minutesLeft === null) return null
  return (
    <ReplyTimeLeft {...{ channel }} minutes={window.minutesLeft} isSoon={window.isSoon} closesAt={window.closesAt} />
  )
}

function SavedWord({ saving }: { saving: DraftSaving }) {
  const { t } = useTexts()
  const words = {
    idle: "",
    saving: t("composer.draftSaving"),
    saved: t("composer.draftSaved"),
    kept: t("composer.draftKept"),
  }
  return (
    <p role="status" className="min-w-0 grow truncate text-xs text-muted">
      {words[saving]}
    </p>
  )
}
