import { type KnownNumbers, type PersonalKind, findPersonalData } from "./find-personal-data.ts"

const marks: Record<PersonalKind, string> = {
  phone: "[PHONE_REDACTED]",
  email: "[EMAIL_REDACTED]",
  document: "[DOCUMENT_REDACTED]",
}

/** The same text without what belongs to a person. What is already redacted stays as it is. */
export function redact(text: string, known?: KnownNumbers): string {
  let kept = ""
  let at = 0
  for (const { kind, start, end } of findPersonalData(text, known)) {
    kept += text.slice(at, start) + marks[kind]
    at = Math.max(at, end)
  }
  return kept + text.slice(at)
}
