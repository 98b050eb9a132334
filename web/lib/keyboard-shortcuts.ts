import { useEffect, useRef } from "react"
import { createSharedState } from "./shared-state.ts"
import { writeLocalStorage, readLocalStorage } from "./local-storage.ts"

/** Letters by their place on the keyboard ("KeyJ"), signs by what they write ("?", "/"), with "Ctrl+" for Ctrl or ⌘, "Alt+" and "Shift+" likewise. */
export type Shortcuts = Record<string, (() => void) | false | undefined>

const singleKeys = createSharedState(readLocalStorage("singleKeys") !== "off")
export const useSingleKeyShortcuts = singleKeys.use

export function setSingleKeyShortcuts(isOn: boolean) {
  writeLocalStorage("singleKeys", isOn ? null : "off")
  singleKeys.set(isOn)
}

/** `isFirst`: before those of places that do not know of this one. */
export function useShortcuts(shortcuts: Shortcuts, isFirst = false) {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = actFor(event, latest.current)
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener("keydown", onKey, { capture: isFirst })
    return () => removeEventListener("keydown", onKey, { capture: isFirst })
  }, [isFirst])
}

function actFor(event: KeyboardEvent, shortcuts: Shortcuts) {
  // AltGr writes letters on many keyboards, and says that it is Ctrl and Alt.
  if (event.defaultPrevented || event.getModifierState("AltGraph")) return
  if (event.ctrlKey || event.metaKey)
    return shortcuts[`Ctrl+${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.code}`]
  if (event.altKey) return shortcuts[`Alt+${event.code}`]
  if (
    !singleKeys.get() ||
    isWriting(event.target) ||
    document.querySelector("[role=dialog][data-state=open],[role=menu],[data-dialog-loading]")
  )
    return
  return shortcuts[event.key] ?? shortcuts[event.shiftKey ? `Shift+${event.code}` : event.code]
}

function isWriting(target: EventTarget | null) {
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|file)$/.test(target.type)
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName))
}
