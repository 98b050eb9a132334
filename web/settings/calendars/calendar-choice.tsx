import { useQuery } from "@tanstack/react-query"
import { SelectField } from "../../ui/form-fields.tsx"
import { entitiesQuery } from "../entity-queries.ts"
import type { Calendar } from "./calendar-queries.ts"

interface Props {
  label: string
  hint: string
  /** What it means to choose no calendar. */
  none: string
  /** Empty for none. */
  value: string
  error: string | undefined
  onChange: (event: { target: { value: string } }) => void
}

/** One of the desk's calendars, or none. */
export function CalendarChoice({ none, value, ...field }: Props) {
  const calendars = useQuery(entitiesQuery<Calendar>("calendars")).data?.items ?? []
  const isKnown = value === "" || calendars.some(({ id }) => id === value)
  return (
    <SelectField value={value} {...field}>
      <option value="">{none}</option>
      {!isKnown && <option value={value} />}
      {calendars.map(({ id, name, timezone }) => (
        <option key={id} value={id}>
          {`${name} (${timezone})`}
        </option>
      ))}
    </SelectField>
  )
}
