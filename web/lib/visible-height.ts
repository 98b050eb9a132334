// How much of the window can be seen. On some phones the keyboard lies over the page, which keeps its height.

/** Less is short: a phone with its keyboard up, or a window at strong zoom (px). */
const shortBelow = 560

/** Keeps, for the stylesheet, the height above a keyboard (`--visible-height`) and whether that is short (`data-short`). */
export function watchVisibleHeight() {
  const view = window.visualViewport
  if (!view) return
  const root = document.documentElement
  const look = () => {
    // Who pinches to zoom sees less of the page, not a shorter page.
    const height = Math.round(view.height * view.scale)
    const isCovered = innerHeight - height > 80
    root.toggleAttribute("data-short", height < shortBelow)
    if (!isCovered) return root.style.removeProperty("--visible-height")
    root.style.setProperty("--visible-height", `${height}px`)
    // The browser has moved the page to show the field, which is in sight by itself now.
    return scrollTo(0, 0)
  }
  view.addEventListener("resize", look)
  look()
}
