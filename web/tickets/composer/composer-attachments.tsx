import type { ChannelFeatures } from "../../channels/channel-features-type.ts"
import { UploadList } from "../../files/attach-button-and-upload-list.tsx"
import { fileKindOf } from "../../files/file-kind-and-size.ts"
import type { Uploads } from "../../files/use-uploads.ts"
import { useTexts } from "../../lib/language.tsx"
import { UnresolvedVariables } from "../../macros/unresolved-variables.tsx"
import { LoadedLater } from "../../ui/lazy-part.tsx"

const voiceRecorder = async () => (await import("../../files/sound/voice-recorder.tsx")).VoiceRecorder

interface Props {
  uploads: Uploads
  /** Names of variables that keep the text from being sent. */
  unresolved: string[]
  hasText: boolean
  /** None of a note. */
  channel: ChannelFeatures | undefined
  isRecording: boolean
  onRecordingEnd: () => void
}

/** What goes along with the text: files, a voice note while it is recorded; and what is to be said of them. */
export function ComposerAttachments({ uploads, unresolved, hasText, channel, isRecording, onRecordingEnd }: Props) {
  const { t } = useTexts()
  const hasSound = uploads.uploads.some(({ file }) => fileKindOf(file.type) === "audio")
  return (
    <div className="short:order-6 short:max-h-[30dvh] short:basis-full short:overflow-y-auto">
      <UnresolvedVariables names={unresolved} />
      <UploadList uploads={uploads} />
      <p role="status" className="text-xs text-muted">
        {hasSound && hasText && channel?.showsSoundAlone && t("composer.soundAsFile", { channel: t(channel.name) })}
      </p>
      {isRecording && (
        <LoadedLater
          load={voiceRecorder}
          props={{ onRecorded: (file: File) => uploads.add([file]), onClose: onRecordingEnd }}
          onFailed={onRecordingEnd}
        />
      )}
    </div>
  )
}
