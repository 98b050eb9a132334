// That somebody types, in both directions: the line over the end of the thread, and what the desk learns.
import { element, t } from "./page-setup.ts"

/** The desk repeats it every five seconds. */
const shownMs = 8_000
const repeatMs = 4_000
const idleMs = 6_000

/** The line goes by itself, and when a message comes. */
export function startTypingLine() {
  let timer: ReturnType<typeof setTimeout> | undefined
  const hide = () => {
    clearTimeout(timer)
    element("typing").textContent = ""
  }
  return {
    hide,
    show() {
      hide()
      element("typing").textContent = t("chat.typing")
      timer = setTimeout(hide, shownMs)
    },
  }
}

/** Tells the desk while the visitor types: that they do, never what. The function that is returned says that they have stopped. */
export function reportTyping(say: (isTyping: boolean) => void) {
  let saidAt: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    clearTimeout(timer)
    if (saidAt !== null) say(false)
    saidAt = null
  }
  element<HTMLTextAreaElement>("text").addEventListener("input", ({ target }) => {
    if ((target as HTMLTextAreaElement).value.trim() === "") return stop()
    clearTimeout(timer)
    timer = setTimeout(stop, idleMs)
    if (saidAt !== null && performance.now() - saidAt < repeatMs) return
    saidAt = performance.now()
    say(true)
  })
  return stop
}
