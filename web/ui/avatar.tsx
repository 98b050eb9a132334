import { Users } from "lucide-react"

const initials = (name: string) =>
  name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase()

const sign = (name: string) => (/^[\p{L}\p{Emoji_Presentation}]/u.test(name) ? initials(name) : "#")

/** Ornament: the name always stands beside it or in a label. The letters are drawn by CSS, so no screen reader reads them out. */
export function Avatar({ name, size = 32, group = false }: { name: string; size?: number; group?: boolean }) {
  return (
    <span
      aria-hidden
      data-sign={group ? "" : sign(name)}
      style={{ width: size, height: size, fontSize: size < 28 ? 12 : 13 }}
      className="flex shrink-0 items-center justify-center rounded-full bg-hover font-strong text-muted select-none before:content-[attr(data-sign)]"
    >
      {group && <Users size={size / 2} />}
    </span>
  )
}
