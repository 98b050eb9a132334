import { Users } from "lucide-react"
import { cx } from "./cx.ts"

const initials = (name: string) =>
  name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase()

/** Ornament: the name always stands beside it or in a label. */
export function Avatar({ name, size = 32, group = false }: { name: string; size?: number; group?: boolean }) {
  return (
    <span
      aria-hidden
      style={{ width: size, height: size, fontSize: size < 28 ? 12 : 13 }}
      className={cx(
        "flex shrink-0 items-center justify-center rounded-full bg-hover font-strong text-muted select-none",
      )}
    >
      {group ? <Users size={size / 2} /> : /^[\p{L}\p{Emoji_Presentation}]/u.test(name) ? initials(name) : "#"}
    </span>
  )
}
