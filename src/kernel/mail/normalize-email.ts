// Which written e-mail addresses are one. Pure.
import { typedText } from "../parsing/typed-text.ts"

const longest = 256

/** `value`: as it is compared and stored; `display`: as it was written. Null when the text can be nobody's address. */
export function normalizeEmail(raw: string): { value: string; display: string } | null {
  const display = typedText(raw).normalize("NFC")
  const value = display.toLowerCase().normalize("NFC")
  const isOne = value.length <= longest && /^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/u.test(value)
  return isOne ? { value, display } : null
}
