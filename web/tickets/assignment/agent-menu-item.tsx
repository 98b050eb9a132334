import { useTexts } from "../../lib/language.tsx"
import type { User } from "../../people/user-and-team-queries.ts"
import { Avatar } from "../../ui/avatar.tsx"
import { classNames } from "../../ui/class-names.ts"
import { MenuItem } from "../../ui/menu.tsx"
import { PresenceDot } from "../../ui/presence-dot.tsx"
import { useAgentLoad } from "./agent-loads.ts"

/** A colleague to give work to: whether they are there, and how much they have. */
export function AgentMenuItem({
  user,
  chosen = false,
  onSelect,
}: {
  user: User
  chosen?: boolean
  onSelect: () => void
}) {
  return (
    <MenuItem chosen={chosen} onSelect={onSelect}>
      <Avatar name={user.name} size={20} />
      <span className="min-w-0 grow truncate">{user.name}</span>
      <AgentLoad userId={user.id} />
      <PresenceDot presence={user.presence} />
    </MenuItem>
  )
}

/** The room is there before the figure, so that nothing jumps. */
export function AgentLoad({ userId }: { userId: string }) {
  const { t } = useTexts()
  const found = useAgentLoad()(userId)
  return (
    <span className="min-w-10 shrink-0 text-right text-xs text-muted tabular-nums">
      {found && (
        <span
          role="img"
          aria-label={t("load.of", { load: found.load, capacity: found.capacity })}
          title={t("load.of", { load: found.load, capacity: found.capacity })}
          className={classNames(found.load >= found.capacity && "font-strong text-amber")}
        >
          {found.load}/{found.capacity}
        </span>
      )}
    </span>
  )
}
