// The button and what it opens. All that is known about the chat comes from the page in the frame.
import { type WidgetLook, createWidgetElements } from "./widget-elements.ts"

/** What the page in the frame may say. */
type Said = { hilo?: unknown; ready?: unknown; close?: unknown; wrote?: unknown; unread?: unknown }

export function startChatPanel(look: WidgetLook) {
  const { page, texts } = look
  const { host, root, panel, launch, close, badge, frame } = createWidgetElements(look)
  const mark = markOf(page)
  let [isOpen, isReady, unread] = [false, false, 0]

  function show(open: boolean) {
    isOpen = open
    panel.hidden = !open
    launch.setAttribute("aria-expanded", String(open))
    host.classList.toggle("open", open)
    if (open) load()
    label()
    postToPage()
    ;(open ? frame : launch).focus()
  }

  const load = () => void (frame.src ||= page.href)

  // Before the page has spoken, the frame still holds an empty document of the page around it.
  const postToPage = () => void (isReady && frame.contentWindow?.postMessage(widgetState(isOpen), page.origin))

  function onMessage({ source, origin, data }: MessageEvent<Said | null>) {
    if (source !== frame.contentWindow || origin !== page.origin || data?.hilo !== 1) return
    if (data.ready === true) {
      isReady = true
      // The page has a way out of its own, so that ours may leave.
      close.hidden = true
      postToPage()
    }
    if (data.close === true) show(false)
    if (data.wrote === true) mark.put()
    if (typeof data.unread === "number") unread = data.unread
    label()
  }

  function label() {
    const newMessages = unread > 0 && !isOpen
    badge.hidden = !newMessages
    badge.textContent = unread > 9 ? "9+" : String(unread)
    const words = isOpen ? texts.close : texts.open
    launch.setAttribute("aria-label", newMessages ? `${words} (${unread} ${texts.unread})` : words)
  }

  launch.addEventListener("click", () => show(!isOpen))
  close.addEventListener("click", () => show(false))
  root.addEventListener("keydown", (event) => isOpen && (event as KeyboardEvent).key === "Escape" && show(false))
  addEventListener("message", onMessage)
  onNewAddress(postToPage)
  label()
  document.body.append(host)
  stayOn(host, () => {
    // The frame begins anew where it is put, and says when it is ready.
    isReady = false
    close.hidden = false
  })
  // A visitor who has written before may have an answer waiting: the frame is fetched once the page has had its time.
  if (mark.isThere()) setTimeout(load, 3_000)
}

/** A page may change its address without leaving: where nobody says so, it is looked at when the visitor turns to the frame. */
function onNewAddress(look: () => void) {
  ;(window as { navigation?: EventTarget }).navigation?.addEventListener("currententrychange", look)
  addEventListener("blur", look)
}

/** What the page in the frame learns: whether it is open, and where the visitor is: no query, which may hold what is nobody's business. */
const widgetState = (open: boolean) => ({
  hilo: 1,
  open,
  page: location.origin + location.pathname,
  referrer: document.referrer,
})

/**
 * Some pages replace their body, or take out of it what they do not know. What was put there is put back, as it was; who calls
 * its own `remove` takes it away on purpose. A script that takes it out again and again wins.
 */
function stayOn(host: HTMLElement, onMoved: () => void) {
  let body = document.body
  let at = 0
  let again = 0
  const observer = new MutationObserver(() => {
    if (!document.body || host.isConnected) return
    again = performance.now() - at < 100 ? again + 1 : 0
    if (again > 9) return observer.disconnect()
    at = performance.now()
    body = document.body
    body.append(host)
    watch()
    onMoved()
  })
  const watch = () => {
    observer.disconnect()
    observer.observe(document.documentElement, { childList: true })
    observer.observe(body, { childList: true })
  }
  host.remove = () => {
    observer.disconnect()
    host.parentNode?.removeChild(host)
  }
  watch()
}

/** Remembers on the page around us that this visitor has written. Without storage there is no badge after a reload. */
function markOf(page: URL) {
  const name = `hilo.${page.pathname}`
  const trying = <T>(deed: () => T) => {
    try {
      return deed()
    } catch {
      return null
    }
  }
  return {
    isThere: () => trying(() => localStorage.getItem(name)) !== null,
    put: () => trying(() => localStorage.setItem(name, "1")),
  }
}
