import { useTexts } from "../lib/language.tsx"
import type { User } from "../settings/people.ts"
import { Avatar } from "../ui/avatar.tsx"
import { cx } from "../ui/cx.ts"
import { MenuItem } from "../ui/menu.tsx"
import { PresenceDot } from "../ui/presence.tsx"
import { useLoadOf } from "./loads.ts"

/** A colleague to give work to: whether they are there, and how much they have. */
export function AgentItem({ user, chosen = false, onSelect }: { user: User; chosen?: boolean; onSelect: () => void }) {
  return (
    <MenuItem chosen={chosen} onSelect={onSelect}>
      <Avatar name={user.name} size={20} />
      <span className="min-w-0 grow truncate">{user.name}</span>
      <LoadOf userId={user.id} />
      <PresenceDot presence={user.presence} />
    </MenuItem>
  )
}

/** The room is there before the figure, so that nothing jumps. */
export function LoadOf({ userId }: { userId: string }) {
  const { t } = useTexts()
  const found = useLoadOf()(userId)
  return (
    <span className="min-w-10 shrink-0 text-right text-xs text-muted tabular-nums">
      {found && (
        <span
          role="img"
          aria-label={t("load.of", { load: found.load, capacity: found.capacity })}
          title={t("load.of", { load: found.load, capacity: found.capacity })}
          className={cx(found.load >= found.capacity && "font-strong text-amber")}
        >
          {found.load}/{found.capacity}
        </span>
      )}
    </span>
  )
}
