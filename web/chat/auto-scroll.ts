// Stays at the newest message unless the visitor has scrolled away to read; then it only says that there is more.
import { element } from "./page-setup.ts"

const nearPx = 80

export function startAutoScroll(arrived: () => void) {
  const area = element("scroll")
  const newer = element("newer")
  let following = true

  const toEnd = () => {
    following = true
    newer.hidden = true
    // What is asked before the first message is read from its beginning.
    if (element("before").hidden) area.scrollTop = area.scrollHeight
  }
  area.addEventListener("scroll", () => {
    const was = following
    following = area.scrollHeight - area.scrollTop - area.clientHeight < nearPx
    if (!following) return
    newer.hidden = true
    if (!was) arrived()
  })
  newer.addEventListener("click", () => {
    toEnd()
    arrived()
    element("text").focus()
  })
  // The keyboard of a phone takes half of the page: what was being read stays in view.
  new ResizeObserver(() => following && toEnd()).observe(area)

  return {
    toEnd,
    isAtEnd: () => following,
    /** Runs `draw` without moving what the visitor reads. */
    keeping(draw: () => void) {
      const before = element("items").childElementCount
      draw()
      if (following) toEnd()
      else if (element("items").childElementCount > before) newer.hidden = false
    },
  }
}
