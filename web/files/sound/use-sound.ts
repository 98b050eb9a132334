import { useEffect, useRef, useState } from "react"

interface Props {
  source: string | Blob
  mimeType: string
  /** Before it is played. */
  isWanted: boolean
  onBroken: () => void
}

/** The sound as an address to play: one of our server is a download without a type, which not every browser plays. */
export function useSound({ source, mimeType, isWanted, onBroken }: Props) {
  const [url, setUrl] = useState<string>()
  const [isFetching, setFetching] = useState(isWanted)
  const latest = useRef(onBroken)
  useEffect(() => {
    latest.current = onBroken
  })
  useEffect(() => {
    if (!isFetching) return
    let made: string | undefined
    let isGone = false
    const show = (bytes: Blob) => {
      if (isGone) return
      made = URL.createObjectURL(new Blob([bytes], { type: mimeType }))
      setUrl(made)
    }
    void bytesOf(source).then(show, () => isGone || latest.current())
    return () => {
      isGone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [isFetching, source, mimeType])
  return [url, () => setFetching(true)] as const
}

async function bytesOf(source: string | Blob): Promise<Blob> {
  if (typeof source !== "string") return source
  const answer = await fetch(source)
  if (!answer.ok) throw new Error(`status ${answer.status}`)
  return answer.blob()
}
