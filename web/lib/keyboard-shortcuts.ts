import { useEffect, useRef } from "react"
import { createSharedState } from "./shared-state.ts"
import { writeLocalStorage, readLocalStorage } from "./local-storage.ts"
import { restsInFields, shortcutNames, walks } from "./keyboard/shortcut-names.ts"

/** By the names that `shortcutNames` gives. */
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
  if (event.defaultPrevented) return
  const name = namesOf(event).find((one) => shortcuts[one])
  if (name === undefined || (restsInFields(name) && isBusy(event.target))) return
  if (!name.startsWith("Ctrl+") && !name.startsWith("Alt+") && !singleKeys.get()) return
  // Nor does the browser do what it would with the key.
  return event.repeat && !walks(name) ? () => undefined : shortcuts[name]
}

const namesOf = (event: KeyboardEvent) =>
  shortcutNames({
    key: event.key,
    code: event.code,
    ctrlKey: event.ctrlKey,
    metaKey: event.metaKey,
    altKey: event.altKey,
    shiftKey: event.shiftKey,
    altGraph: event.getModifierState("AltGraph"),
  })

/** Somebody writes, or something floats above the page. */
const isBusy = (target: EventTarget | null) =>
  isWriting(target) ||
  document.querySelector("[role=dialog][data-state=open],[role=menu],[data-dialog-loading]") !== null

export function isWriting(target: EventTarget | null) {
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|file)$/.test(target.type)
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName))
}
