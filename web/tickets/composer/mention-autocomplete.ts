import { useId, useRef, useState, type KeyboardEvent, type RefObject } from "react"
import { flushSync } from "react-dom"
import { useMe } from "../../session/session-queries.ts"
import { isDisabled, useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { completeMention, matchingPeople, mentionAt, type MentionQuery } from "./mention-at-caret.ts"

/** Completes the name of a colleague after an @. */
export function useMentionAutocomplete(
  box: RefObject<HTMLTextAreaElement | null>,
  isOn: boolean,
  write: (text: string) => void,
) {
  const id = useId()
  const me = useMe()
  const { users } = useStaffAndTeams()
  const [calling, setCalling] = useState<MentionQuery>()
  const [at, setAt] = useState(0)
  const dismissed = useRef<number>(undefined)
  const staff = users.filter((user) => user.id !== me.id && user.role !== "user" && !isDisabled(user))
  const people = isOn && calling ? matchingPeople(calling.text, staff) : []
  const chosen = Math.min(at, people.length - 1)

  const look = () => {
    const area = box.current
    if (!area) return
    const found = mentionAt(area.value, area.selectionStart)
    setCalling(found && found.from !== dismissed.current ? found : undefined)
    if (!found) dismissed.current = undefined
    setAt(0)
  }

  const choose = (index: number) => {
    const person = people[index]
    const area = box.current
    if (!person || !calling || !area) return
    const next = completeMention(area.value, calling, person.name)
    flushSync(() => {
      write(next.text)
      setCalling(undefined)
    })
    area.setSelectionRange(next.caret, next.caret)
  }

  /** Whether the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (people.length === 0 || event.ctrlKey || event.metaKey) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((chosen + step + people.length) % people.length)
    else if (event.key === "Enter" || event.key === "Tab") choose(chosen)
    else if (event.key === "Escape") {
      dismissed.current = calling?.from
      setCalling(undefined)
    } else return false
    return true
  }

  return { id, people, chosen, look, choose, onKey }
}
