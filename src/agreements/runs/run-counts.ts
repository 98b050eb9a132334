/** What a run has done so far. */
export type RunCounts = {
  checked: number
  acted: number
  /** Runs the work on one ticket or system; what fails is reported and holds back no other. */
  attempt: (work: () => Promise<unknown>) => Promise<void>
  /** Between two steps: the run keeps its lease, or stops when it has lost it. */
  goOn: () => Promise<void>
}
