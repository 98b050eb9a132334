import { Square, Trash2 } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"
import { useTexts } from "../../lib/language.tsx"
import { useNow } from "../../lib/use-now.ts"
import { Button } from "../../ui/button.tsx"
import { toast } from "../../ui/toast.tsx"
import { clockText } from "./clock-text.ts"
import { CannotRecord, startRecording, type Recording } from "./record-sound.ts"
import "./sound-texts.ts"

/** Nobody sends more, and a recorder that was forgotten ends. */
const mostMinutes = 15

interface Props {
  onRecorded: (file: File) => void
  /** It has ended: recorded, discarded, or refused, which has been said. */
  onClose: () => void
}

/** Records from when it is shown until it is stopped. Esc discards. */
export function VoiceRecorder({ onRecorded, onClose }: Props) {
  const { t } = useTexts()
  const stopButton = useRef<HTMLButtonElement>(null)
  const { since, stop } = useRecording({ onRecorded, onClose })
  useShortcuts({ Escape: onClose }, true)
  useEffect(() => stopButton.current?.focus(), [])
  return (
    <div
      role="group"
      aria-label={t("voice.title")}
      className="mt-1.5 flex flex-wrap items-center gap-2 rounded border border-red bg-raised py-1 pr-1 pl-2.5"
    >
      <span aria-hidden className="size-2.5 animate-breathe rounded-full bg-red" />
      <span role="status">{t(since === undefined ? "voice.asking" : "voice.recording")}</span>
      {since !== undefined && <Elapsed since={since} onFull={stop} />}
      <span className="grow" />
      <Button look="quiet" size="sm" onClick={onClose}>
        <Trash2 aria-hidden />
        <span className="short:max-md:sr-only">{t("voice.discard")}</span>
      </Button>
      <Button ref={stopButton} size="sm" disabled={since === undefined} onClick={stop}>
        <Square aria-hidden />
        {t("voice.stop")}
      </Button>
    </div>
  )
}

/** Counts the seconds; the rest of the recorder is not drawn again. */
function Elapsed({ since, onFull }: { since: number; onFull: () => void }) {
  const until = since + mostMinutes * 60_000
  const now = useNow(new Date(until).toISOString())
  const isFull = now >= until
  useEffect(() => {
    if (isFull) onFull()
  }, [isFull, onFull])
  return (
    <span role="timer" className="text-sm tabular-nums">
      {clockText((now - since) / 1_000)}
    </span>
  )
}

function useRecording(given: Props) {
  const { t } = useTexts()
  const [since, setSince] = useState<number>()
  const recording = useRef<Recording>(undefined)
  const latest = useRef({ ...given, t })
  useEffect(() => {
    latest.current = { ...given, t }
  })
  useEffect(() => {
    let isGone = false
    void record().catch((error: unknown) => {
      const reason = error instanceof CannotRecord ? error.reason : "failed"
      if (!isGone) toast(latest.current.t(`voice.${reason}`))
      if (!isGone) latest.current.onClose()
    })
    return () => {
      isGone = true
      recording.current?.stop()
    }

    async function record() {
      const begun = await startRecording()
      recording.current = begun
      if (isGone) begun.stop()
      else setSince(Date.now())
      const { bytes, type } = await begun.sound
      if (isGone) return
      const name = `${latest.current.t("voice.fileName")}.${type === "audio/ogg" ? "ogg" : "m4a"}`
      latest.current.onRecorded(new File([bytes], name, { type }))
      latest.current.onClose()
    }
  }, [])
  return { since, stop: () => recording.current?.stop() }
}
