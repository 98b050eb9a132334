// The page inside a widget's frame and the widget around it. They say only whether the chat is open, how much is unread and on
// which page that is, so that a message to or from a stranger's window reveals nothing and changes nothing of value.
import { element, isEmbedded } from "./page-setup.ts"

type Place = { page?: unknown; referrer?: unknown }

export type EmbedBridge = {
  isOpen: () => boolean
  post: (said: { ready?: true; unread?: number; wrote?: true; close?: true }) => void
}

export function startEmbedBridge(opened: () => void, moved: (place: Place) => void): EmbedBridge {
  let open = !isEmbedded
  const post: EmbedBridge["post"] = (said) => isEmbedded && parent.postMessage({ hilo: 1, ...said }, "*")
  if (isEmbedded) {
    addEventListener("message", (event) => {
      if (event.source !== parent || event.data?.hilo !== 1) return
      moved(event.data)
      const was = open
      open = event.data.open === true
      // The same is said when the page around has changed its address: what has the focus keeps it.
      if (open && !was) opened()
    })
    // A dialog of the page is what Escape closes while one is open.
    const isClosing = ({ key }: KeyboardEvent) => key === "Escape" && !document.querySelector("dialog[open]")
    addEventListener("keydown", (event) => isClosing(event) && post({ close: true }))
    element("close").hidden = false
    element("close").addEventListener("click", () => post({ close: true }))
    post({ ready: true })
  }
  return { isOpen: () => open && document.visibilityState === "visible", post }
}
