import { Mic, Zap } from "lucide-react"
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
  /** Undefined while one is recorded. */
  onVoiceNote: (() => void) | undefined
  children: ReactNode
}

export function ComposerFoot({ most, uploads, longest, length, window, channel, saving, ...props }: Props) {
  const { onMacros, onVoiceNote, children } = props
  return (
    <div className="mt-2 flex items-center gap-2 short:contents">
      <div className="flex shrink-0 gap-2 short:order-2 short:mb-1 short:gap-0">
        {most > 0 && <AttachButton uploads={uploads} hasKeys />}
        {most > 0 && <VoiceNoteButton onClick={onVoiceNote} />}
        {onMacros && <MacroButton onClick={onMacros} />}
      </div>
      <SavedWord saving={saving} />
      <div className="contents short:order-2 short:flex short:gap-1.5">
        {channel && <Left window={window} channel={channel} />}
        <LengthCounter length={length} longest={longest} />
      </div>
      <kbd className="shrink-0 font-sans text-xs text-muted max-md:hidden short:hidden">Ctrl ⏎</kbd>
      <div className="flex shrink-0 short:order-5">{children}</div>
    </div>
  )
}

function VoiceNoteButton({ onClick }: { onClick: (() => void) | undefined }) {
  const { t } = useTexts()
  const label = t("composer.voiceNote")
  return (
    <Button look="quiet" size="icon" aria-label={label} title={label} disabled={!onClick} onClick={onClick}>
      <Mic />
    </Button>
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

/** Announced only where something is amiss: not at every pause of who writes. */
function SavedWord({ saving }: { saving: DraftSaving }) {
  const { t } = useTexts()
  const words = {
    idle: "",
    saving: t("composer.draftSaving"),
    saved: t("composer.draftSaved"),
    kept: t("composer.draftKept"),
  }
  return (
    <>
      <p aria-hidden={saving === "kept"} className="min-w-0 grow truncate text-xs text-muted short:sr-only">
        {words[saving]}
      </p>
      <span role="status" className="sr-only">
        {saving === "kept" && words.kept}
      </span>
    </>
  )
}
