// Which menu of the bulk bar is open. The keys of a single ticket mean all the chosen ones while some are.
import { useState } from "react"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"

type Name = "assign" | "status" | "priority" | "snooze" | "macro"

export function useBulkMenuState(openTags: () => void) {
  const [shown, setShown] = useState<Name>()
  const key = (name: Name) => () => setShown(name)
  const keys = {
    KeyA: key("assign"),
    KeyT: key("assign"),
    KeyS: key("status"),
    KeyE: key("status"),
    "Shift+KeyE": key("status"),
    KeyI: key("assign"),
    KeyP: key("priority"),
    KeyZ: key("snooze"),
    KeyM: key("macro"),
    KeyL: openTags,
  }
  useShortcuts(keys, true)
  return (name: Name) => ({
    open: shown === name,
    onOpen: (open: boolean) => setShown(open ? name : undefined),
  })
}

export type BulkMenuState = ReturnType<ReturnType<typeof useBulkMenuState>>
