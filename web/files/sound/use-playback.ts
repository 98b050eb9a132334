import { useRef, useState, type ReactEventHandler } from "react"

type Listener = ReactEventHandler<HTMLAudioElement>

// One at a time.
let current: HTMLAudioElement | undefined

const speeds = [1, 1.5, 2]

/** The state of an audio element, which gets `audio` and `listeners`. `length` (seconds) is undefined until it is known. */
export function usePlayback() {
  const audio = useRef<HTMLAudioElement>(null)
  const [at, setAt] = useState(0)
  const [length, setLength] = useState<number>()
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)
  const readLength: Listener = ({ currentTarget: element }) => {
    const { duration } = element
    // A recording whose file does not say how long it is: the browser knows when it has been at the end.
    if (!Number.isFinite(duration)) return void (element.currentTime = Number.MAX_SAFE_INTEGER)
    setLength(duration)
    if (element.currentTime > duration) element.currentTime = 0
  }
  const listeners: Record<string, Listener> = {
    onLoadedMetadata: readLength,
    onDurationChange: readLength,
    onTimeUpdate: ({ currentTarget }) => setAt(currentTarget.currentTime),
    onPause: () => setPlaying(false),
    onPlay: ({ currentTarget }) => {
      if (current !== currentTarget) current?.pause()
      current = currentTarget
      setPlaying(true)
    },
    onEnded: ({ currentTarget }) => void (currentTarget.currentTime = 0),
  }
  const seek = (to: number) => {
    if (audio.current) audio.current.currentTime = to
    setAt(to)
  }
  const toggle = () => {
    if (isPlaying) audio.current?.pause()
    else void audio.current?.play().catch(() => undefined)
  }
  const nextSpeed = () => {
    const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length]!
    setSpeed(next)
    if (audio.current) audio.current.playbackRate = next
  }
  return { audio, listeners, at, length, isPlaying, speed, seek, toggle, nextSpeed }
}

export type Playback = Omit<ReturnType<typeof usePlayback>, "audio" | "listeners">
