import { useState } from "react"
import { useMe } from "../session/session-queries.ts"
import { formDraftsOf } from "./form-draft-storage.ts"

/** Like useState, and kept. `name`: of the place. `eraseSent` goes back to `first` unless something else was written since. */
export function useFormDraft<T>(name: string, first: T) {
  const kept = formDraftsOf(useMe().id)
  const [value, setValue] = useState<T>(() => parsed(kept.read(name)) ?? first)
  const set = (next: T | ((now: T) => T)) =>
    setValue((now) => {
      const made = typeof next === "function" ? (next as (now: T) => T)(now) : next
      kept.write(name, JSON.stringify(made))
      return made
    })
  const clear = () => {
    setValue(first)
    kept.erase(name)
  }
  const eraseSent = (sent: T) => {
    setValue((now) => (now === sent ? first : now))
    // Also when the place is left before the answer came.
    if (kept.read(name) === JSON.stringify(sent)) kept.erase(name)
  }
  return { value, set, forget: clear, eraseSent }
}

function parsed<T>(text: string | null): T | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}
