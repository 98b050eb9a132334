// Which of the header's menus is open: a click opens one, and so does its key.
import { useState } from "react"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"
import type { Ticket } from "../ticket.ts"

const names = ["assign", "status", "priority", "team", "snooze"] as const
export type MenuName = (typeof names)[number]

export function useOpenMenu({ can }: Ticket) {
  const [shown, setShown] = useState<MenuName>()
  const key = (name: MenuName, isAllowed: boolean) => isAllowed && (() => setShown(name))
  useShortcuts({
    KeyA: key("assign", can.includes("assign")),
    KeyT: key("team", can.includes("assign")),
    KeyS: key("status", true),
    KeyP: key("priority", can.includes("edit")),
    KeyZ: key("snooze", can.includes("snooze")),
  })
  return (name: MenuName) => ({
    open: shown === name,
    onOpen: (open: boolean) => setShown(open ? name : undefined),
  })
}

export type OpenMenu = ReturnType<typeof useOpenMenu>
