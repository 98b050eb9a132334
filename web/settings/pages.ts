import type { Me } from "../session/session.ts"

export type SettingsPage = "profile" | "connections" | "staff" | "teams" | "keys" | "aside"

/** The pages someone may open; the server refuses the others whatever the screen shows. */
export function settingsPages(can: Me["can"]): SettingsPage[] {
  return [
    "profile",
    ...(can.manageConnections ? (["connections", "aside"] as const) : []),
    ...(can.manageUsers ? (["staff", "teams"] as const) : []),
    ...(can.manageKeys ? (["keys"] as const) : []),
  ]
}
