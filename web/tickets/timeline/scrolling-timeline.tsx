// The timeline: begins at its end, keeps what one reads in place when older items arrive above, follows new ones
// only while the end is in sight.
import { useVirtualizer } from "@tanstack/react-virtual"
import { ArrowDown } from "lucide-react"
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject, type UIEvent } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"
import { Button } from "../../ui/button.tsx"
import { classNames } from "../../ui/class-names.ts"
import type { TimelineItem } from "./timeline-items.ts"

interface Props {
  items: TimelineItem[]
  /** `goTo` brings another item into sight and lights it for a moment. */
  draw: (item: TimelineItem, goTo: (key: string) => void) => ReactNode
  isEnded: boolean
  older: (() => void) | undefined
  isLoadingOlder: boolean
}

export function Timeline({ items: timelineItems, draw, isEnded, older, isLoadingOlder }: Props) {
  const { t } = useTexts()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useTimelineItems(scroller, timelineItems)
  const items = virtual.getVirtualItems()
  const [lit, light] = useLight()
  const goTo = (key: string) => {
    const index = timelineItems.findIndex((item) => item.key === key)
    if (index < 0) return
    virtual.scrollToIndex(index, { align: "center" })
    light(key)
  }
  // Asked for by scrolling, not by what is drawn: before the first jump to the end, the beginning is drawn for a moment.
  const onScroll = (event: UIEvent<HTMLDivElement>) => {
    if (event.currentTarget.scrollTop < 300) older?.()
  }
  const leaf = (pages: number) => () =>
    scroller.current?.scrollBy({ top: pages * scroller.current.clientHeight * 0.9, behavior: "smooth" })
  useShortcuts({ PageUp: leaf(-1), PageDown: leaf(1) })
  return (
    <div className="relative min-h-0 grow">
      <div
        ref={scroller}
        onScroll={onScroll}
        className="h-full overflow-y-auto"
        role="log"
        aria-label={t("thread.label")}
        tabIndex={0}
      >
        {isLoadingOlder && (
          <p className="absolute inset-x-0 top-1 text-center text-xs text-faint">{t("thread.older")}</p>
        )}
        {timelineItems.length === 0 && <p className="p-4 text-center text-muted">{t("thread.empty")}</p>}
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          <Line isEnded={isEnded} />
          {items.map((item) => {
            const timelineItem = timelineItems[item.index]
            return (
              timelineItem && (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className={classNames(
                    "absolute inset-x-0 top-0 transition-colors",
                    lit === timelineItem.key && "bg-chosen",
                  )}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  {draw(timelineItem, goTo)}
                </div>
              )
            )
          })}
        </div>
      </div>
      {items.length > 0 && !virtual.isAtEnd() && <ToEnd onClick={() => virtual.scrollToEnd()} />}
    </div>
  )
}

function useTimelineItems(scroller: RefObject<HTMLDivElement | null>, items: TimelineItem[]) {
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.type === "message" ? 84 : 34),
    getItemKey: (index) => items[index]?.key ?? index,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 80,
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 20,
  })
  useLayoutEffect(() => virtual.scrollToEnd(), [virtual])
  useStayAtEnd(scroller, () => virtual.scrollToEnd())
  return virtual
}

/** Something that shines, and goes out by itself. */
function useLight() {
  const [lit, light] = useState<string>()
  useEffect(() => {
    if (lit === undefined) return
    const timer = setTimeout(() => light(undefined), 1600)
    return () => clearTimeout(timer)
  }, [lit])
  return [lit, light] as const
}

/** A closed stretch ends in its last item; an open one runs on to the composer. */
function Line({ isEnded }: { isEnded: boolean }) {
  return (
    <span
      aria-hidden
      className="absolute left-[23px] w-px bg-edge max-md:left-[15px]"
      style={{ top: 20, bottom: isEnded ? 34 : 0 }}
    />
  )
}

function ToEnd({ onClick }: { onClick: () => void }) {
  const { t } = useTexts()
  return (
    <Button
      size="icon"
      className="absolute right-4 bottom-3 shadow-float"
      onClick={onClick}
      aria-label={t("thread.newBelow")}
      title={t("thread.newBelow")}
    >
      <ArrowDown />
    </Button>
  )
}

/** A box that grows or shrinks (a banner, a keyboard on a phone) keeps showing the end if it showed the end. */
function useStayAtEnd(scroller: RefObject<HTMLDivElement | null>, toEnd: () => void) {
  const latest = useRef(toEnd)
  useEffect(() => {
    latest.current = toEnd
  })
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    let isAtEnd = true
    const look = () => {
      isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80
    }
    const observer = new ResizeObserver(() => isAtEnd && latest.current())
    observer.observe(box)
    // What hangs on it grows as well: a tick, a reason, a file that came.
    if (box.lastElementChild) observer.observe(box.lastElementChild)
    box.addEventListener("scroll", look, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener("scroll", look)
    }
  }, [scroller])
}
