import { useProblemText } from "../lib/problem-text.ts"
import { classNames } from "./class-names.ts"

interface Props {
  error: unknown
  /** What it means, before the reason. */
  about?: string
  className?: string
}

/** A refusal, said where the act was asked for; nothing while there is none. */
export function ProblemLine({ error, about, className }: Props) {
  const say = useProblemText()
  if (!error) return null
  return (
    <p role="alert" className={classNames("text-red", className)}>
      {about} {say(error)}
    </p>
  )
}
