import { readSetting } from "#settings/index.ts"
import type { Risk } from "./score-stuck-shipment.ts"
import { carrierOf, foldStatus } from "../carriers/status-mapping.ts"

/** The places and carriers that the desk holds for risky. */
export async function riskOf(from: Parameters<typeof readSetting>[0]): Promise<Risk> {
  const [cities, carriers] = [
    await readSetting(from, "incidents.riskyCities"),
    await readSetting(from, "incidents.riskyCarriers"),
  ]
  return { cities: new Set(cities.map(foldStatus)), carriers: new Set(carriers.map(carrierOf)) }
}
