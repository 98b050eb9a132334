// The evidence of an agreement on one time line: who said it, and where a day or a cycle begins.
import { isSameDay, type TimeZone } from "../lib/formats/format-time.ts"
import type { Evidence } from "./agreement-queries.ts"

/** `work`: where operators close tickets. `record`: whose closing must follow. */
export type Side = "work" | "hilo" | "record"

export type EvidenceRow =
  | { type: "day"; key: string; at: string }
  | { type: "cycle"; key: string; cycle: number }
  | { type: "evidence"; key: string; evidence: Evidence; side: Side }

export const sideOf = ({ system }: Pick<Evidence, "system">): Side =>
  system === "hilo" ? "hilo" : system === "gestionreal" ? "record" : "work"

/** A single cycle needs no heading. */
export function evidenceRows(evidence: Evidence[], zone: TimeZone): EvidenceRow[] {
  const rows: EvidenceRow[] = []
  let cycle = 1
  for (const [index, one] of evidence.entries()) {
    const before = evidence[index - 1]
    if (!before || !isSameDay(before.at, one.at, zone)) rows.push({ type: "day", key: `day ${index}`, at: one.at })
    if (one.cycle !== null && one.cycle > cycle) {
      cycle = one.cycle
      rows.push({ type: "cycle", key: `cycle ${cycle}`, cycle })
    }
    rows.push({ type: "evidence", key: String(index), evidence: one, side: sideOf(one) })
  }
  return rows
}
