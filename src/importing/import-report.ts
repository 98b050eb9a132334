// What an import says: what it made, and line by line what it could not take as it stands.

/** `isRefused`: nothing of the record was taken; else all of it but this. */
export type Problem = { line: number; field: string; expected: string; isRefused: boolean }

export const countedTypes = ["tickets", "messages", "contacts", "users", "attachments"] as const
export type Counts = Record<(typeof countedTypes)[number], number>

export type ImportReport = {
  isDryRun: boolean
  records: number
  made: Counts
  /** Imported by an earlier run. */
  known: number
  /** How many tickets have another number here than there: the old one leads to them still. */
  renumbered: number
  problems: Problem[]
  problemCount: number
  refused: number
}

/** So many are kept for the end; all are counted, and said as they are found. */
const mostKept = 10_000

/** Names of fields are an export's own, and steer no terminal. */
const oneLine = (text: string) => text.replaceAll(/\p{Cc}+/gu, " ").slice(0, 500)

export const noCounts = (): Counts => ({ tickets: 0, messages: 0, contacts: 0, users: 0, attachments: 0 })

export function createReport(isDryRun: boolean, onProblem: (problem: Problem) => void) {
  const report: ImportReport = {
    isDryRun,
    records: 0,
    made: noCounts(),
    known: 0,
    renumbered: 0,
    problems: [],
    problemCount: 0,
    refused: 0,
  }
  const say = (found: Problem) => {
    const problem = { ...found, field: oneLine(found.field), expected: oneLine(found.expected) }
    report.problemCount++
    if (problem.isRefused) report.refused++
    if (report.problems.length < mostKept) report.problems.push(problem)
    onProblem(problem)
  }
  return { report, say }
}
