import { openHttpConnection, parseJson } from "../keep-alive-http-client.ts"

type Targets = Partial<Record<"firstResponse" | "nextResponse" | "resolution", { medium: number }>>

/** The default policy, so that every ticket falls under it. `targets` in working minutes. */
export async function createPolicy(base: string, key: string, targets: Targets, calendarId: string | null = null) {
  const wire = openHttpConnection(base, key)
  const body = { name: "Bench", isDefault: true, calendarId, targets }
  parseJson(await wire.send("POST", "/api/v1/sla-policies", body))
  wire.close()
}
