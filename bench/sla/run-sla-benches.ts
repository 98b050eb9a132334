// The questions about deadlines, and their answers on the page.
import type { LoadFigures } from "../closed-loop-load.ts"
import type { BenchPostgres } from "../postgres-for-bench.ts"
import { percent } from "../report/markdown-table.ts"
import {
  benchCalendarChange,
  type CalendarChangeResult,
  type CalendarChangeScale,
} from "./change-calendar-of-open-tickets.ts"
import { benchDeadlines, type DeadlinesResult } from "./deadlines-through-kill.ts"
import { benchDueTimes } from "./due-time-ten-weeks-away.ts"
import {
  benchIntakeUnderPolicy,
  type IntakeUnderPolicyResult,
  type IntakeUnderPolicyScale,
} from "./intake-under-policy.ts"

export type SlaScale = {
  dueTimes: number
  deadlines: number
  calendar: CalendarChangeScale
  intake: IntakeUnderPolicyScale
}

export type SlaResult = {
  dueTime: LoadFigures
  deadlines: DeadlinesResult
  calendar: CalendarChangeResult
  intake: IntakeUnderPolicyResult
}

export async function benchSla(
  ground: BenchPostgres,
  scale: SlaScale,
  say: (line: string) => void,
): Promise<SlaResult> {
  const dueTime = benchDueTimes(scale.dueTimes)
  say(`  ${dueTimeLine(dueTime)}`)
  const intake = await benchIntakeUnderPolicy(ground, scale.intake, say)
  say(`  ${intakeLine(intake)}`)
  const calendar = await benchCalendarChange(ground, scale.calendar)
  say(`  ${calendarLine(calendar)}`)
  const deadlines = await benchDeadlines(ground, scale.deadlines)
  say(`  ${deadlinesLine(deadlines)}`)
  return { dueTime, intake, calendar, deadlines }
}

export function slaPart({ dueTime, deadlines, calendar, intake }: SlaResult): string[] {
  return [
    "## Deadlines",
    deadlinesLine(deadlines),
    calendarLine(calendar),
    intakeLine(intake),
    dueTimeLine(dueTime),
    "Lists by the next deadline are among those of the sections on lists and on finding.",
  ]
}

const missed = (isMet: boolean) => (isMet ? "" : " – missed")

function deadlinesLine({ deadlines, warnings, breaches }: DeadlinesResult): string {
  const line = ({ once, more, lateSeconds: late }: DeadlinesResult["breaches"]) =>
    `${once} once, ${more} more than once, ${late.p50.toFixed(1)} s after their instant, the last ${late.worst.toFixed(1)} s`
  const isMet = [warnings, breaches].every(({ once, lateSeconds }) => once === deadlines && lateSeconds.worst <= 5)
  return `**Firing**: ${deadlines.toLocaleString("en")} deadlines within one minute on two servers, of which one is killed in the middle. Breaches: ${line(breaches)}. Their warnings, 24 s before: ${line(warnings)}. Goal: each once, at most 5 s late${missed(isMet)}.`
}

function calendarLine({ tickets, seconds, before, during }: CalendarChangeResult): string {
  const times = during.p99 / before.p99
  const isMet = seconds <= 60 && times <= 2 && during.errors === 0
  return `**A calendar changes** under ${tickets.toLocaleString("en")} open tickets with two deadlines each: all are counted anew after ${seconds.toFixed(1)} s. Requests at twenty a second meanwhile: p50 ${during.p50.toFixed(1)} ms, p99 ${during.p99.toFixed(1)} ms, ${during.errors} failed; before: p50 ${before.p50.toFixed(1)} ms, p99 ${before.p99.toFixed(1)} ms; ${times.toFixed(1)} times. Goal: 60 s, twice${missed(isMet)}.`
}

function intakeLine({ without, with: under, ratio }: IntakeUnderPolicyResult): string {
  const side = ({ figures: f, cost }: IntakeUnderPolicyResult["with"]) =>
    `${f.perSecond.toFixed(0)}/s (p99 ${f.p99.toFixed(0)} ms; processor time each, all that follows included: Hilo ${cost.hilo.toFixed(2)} ms, PostgreSQL ${cost.postgres.toFixed(2)} ms)`
  return `**Messages in** with a policy on every ticket: ${side(under)}; without: ${side(without)}; ${percent(ratio)} in rounds beside each other. Goal: 90 %${missed(ratio >= 0.9)}.`
}

const dueTimeLine = ({ p50, p99, count }: LoadFigures) =>
  `**A due time ten working weeks away**, on ${count.toLocaleString("en")} random calendars: p50 ${p50.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms. Goal: 1 ms${missed(p99 <= 1)}.`
