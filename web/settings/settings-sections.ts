import type { Me } from "../session/session-queries.ts"

export type SettingsSection =
  | "profile"
  | "desk"
  | "closing-and-survey"
  | "connections"
  | "staff"
  | "teams"
  | "calendars"
  | "sla-policies"
  | "keys"
  | "failed-deliveries"
  | "linked-systems"
  | "failed-hooks"
  | SettingsGroup

type SettingsGroup = "replies" | "macros" | "rules" | "automation" | "fields" | "categories" | "audit"

/** The pages someone may open; the server refuses the others whatever the screen shows. */
export function settingsSections(can: Me["can"]): SettingsSection[] {
  return [
    "profile",
    ...(can.manageSettings ? (["desk", "closing-and-survey"] as const) : []),
    "replies",
    "macros",
    ...(can.manageConnections ? (["connections", "failed-deliveries"] as const) : []),
    ...(can.manageLinkedSystems ? (["linked-systems", "failed-hooks"] as const) : []),
    ...(can.manageUsers ? (["staff", "teams"] as const) : []),
    ...(can.manageCalendars ? (["calendars"] as const) : []),
    ...(can.manageSlaPolicies ? (["sla-policies"] as const) : []),
    ...(can.manageUsers ? (["rules", "automation", "fields", "categories"] as const) : []),
    ...(can.manageKeys ? (["keys"] as const) : []),
    ...(can.manageUsers ? (["audit"] as const) : []),
  ]
}
