import { useState } from "react"
import { readLocalStorage, writeLocalStorage } from "../../lib/local-storage.ts"
import { useMediaQuery, wideScreen } from "../../lib/media-query.ts"

const isKeptOpen = () => readLocalStorage("details") !== "hidden"

/** Whether the details of a ticket that is opened now stand beside it. */
export const showsDetails = () => matchMedia(wideScreen).matches && isKeptOpen()

/** The details stand beside the thread where there is room, and come as a drawer where there is none. */
export function useDetailsPanel(isWanted: boolean) {
  const isWide = useMediaQuery(wideScreen)
  const [isShown, setShown] = useState(isKeptOpen)
  const [isDrawn, setDrawn] = useState(false)
  if (isWanted && isWide && !isShown) setShown(true)
  if (isWanted && !isWide && !isDrawn) setDrawn(true)
  const toggle = () => {
    if (!isWide) return setDrawn(!isDrawn)
    writeLocalStorage("details", isShown ? "hidden" : null)
    setShown(!isShown)
  }
  return { isWide, isShown, isDrawn, toggle, close: () => setDrawn(false) }
}

export type DetailsPanelState = ReturnType<typeof useDetailsPanel>
