import { useQuery } from "@tanstack/react-query"
import { formatSecondOrDay } from "../lib/formats/format-seconds.ts"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { staffQuery } from "../people/user-and-team-queries.ts"
import type { Evidence } from "./agreement-queries.ts"
import { sideOf } from "./evidence-rows.ts"
import { failureDetailText } from "./failure-detail.ts"

/** What was said or done, what else is known of it line by line, and from where it comes. */
export interface EvidenceText {
  text: string
  known: string[]
  origin: string
}

export function useEvidenceText(): (evidence: Evidence) => EvidenceText {
  const { t, has } = useTexts()
  const when = useTimeFormat()
  const staff = useQuery(staffQuery).data?.items ?? []
  const text = ({ said, details }: Evidence) => {
    const id = `agreement.said.${said}`
    const name = staff.find(({ id: one }) => one === details["userId"])?.name ?? t("role.lead")
    const values = { name, window: when.duration(Number(details["minutes"])), recreado: Number(details["recreado"]) }
    return has(id) ? t(id, values) : said
  }
  const because = (code: string) => {
    const id = `agreement.because.${code}`
    return has(id) ? t(id) : code
  }
  const detail = (found: string) => {
    const id = failureDetailText(found)
    return id ? t(id) : found
  }
  const known = ({ details }: Evidence) =>
    Object.entries(details).flatMap(([name, value]) => {
      if (typeof value !== "string") return []
      if (name === "because") return because(value)
      if (name === "detail") return detail(value)
      return name === "reason" || name === "motive" ? value : []
    })
  return (evidence) => {
    const { said, source, cycle, at, saidAt } = evidence
    const side = sideOf(evidence)
    const sourceId = `agreement.source.${source}`
    const origin = [
      side !== "hilo" && has(sourceId) && t(sourceId),
      saidAt && t("agreement.ownTime", { time: formatSecondOrDay(saidAt, Date.parse(at), when.place) }),
      side === "record" && said === "closed" && cycle === null && t("agreement.notCounted"),
    ]
    return { text: text(evidence), known: known(evidence), origin: origin.filter(Boolean).join(" · ") }
  }
}
