import { Download, Pause, Play } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { clockText } from "./clock-text.ts"
import { usePlayback, type Playback } from "./use-playback.ts"
import { useSound } from "./use-sound.ts"
import "./sound-texts.ts"

/** A note of this size is fetched when it is drawn, so that it says how long it is; a longer one when it is played (bytes). */
const shortNoteBytes = 500_000

interface Props {
  name: string
  mimeType: string
  size: number | null
  /** The address of a stored file, or one that is still here. */
  source: string | Blob
  /** It cannot be fetched, or the browser cannot play it. */
  onBroken: () => void
}

/** Plays one sound: on and off, along it, faster, and to keep. */
export function AudioPlayer({ name, mimeType, size, source, onBroken }: Props) {
  const { t } = useTexts()
  const isWanted = typeof source !== "string" || (size ?? 0) <= shortNoteBytes
  const [url, fetchSound] = useSound({ source, mimeType, isWanted, onBroken })
  const [isWaiting, setWaiting] = useState(false)
  const { audio, listeners, ...playback } = usePlayback()
  const begin = () => {
    setWaiting(true)
    fetchSound()
  }
  return (
    <div
      role="group"
      aria-label={t("audio.title", { name })}
      className="flex min-h-11 w-80 max-w-full items-center gap-1.5 rounded border border-line bg-surface px-1.5 py-1"
    >
      <audio ref={audio} src={url} autoPlay={isWaiting} {...listeners} onError={onBroken} />
      <Controls playback={url ? playback : { ...playback, toggle: begin }} />
      {typeof source === "string" && (
        <Button asChild look="quiet" size="icon">
          <a href={source} download={name} aria-label={t("file.download", { name })}>
            <Download />
          </a>
        </Button>
      )}
    </div>
  )
}

function Controls({ playback }: { playback: Playback }) {
  const { t } = useTexts()
  const { at, length, isPlaying, speed } = playback
  return (
    <>
      <Button
        look="quiet"
        size="icon"
        aria-label={t(isPlaying ? "audio.pause" : "audio.play")}
        onClick={playback.toggle}
      >
        {isPlaying ? <Pause /> : <Play />}
      </Button>
      <input
        type="range"
        min={0}
        max={length ?? 0}
        step="any"
        value={at}
        disabled={length === undefined}
        aria-label={t("audio.position")}
        aria-valuetext={t("audio.at", { at: clockText(at), length: clockText(length ?? 0) })}
        onChange={(event) => playback.seek(Number(event.target.value))}
        className="h-6 min-w-0 grow accent-accent"
      />
      <span className="shrink-0 text-xs text-muted tabular-nums">
        {at > 0 && `${clockText(at)} / `}
        {length === undefined ? "–:––" : clockText(length)}
      </span>
      <Button
        look="quiet"
        size="sm"
        className="px-1.5 text-xs"
        aria-label={t("audio.speed", { speed })}
        onClick={playback.nextSpeed}
      >
        {speed}×
      </Button>
    </>
  )
}
