import { useEffect, useRef, useState } from "react"

export type FrameContents = {
  isFolded: boolean
  /** Images of other servers that wait to be asked for. */
  hasHeldImages: boolean
  /** Files of the message that the mail shows in their place. */
  fileIds: string[]
}

interface Props {
  src: string
  title: string
  isUnfolded: boolean
  onRead: (contents: FrameContents) => void
}

// As high as it was when it is scrolled back into sight, so that nothing moves.
const knownHeights = new Map<string, number>()
const mostKnown = 500
const firstHeight = 96
// Some thirty screens; what claims to be higher scrolls in itself, so that the thread behind it stays within reach.
const greatestHeight = 30_000

/** A mail's HTML as the server sends it: without scripts, and with a policy of its own. It has its whole height, within bounds. */
export function MailFrame({ src, title, isUnfolded, onRead }: Props) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [page, setPage] = useState<HTMLElement | null>(null)
  const [height, setHeight] = useState(() => knownHeights.get(src) ?? firstHeight)
  useEffect(() => void page?.toggleAttribute("data-unfolded", isUnfolded), [page, isUnfolded])
  useEffect(() => {
    if (!page) return
    const observer = new ResizeObserver(() => {
      // The frame's border and, where something is too wide, the bar to scroll it take of its height.
      const edges = (frame.current?.offsetHeight ?? 0) - page.clientHeight
      const whole = Math.min(Math.ceil(page.getBoundingClientRect().height) + edges, greatestHeight)
      if (knownHeights.size >= mostKnown) knownHeights.clear()
      knownHeights.set(src, whole)
      setHeight(whole)
    })
    observer.observe(page)
    return () => observer.disconnect()
  }, [page, src])
  const read = () => {
    const root = frame.current?.contentDocument?.documentElement ?? null
    setPage(root)
    if (root) onRead(contentsOf(root))
  }
  return (
    <iframe
      ref={frame}
      src={src}
      title={title}
      loading="lazy"
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      className="block w-[60ch] max-w-full rounded border border-line bg-white"
      style={{ height }}
      onLoad={read}
    />
  )
}

function contentsOf(root: HTMLElement): FrameContents {
  const images = [...root.querySelectorAll("img")].map((image) => image.getAttribute("src") ?? "")
  return {
    isFolded: root.querySelector("[data-folded]") !== null,
    hasHeldImages: root.querySelector("img[data-remote]") !== null,
    fileIds: images.flatMap((src) => /^\/api\/v1\/attachments\/(\w+)$/.exec(src)?.[1] ?? []),
  }
}
